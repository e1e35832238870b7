import type { FamilyDescription } from '../family.ts';
import { DEFINITIONS } from './definitions.ts';
import { withReadings } from '../reading.ts';
import { READINGS } from './readings.ts';

/** Intensity-volume histogram (IBSI P88C): which share of the region has at least a given intensity. */
export const DESCRIPTION: FamilyDescription = {
  id: 'intensity_volume_histogram',
  ibsi: 'P88C',
  label: {
    en: 'Intensity-volume histogram',
    ru: 'Гистограмма «интенсивность — объём»',
    zh: '强度-体积直方图',
  },
  features: withReadings(DEFINITIONS, READINGS),
  aggregations: ['3D'],
};
