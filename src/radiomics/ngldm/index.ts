import type { AbsenceReason, Family, FamilyContext, FeatureValue } from '../family.ts';
import { allAbsent, featureValues } from '../feature-values.ts';
import { mergedLevelMatrix, type LevelMatrix } from '../level-matrix.ts';
import { MeanOutcomes } from '../mean-outcomes.ts';
import { mostNeighbours } from '../neighbourhood.ts';
import { paddedLevels } from '../padded-levels.ts';
import type { DependenceCounts } from './counts.ts';
import { DEFINITIONS } from './definitions.ts';
import { DESCRIPTION } from './description.ts';
import { dependenceEntries } from './entries.ts';
import { ngldmFeatures } from './formulas.ts';
import { dependencesByKernel } from './kernel.ts';
import { dependencesReference } from './reference.ts';

/** Largest table, cells. */
const MOST_CELLS = 2 ** 26;

/** The family of {@link DESCRIPTION}, computed. */
export const ngldm: Family = { ...DESCRIPTION, compute, matrix: dependenceEntries };

function compute({ sample, texture, aggregations, kernels }: FamilyContext): FeatureValue[] {
  const absent = (reason: AbsenceReason): FeatureValue[] => allAbsent(DEFINITIONS, aggregations, reason);
  if (sample.discretised === null) {
    return absent(sample.intensity.includes(1) ? 'needs_discretisation' : 'region_empty');
  }
  const coarseness = Math.floor(texture.ngldm_alpha);
  const levels = paddedLevels(sample, texture.distance, coarseness === 0 ? 'rank' : 'level', kernels);
  if (levels === null) return absent('region_empty');
  if (levels.values.length * (mostNeighbours(levels, false) + 1) > MOST_CELLS) {
    return absent('too_many_levels');
  }
  const count = (planar: boolean) =>
    kernels
      ? dependencesByKernel(levels, coarseness, planar, kernels)
      : dependencesReference(levels, coarseness, planar);
  const slices = aggregations.some((a) => a !== '3D') ? bySlice(count(true)) : [];
  return aggregations.flatMap((aggregation) => {
    const mean = new MeanOutcomes();
    for (const m of matricesOf(aggregation, slices, () => count(false).volume())) {
      const outcomes = ngldmFeatures(m);
      if (outcomes) mean.add(outcomes);
    }
    return featureValues(DEFINITIONS, mean.outcomes(), aggregation);
  });
}

const bySlice = ({ slices, slice }: DependenceCounts): LevelMatrix[] => slices().map((z) => slice(z));

function matricesOf(
  aggregation: string,
  slices: readonly LevelMatrix[],
  volume: () => LevelMatrix,
): readonly LevelMatrix[] {
  if (aggregation === '3D') return [volume()];
  return aggregation === '2D' ? slices : [mergedLevelMatrix(slices)];
}
