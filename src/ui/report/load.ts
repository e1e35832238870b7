/** The report panel, loaded when idle, or when its stage is opened before. */
export const loadReport = () => import('./ReportPanel.svelte');
