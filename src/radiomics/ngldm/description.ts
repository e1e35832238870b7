import type { FamilyDescription } from '../family.ts';
import { DEFINITIONS } from './definitions.ts';
import { withReadings } from '../reading.ts';
import { READINGS } from './readings.ts';

/**
 * Neighbouring grey level dependence matrix (IBSI REK0): how many voxels within Chebyshev distance δ, itself included,
 * resemble a voxel up to α grey levels. Levels are whole, so α counts as its whole part.
 */
export const DESCRIPTION: FamilyDescription = {
  id: 'ngldm',
  ibsi: 'REK0',
  label: {
    en: 'Neighbouring grey level dependence matrix',
    ru: 'Матрица зависимости соседних уровней серого',
    zh: '邻域灰度依赖矩阵',
  },
  features: withReadings(DEFINITIONS, READINGS),
  aggregations: ['2D', '2.5D', '3D'],
};
