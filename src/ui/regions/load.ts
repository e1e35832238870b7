/** The workbench of regions: loaded when idle, or when its stage is opened before. */
export const loadWorkbench = () => import('./RegionWorkbench.svelte');
