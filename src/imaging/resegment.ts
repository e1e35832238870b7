import type { ResegmentationSettings } from './chain-settings.ts';

/** Mean and population standard deviation of an image inside a mask, in two passes. */
export function meanAndDeviation(image: Float64Array, mask: Uint8Array): { mean: number; deviation: number } {
  let n = 0;
  let sum = 0;
  for (let i = 0; i < image.length; i++) {
    if (mask[i] === 0) continue;
    n++;
    sum += image[i]!;
  }
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < image.length; i++) {
    if (mask[i] === 0) continue;
    const d = image[i]! - mean;
    squares += d * d;
  }
  return { mean, deviation: Math.sqrt(squares / n) };
}

/**
 * Re-segmentation (IBSI IFSM): takes voxels out of the intensity mask, in place. By range (USB3): intensities
 * outside [g₁, g₂] leave; by outliers (7ACA): those outside [μ−σ·s, μ+σ·s] leave, μ and σ (population) being those
 * of the region before re-segmentation. With both, the intersection stays.
 * @returns false when no bound is set, so that nothing was looked at
 */
export function resegment(image: Float64Array, mask: Uint8Array, settings: ResegmentationSettings): boolean {
  let low = settings.range?.[0] ?? -Infinity;
  let high = settings.range?.[1] ?? Infinity;
  if (settings.outlier_sigma !== null) {
    const { mean, deviation } = meanAndDeviation(image, mask);
    low = Math.max(low, mean - settings.outlier_sigma * deviation);
    high = Math.min(high, mean + settings.outlier_sigma * deviation);
  }
  if (low === -Infinity && high === Infinity) return false;
  for (let i = 0; i < image.length; i++) {
    if (mask[i] === 1 && !(image[i]! >= low && image[i]! <= high)) mask[i] = 0;
  }
  return true;
}
