import { describe, expect, it } from 'vitest';
import { loadKernels } from '../../tests/kernels.ts';
import { Random } from '../core/random.ts';
import { countVoxels, unpackMask } from './document/packed-mask.ts';
import { gridOf } from './regions.testing.ts';
import { withinRange } from './within-range.ts';

const kernels = await loadKernels();

describe('voxels within a range', () => {
  it('kernel and reference take the same, on rows of any length', () => {
    const random = new Random(3);
    for (const nx of [1, 31, 32, 33, 64, 70]) {
      const data = Float32Array.from({ length: nx * 5 * 3 }, () =>
        random.uniform() < 0.1 ? NaN : Math.round(20 * random.normal()),
      );
      const image = { grid: gridOf([nx, 5, 3], [1, 1, 1]), data, unit: 'HU', modality: 'CT' };
      for (const [low, high] of [
        [-10, 10],
        [-Infinity, 0],
        [0, Infinity],
        [-Infinity, Infinity],
        [5, 4],
      ]) {
        expect(unpackMask(withinRange(image, low, high, kernels))).toEqual(
          unpackMask(withinRange(image, low, high, null)),
        );
      }
    }
  });

  it('limits are those that were given, though the image is float32', () => {
    const value = Math.fround(0.1); // 0.100000001490116…
    const image = {
      grid: gridOf([1, 1, 1], [1, 1, 1]),
      data: Float32Array.of(value),
      unit: 'arbitrary',
      modality: 'MR',
    };
    for (const k of [null, kernels]) {
      expect(countVoxels(withinRange(image, 0, 0.1, k))).toBe(0);
      expect(countVoxels(withinRange(image, 0.1, 1, k))).toBe(1);
      expect(countVoxels(withinRange(image, value, value, k))).toBe(1);
      expect(countVoxels(withinRange({ ...image, data: Float32Array.of(-value) }, -0.1, 0, k))).toBe(0);
    }
  });
});
