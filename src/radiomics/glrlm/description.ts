import type { FamilyDescription } from '../family.ts';
import { DEFINITIONS } from './definitions.ts';
import { withReadings } from '../reading.ts';
import { READINGS } from './readings.ts';

/**
 * Grey level run length matrix (IBSI TP0I): how many voxels in a row have the same level. Runs go from neighbour to
 * neighbour, whatever the distance of the settings; weights by distance act where directions are merged.
 */
export const DESCRIPTION: FamilyDescription = {
  id: 'glrlm',
  ibsi: 'TP0I',
  label: {
    en: 'Grey level run length matrix',
    ru: 'Матрица длин серий уровней серого',
    zh: '灰度游程矩阵',
  },
  features: withReadings(DEFINITIONS, READINGS),
  aggregations: ['2D:avg', '2D:mrg', '2.5D:avg', '2.5D:mrg', '3D:avg', '3D:mrg'],
};
