import type { FamilyDescription } from '../family.ts';
import { DEFINITIONS } from './definitions.ts';
import { withReadings } from '../reading.ts';
import { READINGS } from './readings.ts';

/**
 * Grey level distance zone matrix (IBSI VMDZ): how deep zones of equal level lie in the region, by the least city-block
 * distance of their voxels from the border of the morphological mask.
 */
export const DESCRIPTION: FamilyDescription = {
  id: 'gldzm',
  ibsi: 'VMDZ',
  label: {
    en: 'Grey level distance zone matrix',
    ru: 'Матрица расстояний зон уровней серого',
    zh: '灰度区域距离矩阵',
  },
  features: withReadings(DEFINITIONS, READINGS),
  aggregations: ['2D', '2.5D', '3D'],
};
