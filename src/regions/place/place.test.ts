import { describe, expect, it } from 'vitest';
import { toPatient, voxelCount, type Affine, type Grid, type Size3, type Vec3 } from '../../core/geometry.ts';
import { RefusedInput } from '../../core/refusal.ts';
import type { RegionSource } from '../../core/region.ts';
import { placeRegion } from './place.ts';

const OBLIQUE: Affine = {
  origin: [-20.5, 33.25, 7.125],
  matrix: [
    [0.8, 0, 0],
    [0, 0.6, 0.4],
    [0.1, -1.5, 2],
  ],
};
const image: Grid = { size: [7, 6, 5], affine: OBLIQUE };
const target = { grid: image, frameOfReference: '1.2', uid: '9.9#2' };

function source(grid: Grid, data: Uint8Array, more: Partial<RegionSource> = {}): RegionSource {
  return {
    id: 'a',
    name: 'lesion',
    colour: [1, 2, 3],
    origin: 'labelmap',
    file: 'f',
    frameOfReference: '',
    shape: { kind: 'voxels', grid, data },
    findings: [],
    ...more,
  };
}

const spaced = (size: Size3, spacing: number, origin: Vec3 = [0, 0, 0]): Grid => ({
  size,
  affine: {
    origin,
    matrix: [
      [spacing, 0, 0],
      [0, spacing, 0],
      [0, 0, spacing],
    ],
  },
});

/** A pattern without symmetry, so that a wrong axis or direction shows. */
const pattern = (size: Size3): Uint8Array =>
  Uint8Array.from({ length: voxelCount(size) }, (_, i) => ((i * i * 7 + i) % 11 < 4 ? 1 : 0));

const ids = (findings: readonly { id: string; severity: string }[]) =>
  findings.map((f) => `${f.id} ${f.severity}`);

describe('voxels that are voxels of the image', () => {
  it('are taken over, not aliased', () => {
    const data = pattern(image.size);
    const placed = placeRegion(source(image, data), target, { resample: false });
    expect(placed).toMatchObject({ placement: 'same_grid', findings: [] });
    expect(placed.mask.data).toEqual(data);
    expect(placed.mask.data).not.toBe(data);
    expect(placed.mask).toMatchObject({ grid: image, name: 'lesion', colour: [1, 2, 3] });
  });

  it('are taken over in any order and direction of axes', () => {
    // Source axes run along −k, +i, −j of the image.
    const size: Size3 = [5, 7, 6];
    const [mi, mj, mk] = OBLIQUE.matrix;
    const minus = (v: Vec3): Vec3 => [-v[0], -v[1], -v[2]];
    const grid: Grid = {
      size,
      affine: { origin: toPatient(OBLIQUE, 0, 5, 4), matrix: [minus(mk), mi, minus(mj)] },
    };
    const data = pattern(size);
    const placed = placeRegion(source(grid, data), target, { resample: false });
    expect(placed.placement).toBe('same_grid');
    for (let c = 0, at = 0; c < 6; c++) {
      for (let b = 0; b < 7; b++) {
        for (let a = 0; a < 5; a++, at++) {
          expect(placed.mask.data[b + 7 * (5 - c + 6 * (4 - a))]).toBe(data[at]);
        }
      }
    }
  });

  it('may cover a part of the image, and what lies beyond it is said', () => {
    const part: Grid = { size: [2, 2, 2], affine: { ...OBLIQUE, origin: toPatient(OBLIQUE, 3, 1, 2) } };
    const placed = placeRegion(source(part, new Uint8Array(8).fill(1)), target, { resample: false });
    const set = [...placed.mask.data.entries()].filter(([, v]) => v).map(([i]) => i);
    expect(set).toEqual(
      [3, 4].flatMap((k) => [0, 7].flatMap((j) => [10, 11].map((i) => i + j + 42 * (k - 1)))),
    );
    const beyond: Grid = { ...part, affine: { ...OBLIQUE, origin: toPatient(OBLIQUE, 6, 1, 2) } };
    const cut = placeRegion(source(beyond, new Uint8Array(8).fill(1)), target, { resample: false });
    expect(ids(cut.findings)).toEqual(['V-01 fail']);
    expect(cut.findings[0].facts).toMatchObject({ percent: 50, region: 'lesion' });
  });

  it.each([
    ['a finer step', { ...OBLIQUE, matrix: [[0.79, 0, 0], OBLIQUE.matrix[1], OBLIQUE.matrix[2]] as const }],
    ['half a voxel beside', { ...OBLIQUE, origin: toPatient(OBLIQUE, 0.5, 0, 0) }],
    ['no volume', { ...OBLIQUE, matrix: [OBLIQUE.matrix[0], OBLIQUE.matrix[0], OBLIQUE.matrix[2]] as const }],
  ])('are not those of a grid with %s', (_, affine) => {
    const attempt = () =>
      placeRegion(source({ size: image.size, affine }, pattern(image.size)), target, { resample: false });
    expect(attempt).toThrow(RefusedInput);
    expect(attempt).toThrow(/region_grid_differs/);
  });
});

