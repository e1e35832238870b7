import type { AbsenceReason, Family, FamilyContext, FeatureValue } from '../family.ts';
import { allAbsent, featureValues } from '../feature-values.ts';
import { MeanOutcomes } from '../mean-outcomes.ts';
import { zoneMatrices } from '../zones.ts';
import { DEFINITIONS } from './definitions.ts';
import { depthEntries } from './entries.ts';
import { gldzmFeatures } from './formulas.ts';
import { withReadings } from '../reading.ts';
import { READINGS } from './readings.ts';

/**
 * Grey level distance zone matrix (IBSI VMDZ): how deep zones of equal level lie in the region, by the least city-block
 * distance of their voxels from the border of the morphological mask.
 */
export const gldzm: Family = {
  id: 'gldzm',
  ibsi: 'VMDZ',
  label: {
    en: 'Grey level distance zone matrix',
    ru: 'Матрица расстояний зон уровней серого',
    zh: '灰度区域距离矩阵',
  },
  features: withReadings(DEFINITIONS, READINGS),
  aggregations: ['2D', '2.5D', '3D'],
  compute,
  matrix: depthEntries,
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
      const outcomes = gldzmFeatures(m.distances);
      if (outcomes) mean.add(outcomes);
    }
    return featureValues(DEFINITIONS, mean.outcomes(), aggregation);
  });
}
