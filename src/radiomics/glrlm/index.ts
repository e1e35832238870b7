import type { AbsenceReason, Aggregation, Family, FamilyContext, FeatureValue } from '../family.ts';
import { allAbsent, featureValues } from '../feature-values.ts';
import { directionWeights, IN_PLANE } from '../directions.ts';
import { mergedLevelMatrix, type LevelMatrix } from '../level-matrix.ts';
import { MeanOutcomes } from '../mean-outcomes.ts';
import { paddedLevels } from '../padded-levels.ts';
import { DEFINITIONS } from './definitions.ts';
import { DESCRIPTION } from './description.ts';
import { runEntries } from './entries.ts';
import { glrlmFeatures } from './formulas.ts';
import { longestRun, runsByKernel } from './kernel.ts';
import { runsReference } from './reference.ts';
import type { RunCounts } from './runs.ts';

/** Largest table of one direction, cells. */
const MOST_CELLS = 2 ** 26;

/** The family of {@link DESCRIPTION}, computed. */
export const glrlm: Family = { ...DESCRIPTION, compute, matrix: runEntries };

function compute({ sample, texture, aggregations, kernels }: FamilyContext): FeatureValue[] {
  const absent = (reason: AbsenceReason): FeatureValue[] => allAbsent(DEFINITIONS, aggregations, reason);
  if (aggregations.length === 0) return [];
  if (sample.discretised === null) {
    return absent(sample.intensity.includes(1) ? 'needs_discretisation' : 'region_empty');
  }
  const levels = paddedLevels(sample, 1, 'rank', kernels);
  if (levels === null) return absent('region_empty');
  if ((levels.ranks + 1) * (longestRun(levels) + 1) > MOST_CELLS) return absent('too_many_levels');
  const counts = kernels ? runsByKernel(levels, kernels) : runsReference(levels);
  const means = aggregate(counts, directionWeights(texture, sample.spacing, 1), aggregations);
  return aggregations.flatMap((a) => featureValues(DEFINITIONS, means.get(a)!.outcomes(), a));
}

function aggregate(
  counts: RunCounts,
  weights: readonly number[],
  aggregations: readonly Aggregation[],
): Map<Aggregation, MeanOutcomes> {
  const means = new Map(aggregations.map((a) => [a, new MeanOutcomes()]));
  const add = (aggregation: Aggregation, matrices: () => readonly LevelMatrix[]): void => {
    const mean = means.get(aggregation);
    if (!mean) return;
    for (const m of matrices()) {
      const outcomes = glrlmFeatures(m);
      if (outcomes) mean.add(outcomes);
    }
  };
  if (aggregations.some((a) => a.startsWith('2'))) {
    const slices = counts.slices().map((z) => counts.slice(z));
    for (const slice of slices) {
      add('2D:avg', () => slice);
      add('2D:mrg', () => [mergedLevelMatrix(slice, weights)]);
    }
    const over = Array.from({ length: IN_PLANE }, (_, d) => mergedLevelMatrix(slices.map((s) => s[d]!)));
    add('2.5D:avg', () => over);
    add('2.5D:mrg', () => [mergedLevelMatrix(over, weights)]);
  }
  if (aggregations.some((a) => a.startsWith('3'))) {
    const volume = counts.volume();
    add('3D:avg', () => volume);
    add('3D:mrg', () => [mergedLevelMatrix(volume, weights)]);
  }
  return means;
}
