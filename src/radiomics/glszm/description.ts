import type { FamilyDescription } from '../family.ts';
import { DEFINITIONS } from './definitions.ts';
import { withReadings } from '../reading.ts';
import { READINGS } from './readings.ts';

/**
 * Grey level size zone matrix (IBSI 9SAK): how many connected voxels have the same level, over 26 neighbours (8 in a
 * slice), whatever the distance of the settings.
 */
export const DESCRIPTION: FamilyDescription = {
  id: 'glszm',
  ibsi: '9SAK',
  label: {
    en: 'Grey level size zone matrix',
    ru: 'Матрица размеров зон уровней серого',
    zh: '灰度区域大小矩阵',
  },
  features: withReadings(DEFINITIONS, READINGS),
  aggregations: ['2D', '2.5D', '3D'],
};
