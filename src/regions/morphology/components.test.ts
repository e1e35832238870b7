import { describe, expect, it } from 'vitest';
import { loadKernels } from '../../../tests/kernels.ts';
import { Random } from '../../core/random.ts';
import { countVoxels, packMask, unpackMask } from '../document/packed-mask.ts';
import { keepLargest, piecesOf } from './components.ts';

const kernels = await loadKernels();

describe('connected pieces', () => {
  it('are told apart by faces, edges and corners', () => {
    // A pair along x, a voxel over an edge of it, one over a corner of that.
    const size = [4, 3, 2] as const;
    const data = new Uint8Array(24);
    for (const [x, y, z] of [
      [0, 0, 0],
      [1, 0, 0],
      [2, 1, 0],
      [3, 2, 1],
    ])
      data[x + 4 * (y + 3 * z)] = 1;
    for (const k of [null, kernels]) {
      const sizes = (n: 6 | 18 | 26) => piecesOf(packMask(data, size), n, k).list.map((p) => p.voxels);
      expect(sizes(6)).toEqual([2, 1, 1]);
      expect(sizes(18)).toEqual([3, 1]);
      expect(sizes(26)).toEqual([4]);
    }
  });

  it('kernel and reference find the same, with the same boxes and masks', () => {
    const random = new Random(11);
    const size = [40, 17, 9] as const;
    for (const share of [0.1, 0.3, 0.5]) {
      const mask = packMask(
        Uint8Array.from({ length: 40 * 17 * 9 }, () => (random.uniform() < share ? 1 : 0)),
        size,
      );
      for (const n of [6, 18, 26] as const) {
        const [a, b] = [piecesOf(mask, n, kernels), piecesOf(mask, n, null)];
        expect(a.list).toEqual(b.list);
        const every = (_: unknown, i: number) => i % 3 === 1;
        expect(unpackMask(a.take(every))).toEqual(unpackMask(b.take(every)));
        expect(a.list.reduce((sum, p) => sum + p.voxels, 0)).toBe(countVoxels(mask));
      }
    }
  });

  it('the largest of equal ones is the first, and of nothing there is none', () => {
    const size = [5, 1, 1] as const;
    for (const k of [null, kernels]) {
      expect([...unpackMask(keepLargest(packMask(Uint8Array.of(1, 0, 1, 0, 0), size), 6, k))]).toEqual([
        1, 0, 0, 0, 0,
      ]);
      expect(countVoxels(keepLargest(packMask(new Uint8Array(5), size), 6, k))).toBe(0);
    }
  });
});
