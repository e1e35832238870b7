import type { FamilyDescription } from '../family.ts';
import { DEFINITIONS } from './definitions.ts';
import { withReadings } from '../reading.ts';
import { READINGS } from './readings.ts';

/** Intensity histogram (IBSI ZVCW): statistics of the grey levels after discretisation. */
export const DESCRIPTION: FamilyDescription = {
  id: 'intensity_histogram',
  ibsi: 'ZVCW',
  label: { en: 'Intensity histogram', ru: 'Гистограмма интенсивностей', zh: '强度直方图' },
  features: withReadings(DEFINITIONS, READINGS),
  aggregations: ['3D'],
};
