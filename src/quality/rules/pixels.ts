import type { Volume } from '../../core/volume.ts';
import { otsu } from '../../regions/histogram.ts';
import { median } from './measuring.ts';

/** Facts about pixels that several rules ask for; each is worked out once a volume. */

export interface PixelFacts {
  readonly min: number;
  readonly max: number;
  /** Voxels above this are body or object: −500 HU for CT, Otsu's threshold elsewhere. */
  readonly threshold: number;
  /** Voxels above the threshold, and the mean of those. */
  readonly foreground: number;
  readonly foregroundMean: number;
  /** Foreground voxels at the largest value. */
  readonly atMax: number;
}

const known = new WeakMap<Volume, PixelFacts>();
const noises = new WeakMap<Volume, number>();

const BODY_HU = -500;
const BINS = 256;

export function pixelFacts(volume: Volume): PixelFacts {
  const before = known.get(volume);
  if (before) return before;
  const { data, unit } = volume;
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < data.length; i++) {
    const v = data[i]!;
    if (v < min) min = v;
    if (v > max) max = v;
  }
  const threshold = unit === 'HU' ? BODY_HU : otsuOf(data, min, max);
  let foreground = 0;
  let sum = 0;
  let atMax = 0;
  for (let i = 0; i < data.length; i++) {
    const v = data[i]!;
    if (!(v > threshold)) continue;
    foreground++;
    sum += v;
    if (v === max) atMax++;
  }
  const facts = { min, max, threshold, foreground, foregroundMean: sum / foreground, atMax };
  known.set(volume, facts);
  return facts;
}

/** Otsu's threshold on 256 equal bins. NaN voxels are left out; a flat image gives its value. */
function otsuOf(data: ArrayLike<number>, min: number, max: number): number {
  if (!(max > min)) return min;
  const counts = new Float64Array(BINS);
  const scale = BINS / (max - min);
  for (let i = 0; i < data.length; i++) {
    const v = data[i]!;
    if (v === v) counts[Math.min(BINS - 1, Math.floor((v - min) * scale))]!++;
  }
  return min + otsu(counts).level / scale;
}

/** Slices that noise is estimated on, at most. */
const NOISE_SLICES = 9;

/**
 * Standard deviation of the noise by Immerkær's mask (J. Immerkær, Comput. Vis. Image Underst. 64, 1996):
 * √(π/2)/(6·n) Σ |I ∗ [1 −2 1; −2 4 −2; 1 −2 1]| over foreground voxels whose nine neighbours are all foreground; the
 * median over up to nine slices spread through the volume. NaN without such voxels.
 */
export function noiseOf(volume: Volume): number {
  const before = noises.get(volume);
  if (before !== undefined) return before;
  const [, , nz] = volume.grid.size;
  const { threshold } = pixelFacts(volume);
  const count = Math.min(NOISE_SLICES, nz);
  const found = Array.from({ length: count }, (_, n) =>
    sliceNoise(volume, Math.floor(((n + 0.5) * nz) / count), threshold),
  ).filter((s) => !Number.isNaN(s));
  const noise = median(found);
  noises.set(volume, noise);
  return noise;
}

function sliceNoise({ data, grid }: Volume, k: number, threshold: number): number {
  const [nx, ny] = grid.size;
  const base = k * nx * ny;
  let sum = 0;
  let n = 0;
  for (let j = 1; j < ny - 1; j++) {
    for (let i = 1; i < nx - 1; i++) {
      const at = base + j * nx + i;
      let inside = true;
      let value = 0;
      for (let dj = -1; dj <= 1 && inside; dj++) {
        for (let di = -1; di <= 1; di++) {
          const v = data[at + dj * nx + di]!;
          if (!(v > threshold)) {
            inside = false;
            break;
          }
          value += (di === 0 ? -2 : 1) * (dj === 0 ? -2 : 1) * v;
        }
      }
      if (!inside) continue;
      sum += Math.abs(value);
      n++;
    }
  }
  return n === 0 ? NaN : (Math.sqrt(Math.PI / 2) * sum) / (6 * n);
}
