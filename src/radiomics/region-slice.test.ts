import { describe, expect, it } from 'vitest';
import type { Mask, Volume } from '../core/volume.ts';
import { prepareRegion } from '../imaging/chain.ts';
import { discretisedSlice, regionSlice, teachingSlice } from './region-slice.ts';
import { DEFAULT_SETTINGS, type ExtractionSettings } from './settings.ts';

const size = [9, 8, 5] as const;
const grid = {
  size,
  affine: {
    origin: [0, 0, 0],
    matrix: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 3],
    ],
  },
} as const;
const at = (x: number, y: number, z: number) => x + 9 * (y + 8 * z);
const volume: Volume = {
  grid,
  data: Float32Array.from({ length: 360 }, (_, v) => (v * 37) % 101),
  unit: 'HU',
  modality: 'CT',
};
const mask: Mask = { grid, data: new Uint8Array(360), name: 'r', colour: [255, 0, 0] };
for (let z = 1; z < 4; z++) {
  for (let y = 2; y < 7; y++) for (let x = 3; x < 8 - z; x++) mask.data[at(x, y, z)] = 1;
}

describe('one slice of a region', () => {
  it.each([
    ['as stored', {}],
    [
      'resampled',
      {
        interpolation: {
          spacing: [0.5, 0.5, 2],
          image: 'linear',
          mask: 'linear',
          mask_threshold: 0.5,
          round: false,
        },
      },
    ],
    ['re-segmented', { resegmentation: { range: [20, 80], outlier_sigma: null } }],
  ] as [string, Partial<ExtractionSettings>][])('%s: has the levels of the whole region', (_, part) => {
    const settings: ExtractionSettings = { ...DEFAULT_SETTINGS, ...part, approach: '2D' };
    const whole = prepareRegion(volume, mask, { ...settings, families: ['glcm'] }, null);
    const [nx, ny] = whole.sample.size;
    for (const k of [1, 2, 3]) {
      const slice = discretisedSlice(regionSlice(volume, mask, settings, k, null), settings.discretisation)!;
      const z = k - whole.from[2];
      expect(slice.size).toEqual([nx, ny, 1]);
      expect([...slice.discretised!.levels]).toEqual([
        ...whole.sample.discretised!.levels.subarray(z * nx * ny, (z + 1) * nx * ny),
      ]);
      expect(slice.discretised!.bins).toBe(whole.sample.discretised!.bins);
    }
  });

  it('has the drawn voxels and the intensities of all slices', () => {
    const region = regionSlice(volume, mask, DEFAULT_SETTINGS, 3, null);
    expect(region.sample!.intensity.reduce((a, b) => a + b)).toBe(10);
    expect(region.values).toHaveLength(20 + 15 + 10);
    expect(region.extremes).toEqual([Math.min(...region.values), Math.max(...region.values)]);
  });

  it('has the intensities that the 3D approach measures, also when it resamples across slices', () => {
    const settings: ExtractionSettings = {
      ...DEFAULT_SETTINGS,
      interpolation: {
        spacing: [1, 1, 1],
        image: 'linear',
        mask: 'linear',
        mask_threshold: 0.5,
        round: false,
      },
    };
    const { sample } = prepareRegion(volume, mask, settings, null);
    const measured = [...sample.image].filter((_, v) => sample.intensity[v] === 1);
    expect([...regionSlice(volume, mask, settings, 2, null).values]).toEqual(measured);
  });

  it('is absent where the region has no voxel', () => {
    for (const k of [-1, 0, 4, 9]) {
      const region = regionSlice(volume, mask, DEFAULT_SETTINGS, k, null);
      expect(region.sample).toBeNull();
      expect(discretisedSlice(region, DEFAULT_SETTINGS.discretisation)).toBeNull();
      expect(region.values).toHaveLength(45);
    }
  });

  it('has no levels where the settings give none', () => {
    const half: Volume = { ...volume, data: volume.data.map((v) => v + 0.5) };
    const region = regionSlice(half, mask, DEFAULT_SETTINGS, 2, null);
    expect(discretisedSlice(region, { ...DEFAULT_SETTINGS.discretisation, method: 'none' })).toBeNull();
  });

  it('the teaching image has 34 voxels in four patches of level', () => {
    const levels = discretisedSlice(teachingSlice(), { method: 'FBN', bins: 4, width: 25 })!.discretised!;
    expect([...levels.levels.subarray(0, 6)]).toEqual([1, 1, 1, 3, 3, 3]);
    expect(levels.levels.filter((l) => l > 0)).toHaveLength(34);
    expect(new Set(levels.levels)).toEqual(new Set([0, 1, 2, 3, 4]));
    // The two that stand alone, two and three steps from the border.
    expect([levels.levels[3 + 6 * 4], levels.levels[2 + 6 * 2]]).toEqual([3, 4]);
  });
});
