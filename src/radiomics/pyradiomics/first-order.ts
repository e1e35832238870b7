import { momentsReference } from '../intensity-statistics/reference.ts';
import { percentile } from '../percentile.ts';
import { levelCounts, regionValues, sortedRegionValues } from '../region-values.ts';
import type { ClassContext, ClassValues } from './class.ts';
import { entropyWithEpsilon } from './glcm-formulas.ts';

/**
 * First-order features of the intensities; Entropy and Uniformity of the grey levels. Kurtosis is m₄/m₂² (3 for a
 * normal distribution); of equal intensities skewness and kurtosis are 0. Energy, TotalEnergy and RootMeanSquared take
 * intensities plus `voxel_array_shift`.
 */
export function firstOrderClass({ sample, settings, kernels }: ClassContext): ClassValues {
  const values = regionValues(sample);
  const n = values.length;
  if (n === 0) return 'region_empty';
  const sorted = sortedRegionValues(sample, kernels);
  const { mean, second, third, fourth, deviation } = momentsReference(values);
  const shift = settings.pyradiomics.voxel_array_shift;
  let energy = 0;
  for (const x of values) energy += (x + shift) ** 2;
  const p10 = percentile(sorted, 10);
  const p90 = percentile(sorted, 90);
  const variance = second / n;
  const counts = levelCounts(sample, kernels);
  const p = Float64Array.from(counts, (count) => count / n);
  const [sx, sy, sz] = sample.spacing;
  return {
    '10Percentile': p10,
    '90Percentile': p90,
    Energy: energy,
    Entropy: counts.length === 0 ? NaN : entropyWithEpsilon(p),
    InterquartileRange: percentile(sorted, 75) - percentile(sorted, 25),
    Kurtosis: variance === 0 ? 0 : fourth / n / variance ** 2,
    Maximum: sorted[n - 1]!,
    Mean: mean,
    MeanAbsoluteDeviation: deviation / n,
    Median: percentile(sorted, 50),
    Minimum: sorted[0]!,
    Range: sorted[n - 1]! - sorted[0]!,
    RobustMeanAbsoluteDeviation: absoluteDeviation(values.filter((x) => x >= p10 && x <= p90)),
    RootMeanSquared: Math.sqrt(energy / n),
    Skewness: variance === 0 ? 0 : third / n / variance ** 1.5,
    StandardDeviation: Math.sqrt(variance),
    TotalEnergy: energy * sx * sy * sz,
    Uniformity: counts.length === 0 ? NaN : p.reduce((sum, x) => sum + x * x, 0),
    Variance: variance,
  };
}

function absoluteDeviation(values: Float64Array): number {
  const { deviation } = momentsReference(values);
  return deviation / values.length;
}
