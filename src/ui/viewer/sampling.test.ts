import { describe, expect, it } from 'vitest';
import type { Size3 } from '../../core/geometry.ts';
import type { Volume } from '../../core/volume.ts';
import { neighbourhoodOf, profileBetween, sampleAt } from './sampling.ts';

const size: Size3 = [4, 3, 2];
/** x + 10y + 100z: trilinear interpolation is exact on it. */
const ramp = Float32Array.from({ length: 24 }, (_, i) => {
  const [x, y, z] = [i % 4, Math.floor(i / 4) % 3, Math.floor(i / 12)];
  return x + 10 * y + 100 * z;
});
const volume = (data: Float32Array): Volume => ({
  grid: {
    size,
    affine: {
      origin: [0, 0, 0],
      matrix: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    },
  },
  data,
  unit: 'HU',
  modality: 'CT',
});

describe('an intensity between voxels', () => {
  it('is exact on a linear ramp, and at voxel centres', () => {
    expect(sampleAt(ramp, size, 1.25, 0.5, 0.75)).toBeCloseTo(1.25 + 5 + 75, 12);
    expect(sampleAt(ramp, size, 3, 2, 1)).toBe(123);
  });
  it('holds the border for half a voxel and ends there', () => {
    expect(sampleAt(ramp, size, -0.5, 0, 0)).toBe(0);
    expect(sampleAt(ramp, size, 3.5, 2.5, 1.5)).toBe(123);
    expect(sampleAt(ramp, size, 3.51, 0, 0)).toBeNaN();
    expect(sampleAt(ramp, size, NaN, 0, 0)).toBeNaN();
  });
  it('is NaN only where a voxel without value has a share', () => {
    const holed = ramp.slice();
    holed[1] = NaN;
    expect(sampleAt(holed, size, 0.5, 0, 0)).toBeNaN();
    expect(sampleAt(holed, size, 0, 0, 0)).toBe(0);
    expect(sampleAt(holed, size, 2, 0.5, 0.5)).toBe(2 + 5 + 50);
  });
  it('works on a grid of one slice', () => {
    expect(sampleAt(ramp.subarray(0, 12), [4, 3, 1], 1.5, 1, 0.3)).toBeCloseTo(11.5, 12);
  });
});

describe('a profile', () => {
  it('runs from end to end at half voxels', () => {
    const { along, values } = profileBetween(volume(ramp), [0, 0, 0], [3, 0, 0], 6);
    expect([...along]).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect([...values]).toEqual([0, 0.5, 1, 1.5, 2, 2.5, 3]);
  });
  it('of no length has its one value twice', () => {
    expect([...profileBetween(volume(ramp), [1, 1, 1], [1, 1, 1], 0).values]).toEqual([111, 111]);
  });
});

describe('the neighbourhood of a voxel', () => {
  it('is cut at the border and leaves padding out', () => {
    // x 0-1, y 0-1, z 0-1: 0 1 10 11 100 101 110 111; mean 55.5.
    expect(neighbourhoodOf(volume(ramp), [0, 0, 0], 3)).toMatchObject({ count: 8, mean: 55.5 });
    const holed = ramp.slice();
    holed[0] = NaN;
    const got = neighbourhoodOf(volume(holed), [0, 0, 0], 3);
    expect(got.count).toBe(7);
    expect(got.mean).toBeCloseTo(444 / 7, 12);
  });
  it('has the standard deviation of a sample', () => {
    // 2, 4, 4, 4, 5, 5, 7, 9: sum of squares about the mean 5 is 32, over 7.
    const line = { ...volume(Float32Array.of(2, 4, 4, 4, 5, 5, 7, 9)) };
    const eight = { ...line, grid: { ...line.grid, size: [2, 2, 2] as const } };
    const got = neighbourhoodOf(eight, [0, 0, 0], 3);
    expect(got.mean).toBe(5);
    expect(got.deviation).toBeCloseTo(Math.sqrt(32 / 7), 12);
    expect(neighbourhoodOf(eight, [0, 0, 0], 1)).toEqual({ count: 1, mean: 2, deviation: NaN });
  });
});
