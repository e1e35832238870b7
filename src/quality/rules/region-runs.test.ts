import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Size3 } from '../../core/geometry.ts';
import type { Mask } from '../../core/volume.ts';
import { componentsReference } from '../../regions/morphology/components-reference.ts';
import { piecesOf } from './region/pieces.ts';
import { boxOf, meanWithin, runsOf, slicesOf } from './region-runs.ts';

const masked = (size: Size3, data: Uint8Array): Mask => ({
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
  name: 'm',
  colour: [0, 0, 0],
});

it('runs end with their row: 5 × 2 × 1 by hand', () => {
  const mask = masked([5, 2, 1], Uint8Array.from('0110111011', Number));
  const { voxels, count, ends, box } = runsOf(mask);
  expect([voxels, count, box]).toEqual([
    7,
    4,
    [
      [0, 0, 0],
      [4, 1, 0],
    ],
  ]);
  expect([...ends]).toEqual([1, 3, 4, 5, 5, 7, 8, 10]);
  expect(slicesOf(mask)).toEqual([0]);
  const values = Float32Array.from({ length: 10 }, (_, i) => (i === 4 ? NaN : i));
  // 1, 2, 5, 6, 8, 9: the fifth voxel has no value.
  expect(meanWithin(mask, values)).toEqual({ n: 6, mean: 31 / 6 });
});

it('an empty region has no box', () => {
  expect(boxOf(masked([3, 3, 3], new Uint8Array(27)))).toBeUndefined();
  expect(piecesOf(masked([3, 3, 3], new Uint8Array(27)), 1)).toEqual([]);
});

/** Regions of all densities in small grids, at addresses that no word starts at among them. */
const region = fc
  .record({
    size: fc.tuple(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 1, max: 5 }),
    ),
    offset: fc.integer({ min: 0, max: 3 }),
    filled: fc.double({ min: 0, max: 1, noNaN: true }),
    draws: fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
  })
  .map(({ size, offset, filled, draws }) => {
    const n = size[0] * size[1] * size[2];
    const data = new Uint8Array(n + offset).subarray(offset);
    for (let i = 0; i < n; i++) data[i] = draws.next().value! < filled ? 1 : 0;
    return masked(size, data);
  });

it('runs hold the voxels of the mask and no others', () => {
  fc.assert(
    fc.property(region, (mask) => {
      const back = new Uint8Array(mask.data.length);
      const { count, ends, voxels } = runsOf(mask);
      for (let r = 0; r < count; r++) {
        expect(Math.floor(ends[2 * r]! / mask.grid.size[0])).toBe(
          Math.floor((ends[2 * r + 1]! - 1) / mask.grid.size[0]),
        );
        back.fill(1, ends[2 * r]!, ends[2 * r + 1]!);
      }
      expect(back).toEqual(Uint8Array.from(mask.data));
      expect(voxels).toBe(mask.data.reduce((s, v) => s + v, 0));
    }),
    { numRuns: 300, seed: 11 },
  );
});

it('pieces and holes are those that growing finds', () => {
  fc.assert(
    fc.property(region, (mask) => {
      const box = boxOf(mask);
      if (!box) return;
      const [low, high] = box;
      const [nx, ny] = mask.grid.size;
      const size = [0, 1, 2].map((a) => high[a]! - low[a]! + 1) as unknown as Size3;
      const at = (i: number) =>
        low[0] +
        (i % size[0]) +
        nx *
          (low[1] +
            (Math.floor(i / size[0]) % size[1]) +
            ny * (low[2] + Math.floor(i / (size[0] * size[1]))));
      for (const value of [1, 0] as const) {
        const inner = Uint8Array.from({ length: size[0] * size[1] * size[2] }, (_, i) =>
          mask.data[at(i)] === value ? 1 : 0,
        );
        const expected = componentsReference(inner, size, value === 1 ? 26 : 6).map(({ voxels, data }) => ({
          voxels,
          first: at(data.indexOf(1)),
          open: data.some((v, i) => {
            const place = [
              i % size[0],
              Math.floor(i / size[0]) % size[1],
              Math.floor(i / (size[0] * size[1])),
            ];
            return v === 1 && place.some((p, a) => p === 0 || p === size[a]! - 1);
          }),
        }));
        expect(piecesOf(mask, value)).toEqual(expected);
      }
    }),
    { numRuns: 300, seed: 12 },
  );
});
