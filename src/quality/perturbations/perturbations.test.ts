import { beforeAll, describe, expect, it } from 'vitest';
import { spacingOf, type Affine, type Size3 } from '../../core/geometry.ts';
import type { KernelModule } from '../../core/kernel-module.ts';
import { Random } from '../../core/random.ts';
import type { Mask, Volume } from '../../core/volume.ts';
import { extractFeatures } from '../../radiomics/extract.ts';
import { DEFAULT_SETTINGS } from '../../radiomics/settings.ts';
import { loadKernels } from '../../../tests/kernels.ts';
import { withContour, withVolume } from './boundary.ts';
import { perturbedFeatures } from './features.ts';
import { estimateNoise, withNoise } from './noise.ts';
import { cutAround, perturbed } from './perturb.ts';
import { DEFAULT_RANGES, drawPerturbations, type Perturbation } from './perturbation.ts';
import { placed, type Motion } from './placed.ts';
import { planGrid } from '../../imaging/resample/plan.ts';

const SIZE: Size3 = [40, 36, 20];
const AFFINE: Affine = {
  origin: [-10, 4, 7],
  matrix: [
    [1.2, 0, 0],
    [0, 0.9, 0],
    [0, 0, 2],
  ],
};
const NOTHING: Perturbation = {
  run: 1,
  seed: 5,
  noise: 0,
  rotation: 0,
  translation: [0, 0, 0],
  volume: 0,
  contour: 0,
  spacing: null,
  filter: 0,
};
const NO_RANGES = { ...DEFAULT_RANGES, noise: 0, rotation: 0, translation: 0, volume: 0, contour: 0 };

const index = (x: number, y: number, z: number) => x + SIZE[0] * (y + SIZE[1] * z);

/** An ellipsoid in a textured image. */
function made(): { volume: Volume; mask: Mask } {
  const data = new Float64Array(SIZE[0] * SIZE[1] * SIZE[2]);
  const inside = new Uint8Array(data.length);
  const random = new Random(3);
  for (let z = 0; z < SIZE[2]; z++) {
    for (let y = 0; y < SIZE[1]; y++) {
      for (let x = 0; x < SIZE[0]; x++) {
        const r = Math.hypot((x - 19) * 1.2, (y - 17) * 0.9, (z - 10) * 2);
        data[index(x, y, z)] = 100 + 40 * Math.sin(x / 3) * Math.cos(y / 4) + 5 * random.normal();
        inside[index(x, y, z)] = Number(r < 9);
      }
    }
  }
  const grid = { size: SIZE, affine: AFFINE };
  return {
    volume: { grid, data, unit: 'HU', modality: 'CT' },
    mask: { grid, data: inside, name: 'ball', colour: [255, 0, 0] },
  };
}

/** Moved on the same grid, by linear interpolation. */
function moved(
  image: Float32Array | Float64Array,
  mask: Uint8Array,
  size: Size3,
  spacing: readonly [number, number, number],
  middle: readonly [number, number, number],
  motion: Motion,
) {
  const plan = planGrid(size, spacing, [null, null, null]);
  const lattice = { plan, from: [0, 0, 0], to: size, box: [0, 0, 0] } as const;
  const methods = { image: 'linear', mask: 'linear', mask_threshold: 0.5 } as const;
  return placed(image, mask, size, lattice, middle, spacing[1] / spacing[0], motion, methods);
}

const countOf = (mask: Uint8Array) => mask.reduce((s, v) => s + v, 0);

