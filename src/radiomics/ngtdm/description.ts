import type { FamilyDescription } from '../family.ts';
import { DEFINITIONS } from './definitions.ts';
import { withReadings } from '../reading.ts';
import { READINGS } from './readings.ts';

/**
 * Neighbourhood grey tone difference matrix (IBSI IPET): how far voxels stand from the mean of their neighbours within
 * Chebyshev distance δ, all neighbours with equal weight. Voxels without a neighbour in the region do not count.
 */
export const DESCRIPTION: FamilyDescription = {
  id: 'ngtdm',
  ibsi: 'IPET',
  label: {
    en: 'Neighbourhood grey tone difference matrix',
    ru: 'Матрица разностей тонов соседей',
    zh: '邻域灰度差矩阵',
  },
  features: withReadings(DEFINITIONS, READINGS),
  aggregations: ['2D', '2.5D', '3D'],
};
