import type { FamilyDescription } from '../family.ts';
import { DEFINITIONS } from './definitions.ts';
import { withReadings } from '../reading.ts';
import { READINGS } from './readings.ts';

/** Local intensity (IBSI 9ST6): means in a sphere of 1 cm³, into which voxels outside the region count too. */
export const DESCRIPTION: FamilyDescription = {
  id: 'local_intensity',
  ibsi: '9ST6',
  label: { en: 'Local intensity', ru: 'Локальная интенсивность', zh: '局部强度' },
  features: withReadings(DEFINITIONS, READINGS),
  aggregations: ['3D'],
};
