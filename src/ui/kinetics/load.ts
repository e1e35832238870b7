/** The kinetics panel, which few need at first sight: loaded when idle, or when its stage is opened before. */
export const loadKinetics = () => import('./KineticsPanel.svelte');
