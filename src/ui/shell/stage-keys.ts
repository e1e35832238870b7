import type { Stage } from '../state/workspace.svelte.ts';

/**
 * Digits that, with Shift, go to a stage. By place of the key, so that the layout does not matter; Alt with digits belongs
 * to the browser's own tabs.
 */
export const STAGE_KEYS: readonly (readonly [digit: string, stage: Stage])[] = [
  ['0', 'equipment'],
  ['1', 'acquire'],
  ['2', 'regions'],
  ['3', 'features'],
  ['4', 'kinetics'],
  ['5', 'report'],
  ['6', 'self-test'],
  ['7', 'repeatability'],
];
