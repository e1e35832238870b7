/** The preprocessing panel, loaded when idle or when it is first shown. */
export const loadPreprocess = () => import('./PreprocessPanel.svelte');
