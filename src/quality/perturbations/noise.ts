import type { Size3 } from '../../core/geometry.ts';
import type { Random } from '../../core/random.ts';
import { fillNormal } from '../phantoms/gaussian-field.ts';

/**
 * Standard deviation of the noise of an image: the diagonal details of one level of the Haar wavelet in each slice,
 * (a − b − c + d)/2, hold noise and few edges; their median size divided by 0.6745 is σ of white noise (Donoho & Johnstone,
 * Biometrika 1994;81:425). Noise that neighbouring voxels share, as after a soft kernel, is underestimated. Zero when no
 * block of four has values.
 */
export function estimateNoise(data: ArrayLike<number>, [nx, ny, nz]: Size3): number {
  const details: number[] = [];
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y + 1 < ny; y += 2) {
      for (let x = 0; x + 1 < nx; x += 2) {
        const at = x + nx * (y + ny * z);
        const detail = (data[at]! - data[at + 1]! - data[at + nx]! + data[at + nx + 1]!) / 2;
        if (Number.isFinite(detail)) details.push(Math.abs(detail));
      }
    }
  }
  if (details.length === 0) return 0;
  const sorted = Float64Array.from(details).sort();
  const half = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
  return median / 0.6745;
}

/** The image with independent normal noise of standard deviation σ added. */
export function withNoise(data: ArrayLike<number>, sigma: number, random: Random): Float64Array {
  const noise = new Float32Array(data.length);
  fillNormal(random, noise);
  const out = new Float64Array(data.length);
  for (let i = 0; i < out.length; i++) out[i] = data[i]! + sigma * noise[i]!;
  return out;
}