describe('perturbations', () => {
  let kernels: KernelModule;
  beforeAll(async () => {
    kernels = await loadKernels();
  });

  it('give back what came in when all ranges are zero, on a box with the features of the whole', () => {
    const { volume, mask } = made();
    const cut = cutAround(volume, mask, NO_RANGES, DEFAULT_SETTINGS);
    expect(cut.mask.data.length).toBeLessThan(mask.data.length);
    expect(perturbed(cut, DEFAULT_SETTINGS, NOTHING, kernels)).toEqual({
      volume: cut.volume,
      mask: cut.mask,
      settings: DEFAULT_SETTINGS,
    });
    const whole = extractFeatures(volume, mask, DEFAULT_SETTINGS, { kernels }).rows;
    const [row] = perturbedFeatures(cut, DEFAULT_SETTINGS, [NOTHING], kernels);
    expect(row!.voxels).toBe(countOf(mask.data));
    for (const { column, value } of whole) {
      if (value === null) expect(row!.values[column], column).toBeNull();
      else expect(row!.values[column], column).toBeCloseTo(value, 6);
    }
  });

  it('estimate noise that was added, and add what was asked', () => {
    const flat = new Float64Array(64 * 64 * 20).fill(50);
    expect(estimateNoise(flat, [64, 64, 20])).toBe(0);
    const noisy = withNoise(flat, 7, new Random(11));
    const variance = noisy.reduce((s, v) => s + (v - 50) ** 2, 0) / noisy.length;
    expect(Math.sqrt(variance)).toBeCloseTo(7, 1);
    expect(estimateNoise(noisy, [64, 64, 20])).toBeGreaterThan(6.7);
    expect(estimateNoise(noisy, [64, 64, 20])).toBeLessThan(7.3);
    // A plane and edges along the axes are no noise.
    const plane = Float64Array.from(flat, (_, i) => (i % 64) * 3 + (Math.floor(i / 64) % 64) * 2);
    expect(estimateNoise(plane, [64, 64, 20])).toBe(0);
  });

  it('shift by whole voxels without changing any value', () => {
    const { volume, mask } = made();
    const got = moved(volume.data, mask.data, SIZE, [1.2, 0.9, 2], [19, 17, 10], {
      rotation: 0,
      translation: [2, -1, 1],
    });
    for (const [x, y, z] of [
      [19, 17, 10],
      [12, 20, 8],
      [25, 11, 12],
    ] as const) {
      expect(got.image[index(x, y, z)]).toBe(volume.data[index(x + 2, y - 1, z + 1)]);
      expect(got.mask[index(x, y, z)]).toBe(mask.data[index(x + 2, y - 1, z + 1)]);
    }
    expect(countOf(got.mask)).toBe(countOf(mask.data));
  });

  it('turn in millimetres: a quarter turn on unequal voxels maps axis on axis', () => {
    // 1.2 × 0.9: three voxels along x lie four voxels along y.
    const image = new Float64Array(SIZE[0] * SIZE[1] * SIZE[2]);
    image[index(19 + 3, 17, 10)] = 1;
    const mask = new Uint8Array(image.length);
    const got = moved(image, mask, SIZE, [1.2, 0.9, 2], [19, 17, 10], {
      rotation: 90,
      translation: [0, 0, 0],
    });
    const at = got.image.indexOf(Math.max(...got.image));
    expect([at % SIZE[0], Math.floor(at / SIZE[0]) % SIZE[1]]).toEqual([19, 17 - 4]);
    expect(got.image[at]).toBeCloseTo(1, 9);
  });

  it('keep a linear image linear at half voxels, and leave gaps out', () => {
    const ramp = Float64Array.from({ length: 4 * 3 * 2 }, (_, i) => i % 4);
    ramp[5] = NaN;
    const got = moved(ramp, new Uint8Array(24), [4, 3, 2], [1, 1, 1], [1, 1, 0], {
      rotation: 0,
      translation: [0.5, 0, 0],
    });
    expect([...got.image.subarray(0, 4)]).toEqual([0.5, 1.5, 2.5, 3]);
    expect(got.image[4]).toBe(0); // its other neighbour has no value
  });

  it.each([0.2, -0.35, -1])('change the volume by %f to the voxel', (fraction) => {
    const { mask } = made();
    const boxed = { mask: mask.data, size: SIZE, spacing: [1.2, 0.9, 2] as const, affine: AFFINE };
    const out = withVolume(boxed, fraction, new Random(2), kernels);
    const n = countOf(mask.data);
    expect(countOf(out)).toBe(Math.max(1, Math.round(n * (1 + fraction))));
    const kept = out.filter((v, i) => v === 1 && mask.data[i] === 1).length;
    expect(kept).toBe(Math.min(n, countOf(out)));
    // The plain distances give the same region.
    expect(withVolume(boxed, fraction, new Random(2), null)).toEqual(out);
  });

  it('move a contour by about the standard deviation that was asked, without bias', () => {
    const n: Size3 = [48, 48, 48];
    const affine: Affine = {
      origin: [0, 0, 0],
      matrix: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    };
    const mask = new Uint8Array(48 ** 3);
    for (let i = 0; i < mask.length; i++) {
      const [x, y, z] = [i % 48, Math.floor(i / 48) % 48, Math.floor(i / 2304)];
      mask[i] = Number(Math.hypot(x - 23.5, y - 23.5, z - 23.5) < 14);
    }
    const boxed = { mask, size: n, spacing: [1, 1, 1] as const, affine };
    expect(withContour(boxed, 0, new Random(1), kernels)).toEqual(mask);
    // Along 200 rays of several draws: the radius at which the region ends.
    const radii: number[] = [];
    const random = new Random(8);
    for (let draw = 0; draw < 6; draw++) {
      const out = withContour(boxed, 1.5, new Random(100 + draw), kernels);
      for (let ray = 0; ray < 200; ray++) {
        const d = [random.normal(), random.normal(), random.normal()];
        const l = Math.hypot(d[0]!, d[1]!, d[2]!);
        let r = 0;
        const inside = (at: number) => {
          const [x, y, z] = d.map((c) => Math.round(23.5 + (c / l) * at));
          return out[x! + 48 * (y! + 48 * z!)] === 1;
        };
        while (r < 23 && inside(r)) r += 0.1;
        radii.push(r);
      }
    }
    const mean = radii.reduce((s, v) => s + v, 0) / radii.length;
    const deviation = Math.sqrt(radii.reduce((s, v) => s + (v - mean) ** 2, 0) / radii.length);
    expect(Math.abs(mean - 14)).toBeLessThan(0.5);
    expect(deviation).toBeGreaterThan(1.1);
    expect(deviation).toBeLessThan(1.9);
  });

  it('come out of the seed alone: same draws, whatever the number of runs or the kinds left out', () => {
    const ten = drawPerturbations(DEFAULT_RANGES, 10, 42);
    expect(drawPerturbations(DEFAULT_RANGES, 20, 42).slice(0, 10)).toEqual(ten);
    expect(drawPerturbations(DEFAULT_RANGES, 10, 43)).not.toEqual(ten);
    const still = drawPerturbations({ ...DEFAULT_RANGES, rotation: 0 }, 10, 42);
    expect(still.map((p) => p.translation)).toEqual(ten.map((p) => p.translation));
    expect(new Set(ten.map((p) => p.seed)).size).toBe(10);
    for (const p of ten) {
      expect(Math.abs(p.rotation)).toBeLessThanOrEqual(DEFAULT_RANGES.rotation);
      expect(Math.abs(p.volume)).toBeLessThanOrEqual(DEFAULT_RANGES.volume);
    }
    const { volume, mask } = made();
    const cut = cutAround(volume, mask, DEFAULT_RANGES, DEFAULT_SETTINGS);
    const run = () => perturbed(cut, DEFAULT_SETTINGS, ten[3]!, kernels);
    expect(run()).toEqual(run());
  });

  it('leave a constant image constant under the post-filter, and set the voxel size in the settings', () => {
    const { volume, mask } = made();
    const flat = { ...volume, data: new Float64Array(volume.data.length).fill(12) };
    const got = perturbed(
      { volume: flat, mask, whole: { size: SIZE, from: [0, 0, 0] } },
      DEFAULT_SETTINGS,
      { ...NOTHING, filter: 5, spacing: 3 },
      kernels,
    );
    for (const v of got.volume.data) expect(Math.abs(v - 12)).toBeLessThan(1e-5);
    expect(got.settings.interpolation).toBeNull();
    for (const edge of spacingOf(got.volume.grid.affine)) expect(edge).toBeCloseTo(3, 9);
  });

  it.each([
    ['linear', '3D', [1.5, 1.5, 1.5]],
    ['cubic', '3D', [1.5, 1.5, 1.5]],
    ['nearest', '3D', [0.7, 0.8, 2.9]],
    ['linear', '2D', [1, 1, 1]],
  ] as const)(
    'that change nothing give the features of the whole image interpolated by the chain: %s, %s, %o mm',
    (image, approach, spacing) => {
      const { volume, mask } = made();
      const settings = {
        ...DEFAULT_SETTINGS,
        approach,
        interpolation: { spacing, image, mask: 'linear' as const, mask_threshold: 0.5, round: true },
      };
      const cut = cutAround(volume, mask, NO_RANGES, settings);
      const whole = extractFeatures(volume, mask, settings, { kernels }).rows;
      const [row] = perturbedFeatures(cut, settings, [NOTHING], kernels);
      let compared = 0;
      for (const { column, value } of whole) {
        if (value === null) continue;
        const off = Math.abs(row!.values[column]! - value);
        expect(off, column).toBeLessThan(1e-6 * Math.max(1, Math.abs(value)));
        compared++;
      }
      expect(compared).toBeGreaterThan(100);
    },
  );

  it('interpolate once: a shift by half a voxel onto half the voxel size reads voxels as they are', () => {
    // Old voxels at 0, 1, 2 …; new ones of ½ lie at −0.25 + i/2. Shifted by a quarter, every other one lies on a voxel.
    const size: Size3 = [16, 16, 16];
    const random = new Random(6);
    const data = Float64Array.from({ length: 4096 }, () => random.normal());
    const inside = new Uint8Array(4096);
    for (let i = 0; i < 4096; i++) {
      inside[i] = Number([i % 16, (i >> 4) % 16, i >> 8].every((v) => v > 4 && v < 11));
    }
    const grid = {
      size,
      affine: {
        origin: [0, 0, 0],
        matrix: [
          [1, 0, 0],
          [0, 1, 0],
          [0, 0, 1],
        ],
      },
    } as const;
    const cut = {
      volume: { grid, data, unit: 'HU', modality: 'CT' },
      mask: { grid, data: inside, name: 'cube', colour: [1, 1, 1] as const },
      whole: { size, from: [0, 0, 0] as const },
    };
    const settings = {
      ...DEFAULT_SETTINGS,
      interpolation: {
        spacing: [0.5, 0.5, 0.5] as const,
        image: 'linear' as const,
        mask: 'linear' as const,
        mask_threshold: 0.5,
        round: false,
      },
    };
    const got = perturbed(cut, settings, { ...NOTHING, translation: [0.25, 0.25, 0.25] }, kernels);
    const [n] = got.volume.grid.size;
    // Twice interpolated, the first shift alone would have left a variance of (¾² + ¼²)³ = 0.24.
    for (const [x, y, z] of [
      [3, 5, 7],
      [10, 2, 8],
      [12, 12, 4],
    ] as const) {
      const value = got.volume.data[2 * x + n * (2 * y + n * 2 * z)]!;
      expect(value).toBeCloseTo(data[x + 16 * (y + 16 * z)]!, 12);
    }
  });

  it.each([
    [{ ...DEFAULT_RANGES, rotation: 200 }, 10, 'perturbation.rotation'],
    [{ ...DEFAULT_RANGES, noise: NaN }, 10, 'perturbation.noise'],
    [DEFAULT_RANGES, 1, 'perturbation.runs'],
    [{ ...DEFAULT_RANGES, spacings: [0] }, 10, 'perturbation.spacings'],
    [NO_RANGES, 10, 'perturbation.kinds'],
  ])('refuse %o with %i runs', (ranges, runs, key) => {
    expect(() => drawPerturbations(ranges, runs, 1)).toThrow(key);
  });
});
