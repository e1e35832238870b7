import { describe, expect, test } from 'vitest';
import type { Affine } from '../core/geometry.ts';
import { RefusedInput } from '../core/refusal.ts';
import type { Mask, Volume } from '../core/volume.ts';
import type { ChainSettings } from './chain-settings.ts';
import { prepareRegion } from './chain.ts';

const SETTINGS: ChainSettings = {
  approach: '3D',
  image: { round_on_load: false },
  interpolation: null,
  resegmentation: { range: null, outlier_sigma: null },
  discretisation: { method: 'FBN', bins: 4, width: 25 },
  texture: { distance: 1 },
  families: null,
};
const affineOf = (x: number, y: number, z: number): Affine => ({
  origin: [0, 0, 0],
  matrix: [
    [x, 0, 0],
    [0, y, 0],
    [0, 0, z],
  ],
});

/** A row of 40 voxels of 8 mm; the region is voxels 10 … 19. */
function row(values: (i: number) => number, inside = (i: number): boolean => i >= 10 && i < 20) {
  const grid = { size: [40, 1, 1] as const, affine: affineOf(8, 8, 8) };
  const volume: Volume = {
    grid,
    data: Float64Array.from({ length: 40 }, (_, i) => values(i)),
    unit: 'HU',
    modality: 'CT',
  };
  const mask: Mask = {
    grid,
    data: Uint8Array.from({ length: 40 }, (_, i) => (inside(i) ? 1 : 0)),
    name: 'lesion',
    colour: [255, 0, 0],
  };
  return { volume, mask };
}

const ids = (findings: readonly { id: string; severity: string }[]): string[] =>
  findings.map((f) => `${f.id} ${f.severity}`);

