import type { AbsenceReason, Family, FamilyContext, FeatureValue } from '../family.ts';
import { allAbsent, featureValues } from '../feature-values.ts';
import { MeanOutcomes } from '../mean-outcomes.ts';
import { zoneMatrices } from '../zones.ts';
import { DEFINITIONS } from './definitions.ts';
import { zoneEntries } from './entries.ts';
import { glszmFeatures } from './formulas.ts';
import { withReadings } from '../reading.ts';
import { READINGS } from './readings.ts';

/**
 * Grey level size zone matrix (IBSI 9SAK): how many connected voxels have the same level, over 26 neighbours (8 in a
 * slice), whatever the distance of the settings.
 */
export const glszm: Family = {
  id: 'glszm',
  ibsi: '9SAK',
  label: {
    en: 'Grey level size zone matrix',
    ru: 'Матрица размеров зон уровней серого',
    zh: '灰度区域大小矩阵',
  },
  features: withReadings(DEFINITIONS, READINGS),
  aggregations: ['2D', '2.5D', '3D'],
  compute,
  matrix: zoneEntries,
};

function compute({ sample, aggregations, kernels }: FamilyContext): FeatureValue[] {
  const absent = (reason: AbsenceReason): FeatureValue[] => allAbsent(DEFINITIONS, aggregations, reason);
  if (sample.discretised === null) {
    return absent(sample.intensity.includes(1) ? 'needs_discretisation' : 'region_empty');
  }
  return aggregations.flatMap((aggregation) => {
    const matrices = zoneMatrices(sample, aggregation, kernels);
    if (matrices === null) return allAbsent(DEFINITIONS, [aggregation], 'region_empty');
    const mean = new MeanOutcomes();
    for (const m of matrices) {
      const outcomes = glszmFeatures(m.sizes);
      if (outcomes) mean.add(outcomes);
    }
    return featureValues(DEFINITIONS, mean.outcomes(), aggregation);
  });
}
