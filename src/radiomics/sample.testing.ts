import type { Size3, Vec3 } from '../core/geometry.ts';
import { Random } from '../core/random.ts';
import type { FamilyContext } from './family.ts';
import type { RegionSample } from './region-sample.ts';
import { DEFAULT_SETTINGS } from './settings.ts';

/** Samples that tests make themselves; the region may touch the box's sides. */
export function sampleOf(
  size: Size3,
  spacing: Vec3,
  image: ArrayLike<number>,
  mask: ArrayLike<number>,
  levels: number | null = null,
): RegionSample {
  const intensity = Uint8Array.from(mask);
  return {
    size,
    spacing,
    unit: 'HU',
    image: Float64Array.from(image),
    morphological: intensity.slice(),
    intensity,
    atImageBorder: [true, true, true, true, true, true],
    discretised:
      levels === null
        ? null
        : {
            levels: Uint16Array.from(intensity, (m, i) => (m === 1 ? image[i]! : 0)),
            bins: levels,
            method: 'none',
            lower: 0.5,
            width: 1,
          },
    resegmentationRange: null,
  };
}

/** A random region of random whole-numbered intensities. */
export function randomSample(size: Size3, spacing: Vec3, seed: number, share = 0.6): RegionSample {
  const r = new Random(seed);
  const n = size[0] * size[1] * size[2];
  const image = Float64Array.from({ length: n }, () => Math.round(1000 * r.normal()));
  const mask = Uint8Array.from({ length: n }, () => (r.uniform() < share ? 1 : 0));
  return sampleOf(size, spacing, image, mask);
}

export const contextOf = (sample: RegionSample, kernels: FamilyContext['kernels']): FamilyContext => ({
  sample,
  texture: DEFAULT_SETTINGS.texture,
  ivh: DEFAULT_SETTINGS.ivh,
  aggregations: ['3D'],
  kernels,
});