describe('image chain', () => {
  test('crops to the region with a margin and says where the image ends', () => {
    const { volume, mask } = row((i) => i);
    const { sample } = prepareRegion(volume, mask, SETTINGS, null);
    // margin ⌈7/8⌉ = 1 voxel
    expect(sample.size).toEqual([12, 1, 1]);
    expect([...sample.image]).toEqual([9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
    expect(sample.atImageBorder).toEqual([false, false, true, true, true, true]);
    expect([...sample.intensity]).toEqual([0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0]);
  });

  test('FBN: by hand', () => {
    const { volume, mask } = row((i) => i - 10);
    // values 0 … 9 in 4 bins: ⌊4x/9⌋ + 1, the maximum in the last
    const { levels, bins } = prepareRegion(volume, mask, SETTINGS, null).sample.discretised!;
    expect([...levels].slice(1, 11)).toEqual([1, 1, 1, 2, 2, 3, 3, 4, 4, 4]);
    expect(bins).toBe(4);
  });

  test('FBS starts at the lower bound of the range, else at the minimum', () => {
    const { volume, mask } = row((i) => i - 10);
    const fbs = { method: 'FBS', bins: 4, width: 2.5 } as const;
    const free = prepareRegion(volume, mask, { ...SETTINGS, discretisation: fbs }, null);
    expect([...free.sample.discretised!.levels].slice(1, 11)).toEqual([1, 1, 1, 2, 2, 3, 3, 3, 4, 4]);
    const range = { range: [-5, 8] as const, outlier_sigma: null };
    const bound = prepareRegion(
      volume,
      mask,
      { ...SETTINGS, discretisation: fbs, resegmentation: range },
      null,
    );
    expect([...bound.sample.discretised!.levels].slice(1, 11)).toEqual([3, 3, 3, 4, 4, 5, 5, 5, 6, 0]);
    expect(bound.sample.discretised!.bins).toBe(6);
    expect(ids(free.findings)).toContain('V-09 fail');
  });

  test('re-segmentation leaves the morphological mask alone; range and outliers intersect', () => {
    const { volume, mask } = row((i) => (i === 15 ? 100 : i === 12 ? -50 : 0));
    const settings = { ...SETTINGS, resegmentation: { range: [-20, null] as const, outlier_sigma: 2 } };
    const { sample } = prepareRegion(volume, mask, settings, null);
    // mean 5, deviation √1225 = 35: [−65, 75] drops the 100, the range drops the −50
    expect([...sample.intensity].slice(1, 11)).toEqual([1, 1, 0, 1, 1, 0, 1, 1, 1, 1]);
    expect(sample.morphological.reduce((a, b) => a + b)).toBe(10);
  });

  test('a mask on the edge of the threshold belongs to the region', () => {
    const { volume, mask } = row((i) => i);
    const interpolation = {
      spacing: [4, null, null],
      image: 'linear',
      mask: 'linear',
      mask_threshold: 0.25,
      round: true,
    } as const;
    const { sample, diagnostics } = prepareRegion(volume, mask, { ...SETTINGS, interpolation }, null);
    // new centres at old −0.25 + i/2: mask values 0.25 at old 9.25 and 19.75 reach 0.25
    expect(sample.morphological.reduce((a, b) => a + b)).toBe(22);
    expect(sample.image.every(Number.isInteger)).toBe(true);
    expect(diagnostics.find((d) => d.tag === 'img_dim_x_interp_img')?.value).toBe(80);
  });

  test('2D keeps the third axis and says so', () => {
    const { volume, mask } = row((i) => i);
    const interpolation = {
      spacing: [4, 4, 4],
      image: 'linear',
      mask: 'linear',
      mask_threshold: 0.5,
      round: false,
    } as const;
    const { sample, findings } = prepareRegion(
      volume,
      mask,
      { ...SETTINGS, approach: '2D', interpolation },
      null,
    );
    expect(sample.spacing).toEqual([4, 4, 8]);
    expect(ids(findings)).toContain('V-11 info');
  });

  test('voxels without value leave the intensity mask with a finding', () => {
    const { volume, mask } = row((i) => (i === 14 ? NaN : i));
    const { sample, findings } = prepareRegion(volume, mask, SETTINGS, null);
    expect(sample.intensity.reduce((a, b) => a + b)).toBe(9);
    expect(sample.morphological.reduce((a, b) => a + b)).toBe(10);
    expect(findings.find((f) => f.id === 'V-01')).toMatchObject({ severity: 'warn', facts: { count: 1 } });
  });

  test.each([
    ['empty', () => false, (i: number) => i, 'V-01 block'],
    ['one voxel', (i: number) => i === 12, (i: number) => i, 'V-02 block'],
    ['flat', (i: number) => i > 12 && i < 30, () => 3, 'V-09 fail'],
  ] as const)('%s region: a finding, no error', (_, inside, values, expected) => {
    const { volume, mask } = row(values, inside);
    const { findings, diagnostics } = prepareRegion(volume, mask, SETTINGS, null, { wholeImage: true });
    expect(ids(findings)).toContain(expected);
    expect(diagnostics).toHaveLength(60);
    expect(diagnostics.every((d) => d.value === null || Number.isFinite(d.value))).toBe(true);
  });

  test('a region smaller than half a new voxel vanishes with a finding', () => {
    const { volume, mask } = row(
      (i) => i,
      (i) => i === 13,
    );
    const interpolation = {
      spacing: [40, null, null],
      image: 'linear',
      mask: 'linear',
      mask_threshold: 0.9,
      round: false,
    } as const;
    expect(ids(prepareRegion(volume, mask, { ...SETTINGS, interpolation }, null).findings)).toContain(
      'V-01 block',
    );
  });

  test('refuses what has no meaning', () => {
    const { volume, mask } = row((i) => i);
    const kind = (work: () => unknown): string => {
      try {
        work();
      } catch (e) {
        if (e instanceof RefusedInput) return e.kind;
      }
      return 'none';
    };
    const other = { ...mask, grid: { size: [40, 1, 1] as const, affine: affineOf(7, 8, 8) } };
    expect(kind(() => prepareRegion(volume, other, SETTINGS, null))).toBe('region_grid_differs');
    for (const bad of [0, NaN]) {
      const grid = { size: [40, 1, 1] as const, affine: affineOf(bad, 8, 8) };
      const broken = () => prepareRegion({ ...volume, grid }, { ...mask, grid }, SETTINGS, null);
      expect(kind(broken)).toBe('inconsistent_attributes');
    }
    const tiny = {
      spacing: [1e-7, 1e-3, 1e-3],
      image: 'linear',
      mask: 'linear',
      mask_threshold: 0.5,
      round: false,
    } as const;
    expect(kind(() => prepareRegion(volume, mask, { ...SETTINGS, interpolation: tiny }, null))).toBe(
      'settings_invalid',
    );
    const flipped = { range: [4, 1] as const, outlier_sigma: null };
    expect(kind(() => prepareRegion(volume, mask, { ...SETTINGS, resegmentation: flipped }, null))).toBe(
      'settings_invalid',
    );
  });
});
