import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadKernels } from '../../../tests/kernels.ts';
import type { Size3 } from '../../core/geometry.ts';
import { Random } from '../../core/random.ts';
import { boxOf } from '../box.ts';
import { countVoxels, EMPTY_SLICE, packMask, unpackMask } from '../document/packed-mask.ts';
import { componentsReference } from './components-reference.ts';
import { keepLargest, piecesOf } from './components.ts';

const kernels = await loadKernels();

const noise = (size: Size3, share: number, seed: number): Uint8Array => {
  const random = new Random(seed);
  return Uint8Array.from({ length: size[0] * size[1] * size[2] }, () => (random.uniform() < share ? 1 : 0));
};

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
      const sizes = (n: 6 | 18 | 26) => [...piecesOf(packMask(data, size), n, k).voxels];
      expect(sizes(6)).toEqual([2, 1, 1]);
      expect(sizes(18)).toEqual([3, 1]);
      expect(sizes(26)).toEqual([4]);
    }
  });

  it('are those that growing finds, with their boxes and masks', () => {
    const drawn = fc.record({
      // Rows of more than two words of 32 among them.
      size: fc.tuple(
        fc.integer({ min: 1, max: 80 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 6 }),
      ),
      share: fc.constantFrom(0.02, 0.1, 0.3, 0.5, 0.9, 1),
      seed: fc.nat(),
      neighbours: fc.constantFrom(6 as const, 18 as const, 26 as const),
      every: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(drawn, ({ size, share, seed, neighbours, every }) => {
        const data = noise(size, share, seed);
        const expected = componentsReference(data, size, neighbours);
        const out = new Uint8Array(data.length);
        expected.forEach((p, n) => n % every === 0 && p.data.forEach((v, i) => (out[i] |= v)));
        for (const k of [null, kernels]) {
          const pieces = piecesOf(packMask(data, size), neighbours, k);
          expect(pieces.list(Infinity)).toEqual(
            expected.map((p) => ({ voxels: p.voxels, box: boxOf(p.data, size) })),
          );
          expect(pieces.take((n) => n % every === 0)).toEqual(packMask(out, size));
        }
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  it('a mask of which all stays is not copied, and an emptied slice holds nothing', () => {
    const size = [40, 3, 3] as const;
    const data = new Uint8Array(360);
    for (const i of [3, 39, 120, 250]) data[i] = 1;
    const mask = packMask(data, size);
    const pieces = piecesOf(mask, 6, kernels);
    expect(pieces.take(() => true).slices.every((s, z) => s === mask.slices[z])).toBe(true);
    const [first, second, third] = pieces.take((n) => n === 0).slices;
    expect([first.bits.length, second, third]).toEqual([1, EMPTY_SLICE, EMPTY_SLICE]);
  });

  it('the largest of equal ones is the first, and of nothing there is none', () => {
    const size = [5, 1, 1] as const;
    expect([...unpackMask(keepLargest(packMask(Uint8Array.of(1, 0, 1, 0, 0), size), 6, kernels))]).toEqual([
      1, 0, 0, 0, 0,
    ]);
    const none = piecesOf(packMask(new Uint8Array(5), size), 6, kernels);
    expect([none.largest, none.voxels.length, none.list(9)]).toEqual([-1, 0, []]);
    expect(countVoxels(none.take(() => true))).toBe(0);
  });

  it('of very many the largest are told, the earliest of equal ones', () => {
    // Every other voxel of a row on its own: more pieces than a call can have arguments; two of them are pairs.
    const size = [600_001, 1, 1] as const;
    const data = Uint8Array.from({ length: 600_001 }, (_, i) =>
      i % 2 === 0 || i === 501 || i === 9 ? 1 : 0,
    );
    const pieces = piecesOf(packMask(data, size), 26, kernels);
    expect(pieces.voxels.length).toBe(299_999);
    expect(pieces.list(4).map((p) => [p.voxels, p.box.low[0]])).toEqual([
      [1, 0],
      [1, 2],
      [3, 8],
      [3, 500],
    ]);
    expect(countVoxels(keepLargest(packMask(data, size), 26, kernels))).toBe(3);
  });
});