describe('voxels on another grid, when asked', () => {
  it('are interpolated linearly and inside from one half', () => {
    // Source centres at 0, 2, 4, 6 mm, set at 2 and 4: the value is at least one half from 1 to 5 mm.
    const data = new Uint8Array(64);
    for (const k of [1, 2]) for (const j of [1, 2]) for (const i of [1, 2]) data[i + 4 * (j + 4 * k)] = 1;
    const to = { grid: spaced([7, 7, 7], 1), frameOfReference: '' };
    const placed = placeRegion(source(spaced([4, 4, 4], 2), data), to, { resample: true });
    expect(placed.placement).toBe('resampled');
    expect(ids(placed.findings)).toEqual(['V-07 info']);
    const value = (x: number) => Math.max(0, Math.min(1, x < 3 ? x / 2 : (6 - x) / 2));
    placed.mask.data.forEach((v, p) => {
      const weight = value(p % 7) * value(Math.floor(p / 7) % 7) * value(Math.floor(p / 49));
      expect(v, String(p)).toBe(weight >= 0.5 ? 1 : 0);
    });
  });

  it('what lies beyond the image is said', () => {
    const placed = placeRegion(
      source(spaced([4, 1, 1], 2), Uint8Array.of(1, 1, 1, 1)),
      { grid: spaced([4, 1, 1], 1), frameOfReference: '' },
      { resample: true },
    );
    expect([...placed.mask.data]).toEqual([1, 1, 1, 1]);
    expect(ids(placed.findings)).toEqual(['V-07 info', 'V-01 fail']);
    expect(placed.findings[1].facts).toMatchObject({ percent: 50 });
  });

  it('a region that misses the image is empty, and costs nothing', () => {
    const placed = placeRegion(
      source(spaced([2, 2, 2], 3, [1000, 0, 0]), new Uint8Array(8).fill(1)),
      { grid: spaced([64, 64, 64], 1), frameOfReference: '' },
      { resample: true },
    );
    expect(ids(placed.findings)).toEqual(['V-07 info', 'V-01 fail', 'V-01 block']);
  });
});

describe('what placing has to say', () => {
  const single = new Uint8Array(210);
  single[17] = 1;

  it('V-01 of a region without a voxel, V-02 of one with a single voxel', () => {
    expect(
      ids(placeRegion(source(image, new Uint8Array(210)), target, { resample: false }).findings),
    ).toEqual(['V-01 block']);
    expect(ids(placeRegion(source(image, single), target, { resample: false }).findings)).toEqual([
      'V-02 fail',
    ]);
  });

  it('V-01 of another frame of reference, milder when the region names the series', () => {
    const said = (more: Partial<RegionSource>) =>
      ids(placeRegion(source(image, pattern(image.size), more), target, { resample: false }).findings);
    expect(said({ frameOfReference: '1.2' })).toEqual([]);
    expect(said({ frameOfReference: '' })).toEqual([]);
    expect(said({ frameOfReference: '1.3' })).toEqual(['V-01 block']);
    expect(said({ frameOfReference: '1.3', referencedSeries: '9.9' })).toEqual(['V-01 warn']);
  });

  it('keeps what the reader said', () => {
    const { findings } = placeRegion(source(image, single), target, { resample: false });
    const again = placeRegion(source(image, pattern(image.size), { findings }), target, { resample: false });
    expect(again.findings).toEqual(findings);
  });
});
