import type { FamilyDescription } from '../family.ts';
import { DEFINITIONS } from './definitions.ts';
import { withReadings } from '../reading.ts';
import { READINGS } from './readings.ts';

/** Intensity-based statistics (IBSI UHIW): the intensities of the region as a set, without regard to place. */
export const DESCRIPTION: FamilyDescription = {
  id: 'intensity_statistics',
  ibsi: 'UHIW',
  label: { en: 'Intensity statistics', ru: 'Статистика интенсивностей', zh: '强度统计' },
  features: withReadings(DEFINITIONS, READINGS),
  aggregations: ['3D'],
};
