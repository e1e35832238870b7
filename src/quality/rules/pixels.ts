import type { KernelModule } from '../../core/kernel-module.ts';
import type { Volume } from '../../core/volume.ts';
import { otsu } from '../../regions/histogram.ts';
import { median } from './measuring.ts';
import { binAll, firstPass, foregroundOf, type Bins, type Extremes, type Foreground } from './pixel-pass.ts';

/** Facts about pixels that several rules ask for; each is worked out once a volume. */

export interface PixelFacts extends Extremes {
  /** Voxels above this are body or object: −500 HU for CT, Otsu's threshold elsewhere. */
  readonly threshold: number;
  /** Voxels above the threshold, and the mean of those. */
  readonly foreground: number;
  readonly foregroundMean: number;
  /** Foreground voxels at the largest value. */
  readonly atMax: number;
  /** CT: bins of 5 HU from −1200 HU. */
  readonly bins?: Bins;
}

const known = new WeakMap<Volume, PixelFacts>();
const noises = new WeakMap<Volume, number>();

const BODY_HU = -500;
const HU_BINS = { low: -1200, scale: 1 / 5, count: 500 };
const OTSU_BINS = 256;

/** The facts of a volume; the kernels, where there are any, only make the first call faster. */
export function pixelFacts(volume: Volume, kernels: KernelModule | null = null): PixelFacts {
  const before = known.get(volume);
  if (before) return before;
  const facts = volume.unit === 'HU' ? factsOfCt(volume, kernels) : factsOfOthers(volume, kernels);
  known.set(volume, facts);
  return facts;
}

function factsOfCt({ data }: Volume, kernels: KernelModule | null): PixelFacts {
  const { low, scale, count } = HU_BINS;
  const bins = { low, scale, counts: new Uint32Array(count) };
  const { foreground, ...extremes } = firstPass(data, { threshold: BODY_HU, bins }, kernels);
  return { ...extremes, threshold: BODY_HU, ...told(foreground), bins };
}

function factsOfOthers({ data }: Volume, kernels: KernelModule | null): PixelFacts {
  const { min, max, blockMax } = firstPass(data, null, kernels);
  const threshold = otsuOf(data, min, max, kernels);
  return { min, max, blockMax, threshold, ...told(foregroundOf(data, threshold, max, kernels)) };
}

const told = ({ voxels, sum, atMax }: Foreground) => ({
  foreground: voxels,
  foregroundMean: sum / voxels,
  atMax,
});

/** Otsu's threshold on 256 equal bins. NaN voxels are left out; a flat image gives its value. */
function otsuOf(data: Volume['data'], min: number, max: number, kernels: KernelModule | null): number {
  if (!(max > min)) return min;
  const scale = OTSU_BINS / (max - min);
  const counts = new Uint32Array(OTSU_BINS);
  binAll(data, { low: min, scale, counts }, kernels);
  return min + otsu(Float64Array.from(counts)).level / scale;
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
