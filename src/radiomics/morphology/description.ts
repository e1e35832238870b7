import type { FamilyDescription } from '../family.ts';
import { DEFINITIONS } from './definitions.ts';
import { withReadings } from '../reading.ts';
import { READINGS } from './readings.ts';

/** Morphology (IBSI HCUG): size and shape of the region, and how its intensities lie in space. */
export const DESCRIPTION: FamilyDescription = {
  id: 'morphology',
  ibsi: 'HCUG',
  label: { en: 'Morphology', ru: 'Морфология', zh: '形态学' },
  features: withReadings(DEFINITIONS, READINGS),
  aggregations: ['3D'],
};
