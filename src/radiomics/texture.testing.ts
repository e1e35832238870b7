import fc from 'fast-check';
import type { Size3, Vec3 } from '../core/geometry.ts';
import { Random } from '../core/random.ts';
import type { KernelModule } from '../core/kernel-module.ts';
import type { Aggregation, Family, FeatureValue } from './family.ts';
import type { RegionSample } from './region-sample.ts';
import { DEFAULT_SETTINGS, type TextureSettings } from './settings.ts';

/** What texture tests share: samples made by hand or by chance, and the same sample seen from elsewhere. */

/** A sample from levels alone, 0 outside the region; `morphological` where it differs from the intensity mask. */
export function sampleOfLevels(
  size: Size3,
  levels: ArrayLike<number>,
  {
    bins,
    morphological,
    spacing = [1, 1, 1],
  }: { bins?: number; morphological?: Uint8Array; spacing?: Vec3 } = {},
): RegionSample {
  const data = Uint16Array.from(levels);
  const intensity = Uint8Array.from(data, (level) => (level > 0 ? 1 : 0));
  return {
    size,
    spacing,
    unit: 'HU',
    image: Float64Array.from(data),
    morphological: morphological ?? intensity,
    intensity,
    atImageBorder: [true, true, true, true, true, true],
    discretised: {
      levels: data,
      bins: bins ?? data.reduce((a, b) => Math.max(a, b), 1),
      method: 'none',
      lower: 0.5,
      width: 1,
    },
    resegmentationRange: null,
  };
}

/** Rows of a slice, written as they look. */
export const slice = (...rows: string[]): RegionSample =>
  sampleOfLevels(
    [rows[0]!.split(' ').length, rows.length, 1],
    rows.flatMap((row) => row.split(' ').map(Number)),
  );

/** Random levels in a random mask; `smooth` repeats the level before, so that runs and zones grow. */
export function randomLevels(
  size: Size3,
  bins: number,
  seed: number,
  { share = 0.8, smooth = 0.4, spacing = [1, 1, 1] as Vec3, hidden = 0.1 } = {},
): RegionSample {
  const r = new Random(seed);
  const n = size[0] * size[1] * size[2];
  const morphological = new Uint8Array(n);
  const levels = new Uint16Array(n);
  let last = 1;
  for (let v = 0; v < n; v++) {
    if (r.uniform() >= share) continue;
    morphological[v] = 1;
    if (r.uniform() >= smooth) last = 1 + (r.uint32() % bins);
    else if (v >= size[0] && levels[v - size[0]]! > 0 && r.uniform() < 0.5) last = levels[v - size[0]]!;
    if (r.uniform() >= hidden) levels[v] = last;
  }
  return sampleOfLevels(size, levels, { bins, morphological, spacing });
}

/** Odd and even sizes, thin and thick, one to many levels, sparse and full masks. */
export const VARIETY: readonly RegionSample[] = [
  randomLevels([9, 7, 5], 6, 1),
  randomLevels([33, 18, 3], 4, 2, { smooth: 0.9 }),
  randomLevels([17, 16, 15], 64, 3),
  randomLevels([1, 13, 11], 3, 4),
  randomLevels([40, 1, 6], 3, 5),
  randomLevels([19, 21, 1], 8, 6, { smooth: 0.8 }),
  randomLevels([12, 12, 12], 1, 7, { share: 1, hidden: 0 }),
  randomLevels([31, 5, 9], 255, 8),
  randomLevels([14, 15, 16], 256, 9),
  randomLevels([11, 12, 13], 1000, 10, { smooth: 0.7 }),
  randomLevels([20, 20, 20], 2, 11, { share: 0.3 }),
  randomLevels([21, 22, 23], 3, 12, { share: 0.99, smooth: 0.97, spacing: [0.7, 0.7, 3] }),
  randomLevels([24, 17, 19], 65535, 13, { smooth: 0.6 }),
];

/** The same sample in a larger box, mirrored along axes, or with its axes exchanged. */
export function moved(
  { size, discretised, morphological, spacing }: RegionSample,
  { shift = [0, 0, 0] as Vec3, flip = [false, false, false], axes = [0, 1, 2] as readonly number[] } = {},
): RegionSample {
  const newSize = axes.map((a, k) => size[a]! + shift[k]! + 1) as [number, number, number];
  const levels = new Uint16Array(newSize[0] * newSize[1] * newSize[2]);
  const mask = new Uint8Array(levels.length);
  for (let z = 0; z < size[2]; z++) {
    for (let y = 0; y < size[1]; y++) {
      for (let x = 0; x < size[0]; x++) {
        const old = [x, y, z].map((c, axis) => (flip[axis] ? size[axis]! - 1 - c : c));
        const [i, j, k] = axes.map((a, n) => old[a]! + shift[n]!) as [number, number, number];
        const to = i + newSize[0] * (j + newSize[1] * k);
        const from = x + size[0] * (y + size[1] * z);
        levels[to] = discretised!.levels[from]!;
        mask[to] = morphological[from]!;
      }
    }
  }
  return sampleOfLevels(newSize, levels, {
    bins: discretised!.bins,
    morphological: mask,
    spacing: axes.map((a) => spacing[a]!) as unknown as Vec3,
  });
}

export interface Options {
  readonly texture?: Partial<TextureSettings>;
  readonly aggregations?: readonly Aggregation[];
  readonly kernels?: KernelModule | null;
}

export const computed = (
  family: Family,
  sample: RegionSample,
  { texture = {}, aggregations = family.aggregations, kernels = null }: Options = {},
): FeatureValue[] =>
  family.compute({
    sample,
    texture: { ...DEFAULT_SETTINGS.texture, ...texture },
    ivh: DEFAULT_SETTINGS.ivh,
    aggregations,
    kernels,
  });

/** Values by tag of one aggregation; a reason stands where there is no value. */
export const valuesOf = (
  family: Family,
  sample: RegionSample,
  aggregation: Aggregation,
  options: Options = {},
): Record<string, number | string> =>
  Object.fromEntries(
    computed(family, sample, { ...options, aggregations: [aggregation] }).map((v) => [
      v.tag,
      v.value ?? v.reason!,
    ]),
  );

/** Small random samples for properties. */
export const anySample: fc.Arbitrary<RegionSample> = fc
  .record({
    size: fc.tuple(
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 1, max: 5 }),
    ),
    bins: fc.integer({ min: 1, max: 9 }),
    seed: fc.integer(),
    share: fc.double({ min: 0.3, max: 1, noNaN: true }),
    smooth: fc.double({ min: 0, max: 0.9, noNaN: true }),
  })
  .map(({ size, bins, seed, share, smooth }) =>
    randomLevels(size as unknown as Size3, bins, seed, { share, smooth }),
  )
  .filter((s) => s.intensity.includes(1));

/** Are two tables equal, up to rounding? Reasons must be the same. */
export function differingTags(
  a: Record<string, number | string>,
  b: Record<string, number | string>,
  tolerance = 1e-9,
): string[] {
  return Object.keys(a).filter((tag) => {
    const [x, y] = [a[tag]!, b[tag]!];
    if (typeof x === 'string' || typeof y === 'string') return x !== y;
    return !(Math.abs(x - y) <= tolerance * Math.max(1, Math.abs(x)));
  });
}

/** Index of the first number in which two arrays differ, −1 when they are equal; far faster than `toEqual`. */
export function firstDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const n = Math.max(a.length, b.length);
  for (let k = 0; k < n; k++) if (a[k] !== b[k]) return k;
  return -1;
}
