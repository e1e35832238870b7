/** The features panel, loaded when idle, or when its stage is opened before. */
export const loadFeatures = () => import('./FeaturesPanel.svelte');
