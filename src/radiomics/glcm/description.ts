import type { FamilyDescription } from '../family.ts';
import { DEFINITIONS } from './definitions.ts';
import { withReadings } from '../reading.ts';
import { READINGS } from './readings.ts';

/**
 * Grey level co-occurrence matrix (IBSI LFYI): how often which levels stand δ voxels apart.
 * Directions are the 13 (in a slice 4) of distance 1, multiplied by δ. A matrix without pairs does not count in an
 * average; weights by distance act where directions are merged.
 */
export const DESCRIPTION: FamilyDescription = {
  id: 'glcm',
  ibsi: 'LFYI',
  label: {
    en: 'Grey level co-occurrence matrix',
    ru: 'Матрица совместной встречаемости уровней серого',
    zh: '灰度共生矩阵',
  },
  features: withReadings(DEFINITIONS, READINGS),
  aggregations: ['2D:avg', '2D:mrg', '2.5D:avg', '2.5D:mrg', '3D:avg', '3D:mrg'],
};
