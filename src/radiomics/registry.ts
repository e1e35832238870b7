import type { Family } from './family.ts';

/** The one list of families, in the order of the IBSI manual. A new family adds one import and one entry. */
export const FAMILIES: readonly Family[] = [];
