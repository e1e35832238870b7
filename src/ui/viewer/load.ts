// The list with its charts of profiles: loaded while nothing else runs, before anything is measured.
export const loadMeasurementList = () => import('./MeasurementList.svelte');
