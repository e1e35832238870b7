import { describe, expect, it } from 'vitest';
import { loadKernels } from '../../../tests/kernels.ts';
import { countVoxels, unpackMask } from '../document/packed-mask.ts';
import { gridOf, maskWhere, randomMask } from '../regions.testing.ts';
import { bodyOf } from './body.ts';
import { withoutHoles } from './holes.ts';

const kernels = await loadKernels();

describe('filling holes', () => {
  const cubes = gridOf([12, 12, 12], [1, 1, 1]);
  const inBox = (p: readonly number[], low: number, high: number) => p.every((v) => v >= low && v <= high);

  it('fills a hollow box, and not one with a way out over a face', () => {
    const hollow = maskWhere(cubes, (p) => inBox(p, 2, 9) && !inBox(p, 4, 7));
    const pierced = maskWhere(
      cubes,
      (p) => inBox(p, 2, 9) && !inBox(p, 4, 7) && !(p[0] === 5 && p[1] === 5 && p[2] < 5),
    );
    for (const k of [null, kernels]) {
      expect(countVoxels(withoutHoles(hollow, null, k))).toBe(8 ** 3);
      expect(countVoxels(withoutHoles(pierced, null, k))).toBe(countVoxels(pierced));
      // Slice by slice the channel is enclosed too.
      expect(countVoxels(withoutHoles(pierced, 2, k))).toBe(8 ** 3);
      // In its own slice it opens the hollow there, of 4 × 4.
      expect(countVoxels(withoutHoles(pierced, 0, k))).toBe(8 ** 3 - 16 - 2);
    }
  });

  it('kernel and reference fill the same', () => {
    for (const normal of [null, 0, 1, 2] as const) {
      const mask = randomMask([15, 11, 9], 0.6, 4);
      expect(unpackMask(withoutHoles(mask, normal, kernels))).toEqual(
        unpackMask(withoutHoles(mask, normal, null)),
      );
    }
  });
});

describe('the body', () => {
  it('holds lungs and bowel and not the table', () => {
    const grid = gridOf([40, 40, 6], [1, 1, 1]);
    const data = new Float32Array(9600);
    for (let z = 0, i = 0; z < 6; z++) {
      for (let y = 0; y < 40; y++) {
        for (let x = 0; x < 40; x++, i++) {
          const inside = Math.hypot(x - 20, y - 18) <= 14;
          const lung = Math.hypot(x - 14, y - 18) <= 4;
          const table = y >= 36 && x > 5 && x < 35;
          data[i] = lung ? -850 : inside ? 40 : table ? 100 : -1000;
        }
      }
    }
    const image = { grid, data, unit: 'HU', modality: 'CT' };
    const body = bodyOf(image, [1, 5], kernels)!;
    const disc = maskWhere(grid, ([x, y, z]) => Math.hypot(x - 20, y - 18) <= 14 && z >= 1 && z < 5);
    expect(unpackMask(body)).toEqual(unpackMask(disc));
    expect(bodyOf({ ...image, unit: 'arbitrary', data: data.fill(3) }, [1, 5], kernels)).toBeNull();
  });
});
