// Sheets, the tag browser and the self-test: parts of the page that are loaded while nothing else runs.
export const loadOverlays = () => import('./Overlays.svelte');
export const loadSelfTest = () => import('../self-test/SelfTestPage.svelte');
/** What the light of a stage rests on. */
export const loadStageEvidence = () => import('./StageEvidence.svelte');
/** Two series in one view. */
export const loadSideBySide = () => import('./SideBySide.svelte');
