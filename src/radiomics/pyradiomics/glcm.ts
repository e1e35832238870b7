import { DIRECTIONS, IN_PLANE } from '../directions.ts';
import { MOST_RANKS } from '../glcm/counts.ts';
import { countByKernel } from '../glcm/kernel.ts';
import { countReference } from '../glcm/reference.ts';
import { paddedLevels, type PaddedLevels } from '../padded-levels.ts';
import { anglesOf, areNeighbours, distancesOf, lengthOf, mergesAngles } from './angles.ts';
import type { ClassContext, ClassValues } from './class.ts';
import { glcmValues } from './glcm-formulas.ts';
import { MeanValues } from './mean-values.ts';
import type { Vec3 } from '../../core/geometry.ts';

/** GLCM features, averaged over the angles that have pairs, or of the sum of all angles by exp(−length²). */
export function glcmClass(context: ClassContext): ClassValues {
  const { sample, settings, kernels } = context;
  const distances = distancesOf(settings);
  const levels = paddedLevels(sample, Math.max(...distances), 'rank', kernels);
  if (levels === null) return 'region_empty';
  if (levels.ranks > MOST_RANKS) return 'too_many_levels';
  const highest = levels.values[levels.ranks]!;
  const mean = new MeanValues();
  const { ranks } = levels;
  let merged: Float64Array | null = null;
  for (const { step, counts } of pairs(context, levels, distances)) {
    const matrix = settings.texture.glcm_symmetric ? symmetrical(counts, ranks) : counts;
    if (!mergesAngles(settings)) mean.add(glcmValues(matrix, levels.values, highest));
    else {
      const length = lengthOf(step, sample.spacing, settings);
      const weight = length === null ? 1 : Math.exp(-(length ** 2));
      merged ??= new Float64Array(matrix.length);
      for (let c = 0; c < merged.length; c++) merged[c]! += weight * matrix[c]!;
    }
  }
  if (merged) mean.add(glcmValues(merged, levels.values, highest));
  return mean.values() ?? (levels.voxels === 1 ? 'single_voxel' : 'no_pairs');
}

/** Pair counts of each angle, K × K, counted one way. */
function* pairs(
  { planar, kernels }: ClassContext,
  levels: PaddedLevels,
  distances: readonly number[],
): Generator<{ step: Vec3; counts: ArrayLike<number> }> {
  if (areNeighbours(distances)) {
    const counts = kernels ? countByKernel(levels, kernels) : countReference(levels);
    const directions = planar ? IN_PLANE : DIRECTIONS.length;
    for (const [d, matrix] of counts.volume().slice(0, directions).entries())
      yield { step: DIRECTIONS[d]!, counts: matrix };
    return;
  }
  for (const step of anglesOf(distances, planar)) yield { step, counts: pairsAlong(levels, step) };
}

function pairsAlong({ data, size: [px, py], ranks }: PaddedLevels, [dx, dy, dz]: Vec3): Float64Array {
  const counts = new Float64Array(ranks * ranks);
  const step = dx + px * (dy + py * dz);
  for (let v = 0; v < data.length; v++) {
    const i = data[v]!;
    // The pad is as wide as the longest step: no neighbour lies outside the array or on the far side of a row.
    const j = i === 0 ? 0 : data[v + step]!;
    if (j > 0) counts[(i - 1) * ranks + j - 1]!++;
  }
  return counts;
}

function symmetrical(counts: ArrayLike<number>, n: number): Float64Array {
  const both = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) both[i * n + j] = counts[i * n + j]! + counts[j * n + i]!;
  }
  return both;
}
