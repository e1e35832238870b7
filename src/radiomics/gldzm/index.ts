import type { AbsenceReason, Family, FamilyContext, FeatureValue } from '../family.ts';
import { allAbsent, featureValues } from '../feature-values.ts';
import { MeanOutcomes } from '../mean-outcomes.ts';
import { zoneMatrices } from '../zones.ts';
import { DEFINITIONS } from './definitions.ts';
import { DESCRIPTION } from './description.ts';
import { depthEntries } from './entries.ts';
import { gldzmFeatures } from './formulas.ts';

/** The family of {@link DESCRIPTION}, computed. */
export const gldzm: Family = { ...DESCRIPTION, compute, matrix: depthEntries };

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
