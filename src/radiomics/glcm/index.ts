import type { Vec3 } from '../../core/geometry.ts';
import type { TextureSettings } from '../settings.ts';
import type { AbsenceReason, Aggregation, Family, FamilyContext, FeatureValue } from '../family.ts';
import { allAbsent, featureValues } from '../feature-values.ts';
import { directionWeights, IN_PLANE } from '../directions.ts';
import { MeanOutcomes } from '../mean-outcomes.ts';
import { paddedLevels } from '../padded-levels.ts';
import { MOST_RANKS, type PairCounts } from './counts.ts';
import { DEFINITIONS } from './definitions.ts';
import { DESCRIPTION } from './description.ts';
import { pairEntries } from './entries.ts';
import { glcmFeatures } from './formulas.ts';
import { countByKernel } from './kernel.ts';
import { countReference } from './reference.ts';

/** The family of {@link DESCRIPTION}, computed. */
export const glcm: Family = { ...DESCRIPTION, compute, matrix: pairEntries };

function compute({ sample, texture, aggregations, kernels }: FamilyContext): FeatureValue[] {
  const absent = (reason: AbsenceReason): FeatureValue[] => allAbsent(DEFINITIONS, aggregations, reason);
  if (aggregations.length === 0) return [];
  if (sample.discretised === null) {
    return absent(sample.intensity.includes(1) ? 'needs_discretisation' : 'region_empty');
  }
  const levels = paddedLevels(sample, texture.distance, 'rank', kernels);
  if (levels === null) return absent('region_empty');
  if (levels.ranks > MOST_RANKS) return absent('too_many_levels');
  const counts = kernels ? countByKernel(levels, kernels) : countReference(levels);
  return glcmValues(counts, { texture, spacing: sample.spacing, voxels: levels.voxels }, aggregations);
}

/**
 * Features of pairs that were counted already, wherever that was.
 * @param region.spacing voxel edges, mm, for weights by distance
 * @param region.voxels of the region: a single one is a reason of its own for having no pairs
 */
export function glcmValues(
  counts: PairCounts,
  {
    texture,
    spacing,
    voxels,
  }: { readonly texture: TextureSettings; readonly spacing: Vec3; readonly voxels: number },
  aggregations: readonly Aggregation[],
): FeatureValue[] {
  const weights = directionWeights(texture, spacing, texture.distance);
  const means = aggregate(counts, weights, texture.glcm_symmetric, aggregations);
  return aggregations.flatMap((aggregation) => {
    const mean = means.get(aggregation);
    if (mean === undefined || mean.empty) {
      return allAbsent(DEFINITIONS, [aggregation], voxels === 1 ? 'single_voxel' : 'no_pairs');
    }
    return featureValues(DEFINITIONS, mean.outcomes(), aggregation);
  });
}

/** Matrices to features for each asked aggregation, slice by slice, so that no more than one slice is held. */
function aggregate(
  counts: PairCounts,
  weights: readonly number[],
  symmetric: boolean,
  aggregations: readonly Aggregation[],
): Map<Aggregation, MeanOutcomes> {
  const means = new Map(aggregations.map((a) => [a, new MeanOutcomes()]));
  const add = (aggregation: Aggregation, matrices: () => readonly ArrayLike<number>[]): void => {
    const mean = means.get(aggregation);
    if (!mean) return;
    for (const m of matrices()) {
      const outcomes = glcmFeatures(m, counts, symmetric);
      if (outcomes) mean.add(outcomes);
    }
  };
  if (aggregations.some((a) => a.startsWith('2'))) {
    const cells = counts.ranks * counts.ranks;
    const over = Array.from({ length: IN_PLANE }, () => new Float64Array(cells));
    for (const z of counts.slices()) {
      const slice = counts.slice(z);
      add('2D:avg', () => slice);
      add('2D:mrg', () => [merged(slice, weights)]);
      slice.forEach((matrix, d) => addTo(over[d]!, matrix, 1));
    }
    add('2.5D:avg', () => over);
    add('2.5D:mrg', () => [merged(over, weights)]);
  }
  if (aggregations.some((a) => a.startsWith('3'))) {
    const volume = counts.volume();
    add('3D:avg', () => volume);
    add('3D:mrg', () => [merged(volume, weights)]);
  }
  return means;
}

function merged(matrices: readonly ArrayLike<number>[], weights: readonly number[]): Float64Array {
  const sum = new Float64Array(matrices[0]!.length);
  matrices.forEach((matrix, d) => addTo(sum, matrix, weights[d]!));
  return sum;
}

function addTo(sum: Float64Array, matrix: ArrayLike<number>, weight: number): void {
  for (let c = 0; c < sum.length; c++) sum[c]! += weight * matrix[c]!;
}
