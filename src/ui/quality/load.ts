/** The panel of rules, loaded when idle or when it is first shown. */
export const loadQuality = () => import('./QualityPanel.svelte');
