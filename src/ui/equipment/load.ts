/** The equipment panel, loaded when idle or when it is first shown. */
export const loadEquipment = () => import('./EquipmentPanel.svelte');
