/** The repeatability panel, loaded when idle, or when its stage is opened before. */
export const loadRepeatability = () => import('./RepeatabilityPanel.svelte');
