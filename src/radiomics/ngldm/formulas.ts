import type { Outcome } from '../feature-values.ts';
import { levelMatrixFeatures, outcomesUnder, type LevelMatrix } from '../level-matrix.ts';
import { DEFINITIONS } from './definitions.ts';

const TAGS = DEFINITIONS.map((d) => d.tag);

/** The 17 features of one dependence matrix; null for an empty one. */
export function ngldmFeatures(matrix: LevelMatrix): Record<string, Outcome> | null {
  const features = levelMatrixFeatures(matrix);
  return features && outcomesUnder(TAGS, features);
}
