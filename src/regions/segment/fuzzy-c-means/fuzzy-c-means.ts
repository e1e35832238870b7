import type { JobContext } from '../../../core/job-context.ts';
import type { PointTable } from '../voxel-features.ts';

export interface FuzzyClusters {
  /** `classes` rows of `width` numbers. */
  readonly centres: Float64Array;
  /** Class with the greatest membership of each point, from 0. */
  readonly labels: Uint8Array;
  /** Σ u² / n: 1 where every point belongs to one class alone, 1/classes where to all alike. */
  readonly partition: number;
  /** J = Σ uᵐ d² at each step; never rises. */
  readonly course: readonly number[];
}

/**
 * Fuzzy c-means: u = 1 / Σⱼ (d²/dⱼ²)^(1/(m−1)), then c = Σ uᵐ x / Σ uᵐ, until no centre moves by more than 1e-6.
 * A point on a centre belongs to it alone. Memberships are not kept, so memory does not grow with the classes.
 * Source: Bezdek JC, Ehrlich R, Full W. Comput Geosci 1984;10:191.
 * @param start centres to begin with
 * @param fuzzifier m, above 1; towards 1 it becomes k-means
 */
export function fuzzyCMeans(
  { data, width, count }: PointTable,
  start: Float64Array,
  fuzzifier: number,
  steps: number,
  job: JobContext = {},
): FuzzyClusters {
  const classes = start.length / width;
  const centres = start.slice();
  const labels = new Uint8Array(count);
  const course: number[] = [];
  const u = new Float64Array(classes);
  const d = new Float64Array(classes);
  const power = -1 / (fuzzifier - 1);
  let partition = 0;
  for (let s = 0; s < steps; s++) {
    job.checkCancelled?.();
    job.onProgress?.(s / steps);
    const sums = new Float64Array(classes * width);
    const weights = new Float64Array(classes);
    let objective = 0;
    partition = 0;
    for (let r = 0; r < count; r++) {
      labels[r] = memberships(data, r * width, width, centres, power, d, u);
      for (let c = 0; c < classes; c++) {
        const w = fuzzifier === 2 ? u[c]! * u[c]! : u[c]! ** fuzzifier;
        partition += u[c]! * u[c]!;
        objective += w * d[c]!;
        weights[c]! += w;
        for (let f = 0; f < width; f++) sums[c * width + f]! += w * data[r * width + f]!;
      }
    }
    course.push(objective);
    let moved = 0;
    for (let c = 0; c < classes; c++)
      for (let f = 0; f < width; f++) {
        if (weights[c] === 0) continue;
        const to = sums[c * width + f]! / weights[c]!;
        moved = Math.max(moved, Math.abs(to - centres[c * width + f]!));
        centres[c * width + f] = to;
      }
    if (moved < 1e-6) break;
  }
  return { centres, labels, partition: partition / count, course };
}

/** Fills squared distances and memberships of one point; returns the class with the greatest. */
function memberships(
  data: PointTable['data'],
  at: number,
  width: number,
  centres: Float64Array,
  power: number,
  d: Float64Array,
  u: Float64Array,
): number {
  let nearest = 0;
  for (let c = 0; c < d.length; c++) {
    let sum = 0;
    for (let f = 0; f < width; f++) sum += (data[at + f]! - centres[c * width + f]!) ** 2;
    d[c] = sum;
    if (sum < d[nearest]!) nearest = c;
  }
  const least = d[nearest]!;
  if (least === 0) {
    u.fill(0);
    u[nearest] = 1;
    return nearest;
  }
  // Ratios to the least distance stay within the range of numbers.
  let total = 0;
  for (let c = 0; c < d.length; c++) {
    u[c] = power === -1 ? least / d[c]! : (d[c]! / least) ** power;
    total += u[c]!;
  }
  for (let c = 0; c < d.length; c++) u[c]! /= total;
  return nearest;
}
