import type { Family, FamilyContext, FeatureValue } from '../family.ts';
import { allAbsent, featureValues, ratio, type Outcome } from '../feature-values.ts';
import { percentileOfCounts } from '../percentile.ts';
import { levelCounts } from '../region-values.ts';
import { DEFINITIONS } from './definitions.ts';
import { DESCRIPTION } from './description.ts';

/** The family of {@link DESCRIPTION}, computed. */
export const intensityHistogram: Family = { ...DESCRIPTION, compute };

function compute({ sample, kernels }: FamilyContext): FeatureValue[] {
  if (sample.discretised === null) {
    const reason = sample.intensity.includes(1) ? 'needs_discretisation' : 'region_empty';
    return allAbsent(DEFINITIONS, ['3D'], reason);
  }
  return featureValues(DEFINITIONS, histogramFeatures(levelCounts(sample, kernels)));
}

/**
 * The 23 features of a histogram.
 * @param counts voxels of level 1, 2, … N_g; not all zero. Everything follows from these whole numbers.
 */
export function histogramFeatures(counts: ArrayLike<number>): Record<string, Outcome> {
  const bins = counts.length;
  let total = 0;
  let weighted = 0;
  let low = 0;
  let high = 0;
  for (let i = 1; i <= bins; i++) {
    const c = counts[i - 1]!;
    if (c === 0) continue;
    total += c;
    weighted += c * i;
    if (low === 0) low = i;
    high = i;
  }
  const mean = weighted / total;
  const [p10, p25, p50, p75, p90] = [10, 25, 50, 75, 90].map((q) => percentileOfCounts(counts, total, q)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const s = spread(counts, total, mean, p50);
  const mode = modeOf(counts, mean);
  const flat = low === high;
  const deviation = Math.sqrt(s.variance);
  const gradient = gradientsOf(counts);
  return {
    ih_mean: mean,
    ih_var: s.variance,
    ih_skew: flat ? 'flat_region' : s.third / s.variance ** 1.5,
    ih_kurt: flat ? 'flat_region' : s.fourth / s.variance ** 2 - 3,
    ih_median: p50,
    ih_min: low,
    ih_p10: p10,
    ih_p90: p90,
    ih_max: high,
    ih_mode: mode,
    ih_iqr: p75 - p25,
    ih_range: high - low,
    ih_mad: s.aroundMean,
    ih_rmad: robustDeviation(counts, p10, p90),
    ih_medad: s.aroundMedian,
    ih_cov: deviation / mean,
    ih_qcod: ratio(p75 - p25, p75 + p25),
    ih_entropy: s.entropy,
    ih_uniformity: s.uniformity,
    ih_max_grad: gradient?.max ?? 'limit_undefined',
    ih_max_grad_g: gradient?.maxAt ?? 'limit_undefined',
    ih_min_grad: gradient?.min ?? 'limit_undefined',
    ih_min_grad_g: gradient?.minAt ?? 'limit_undefined',
  };
}

function spread(counts: ArrayLike<number>, total: number, mean: number, median: number) {
  let variance = 0;
  let third = 0;
  let fourth = 0;
  let aroundMean = 0;
  let aroundMedian = 0;
  let entropy = 0;
  let uniformity = 0;
  for (let i = 1; i <= counts.length; i++) {
    const p = counts[i - 1]! / total;
    if (p === 0) continue;
    const d = i - mean;
    variance += p * d * d;
    third += p * d * d * d;
    fourth += p * d * d * (d * d);
    aroundMean += p * Math.abs(d);
    aroundMedian += p * Math.abs(i - median);
    entropy -= p * Math.log2(p);
    uniformity += p * p;
  }
  return { variance, third, fourth, aroundMean, aroundMedian, entropy: entropy + 0, uniformity };
}

/** The fullest bin; of several, the one nearest the mean, and of two equally near the lower (IBSI AMMC). */
function modeOf(counts: ArrayLike<number>, mean: number): number {
  let best = 0;
  for (let i = 1; i < counts.length; i++) {
    const more = counts[i]! > counts[best]!;
    const nearer = counts[i] === counts[best] && Math.abs(i + 1 - mean) < Math.abs(best + 1 - mean);
    if (more || nearer) best = i;
  }
  return best + 1;
}

/** Mean absolute deviation of the levels from P10 to P90, ends included, about their own mean. */
function robustDeviation(counts: ArrayLike<number>, p10: number, p90: number): Outcome {
  const from = Math.ceil(p10);
  const to = Math.floor(p90);
  let n = 0;
  let weighted = 0;
  for (let i = from; i <= to; i++) {
    n += counts[i - 1]!;
    weighted += i * counts[i - 1]!;
  }
  if (n === 0) return 'not_enough_voxels';
  let sum = 0;
  for (let i = from; i <= to; i++) sum += counts[i - 1]! * Math.abs(i - weighted / n);
  return sum / n;
}

/** Slope of the histogram: half the difference of the neighbours; one-sided at both ends. Null for a single bin. */
function gradientsOf(
  counts: ArrayLike<number>,
): { max: number; maxAt: number; min: number; minAt: number } | null {
  const n = counts.length;
  if (n < 2) return null;
  let max = -Infinity;
  let maxAt = 0;
  let min = Infinity;
  let minAt = 0;
  for (let i = 0; i < n; i++) {
    const g =
      i === 0
        ? counts[1]! - counts[0]!
        : i === n - 1
          ? counts[i]! - counts[i - 1]!
          : (counts[i + 1]! - counts[i - 1]!) / 2;
    if (g > max) {
      max = g;
      maxAt = i + 1;
    }
    if (g < min) {
      min = g;
      minAt = i + 1;
    }
  }
  return { max, maxAt, min, minAt };
}
