// The lessons are a part of the page that is loaded while nothing else runs.
export const loadLessons = () => import('./Learn.svelte');
export const loadHistogram = () => import('./SettingsHistogram.svelte');
