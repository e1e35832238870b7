import type { Family } from './family.ts';
import { glcm } from './glcm/index.ts';
import { gldzm } from './gldzm/index.ts';
import { glrlm } from './glrlm/index.ts';
import { glszm } from './glszm/index.ts';
import { ngldm } from './ngldm/index.ts';
import { ngtdm } from './ngtdm/index.ts';
import { intensityHistogram } from './intensity-histogram/index.ts';
import { morphology } from './morphology/index.ts';
import { localIntensity } from './local-intensity/index.ts';
import { intensityVolumeHistogram } from './intensity-volume-histogram/index.ts';
import { intensityStatistics } from './intensity-statistics/index.ts';

/**
 * The one list of families, in the order of the IBSI manual. A new family adds one import and one entry, here and in
 * `descriptions.ts`.
 */
export const FAMILIES: readonly Family[] = [
  morphology,
  localIntensity,
  intensityStatistics,
  intensityHistogram,
  intensityVolumeHistogram,
  glcm,
  glrlm,
  glszm,
  gldzm,
  ngtdm,
  ngldm,
];
