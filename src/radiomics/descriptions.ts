import type { FamilyDescription } from './family.ts';
import { DESCRIPTION as morphology } from './morphology/description.ts';
import { DESCRIPTION as localIntensity } from './local-intensity/description.ts';
import { DESCRIPTION as intensityStatistics } from './intensity-statistics/description.ts';
import { DESCRIPTION as intensityHistogram } from './intensity-histogram/description.ts';
import { DESCRIPTION as intensityVolumeHistogram } from './intensity-volume-histogram/description.ts';
import { DESCRIPTION as glcm } from './glcm/description.ts';
import { DESCRIPTION as glrlm } from './glrlm/description.ts';
import { DESCRIPTION as glszm } from './glszm/description.ts';
import { DESCRIPTION as gldzm } from './gldzm/description.ts';
import { DESCRIPTION as ngtdm } from './ngtdm/description.ts';
import { DESCRIPTION as ngldm } from './ngldm/description.ts';

/** What `FAMILIES` are, in the same order, without their computation: the page lists features and computes none. */
export const FAMILY_DESCRIPTIONS: readonly FamilyDescription[] = [
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
