import type { KernelModule } from '../../core/kernel-module.ts';
import type { Family, FamilyContext, FeatureValue } from '../family.ts';
import { allAbsent, featureValues, ratio, type Outcome } from '../feature-values.ts';
import { percentile } from '../percentile.ts';
import { sortedRegionValues } from '../region-values.ts';
import { DEFINITIONS } from './definitions.ts';
import { DESCRIPTION } from './description.ts';
import { deviationReference, momentsReference, type Moments } from './reference.ts';

/** The family of {@link DESCRIPTION}, computed. */
export const intensityStatistics: Family = { ...DESCRIPTION, compute };

function compute({ sample, kernels }: FamilyContext): FeatureValue[] {
  const sorted = sortedRegionValues(sample, kernels);
  if (sorted.length === 0) return allAbsent(DEFINITIONS, ['3D'], 'region_empty');
  return featureValues(DEFINITIONS, statisticsOf(sorted, kernels));
}

/**
 * The 18 features of a set of intensities.
 * @param sorted rising, at least one value
 */
export function statisticsOf(sorted: Float64Array, kernels: KernelModule | null): Record<string, Outcome> {
  const n = sorted.length;
  const [p10, p25, p50, p75, p90] = [10, 25, 50, 75, 90].map((q) => percentile(sorted, q)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const middle = sorted.subarray(firstAtLeast(sorted, p10), firstAbove(sorted, p90));
  const m = sums(sorted, middle, p50, kernels);
  const variance = m.second / n;
  const min = sorted[0]!;
  const max = sorted[n - 1]!;
  const flat = min === max;
  return {
    stat_mean: m.mean,
    stat_var: flat ? 0 : variance,
    stat_skew: flat ? 'flat_region' : m.third / n / variance ** 1.5,
    stat_kurt: flat ? 'flat_region' : m.fourth / n / variance ** 2 - 3,
    stat_median: p50,
    stat_min: min,
    stat_p10: p10,
    stat_p90: p90,
    stat_max: max,
    stat_iqr: p75 - p25,
    stat_range: max - min,
    stat_mad: flat ? 0 : m.deviation / n,
    stat_rmad: middle.length === 0 ? 'not_enough_voxels' : m.robust / middle.length,
    stat_medad: m.aroundMedian / n,
    stat_cov: ratio(flat ? 0 : Math.sqrt(variance), m.mean, 'zero_mean'),
    stat_qcod: ratio(p75 - p25, p75 + p25),
    stat_energy: m.energy,
    stat_rms: Math.sqrt(m.energy / n),
  };
}

interface Sums extends Moments {
  /** Σ|x−mean| of the values from the 10th to the 90th percentile, about their own mean. */
  readonly robust: number;
  readonly aroundMedian: number;
}

function sums(
  sorted: Float64Array,
  middle: Float64Array,
  median: number,
  kernels: KernelModule | null,
): Sums {
  if (kernels === null) {
    return {
      ...momentsReference(sorted),
      robust: middle.length === 0 ? 0 : momentsReference(middle).deviation,
      aroundMedian: deviationReference(sorted, median),
    };
  }
  const { arena, call } = kernels;
  arena.reset();
  const values = arena.room(sorted.byteLength);
  const out = arena.alloc(2 * 6 * 8);
  new Float64Array(arena.buffer, values, sorted.length).set(sorted);
  call('intensity_statistics_moments', values, sorted.length, out);
  if (middle.length > 0) {
    const start = values + (middle.byteOffset - sorted.byteOffset);
    call('intensity_statistics_moments', start, middle.length, out + 48);
  }
  const aroundMedian = call('intensity_statistics_deviation', values, sorted.length, median);
  const o = new Float64Array(arena.buffer, out, 12);
  return {
    mean: o[0]!,
    second: o[1]!,
    third: o[2]!,
    fourth: o[3]!,
    deviation: o[4]!,
    energy: o[5]!,
    robust: middle.length === 0 ? 0 : o[10]!,
    aroundMedian,
  };
}

/** Index of the first value ≥ bound; the length when there is none. */
function firstAtLeast(sorted: Float64Array, bound: number): number {
  return partition(sorted, (x) => x >= bound);
}

function firstAbove(sorted: Float64Array, bound: number): number {
  return partition(sorted, (x) => x > bound);
}

function partition(sorted: Float64Array, after: (x: number) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (after(sorted[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
