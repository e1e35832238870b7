/** Families whose matrix is shown, in the order of the IBSI manual. */
export const MATRIX_FAMILIES = ['glcm', 'glrlm', 'glszm', 'gldzm', 'ngtdm', 'ngldm'] as const;

export type MatrixFamily = (typeof MATRIX_FAMILIES)[number];

export const hasMatrix = (id: string): id is MatrixFamily =>
  (MATRIX_FAMILIES as readonly string[]).includes(id);
