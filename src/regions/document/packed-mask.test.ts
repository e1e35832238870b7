import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Size3 } from '../../core/geometry.ts';
import { boxOf } from '../box.ts';
import {
  applyDelta,
  countVoxels,
  deltaBetween,
  emptyMask,
  flipBytes,
  packedBox,
  packMask,
  unpackBox,
  unpackMask,
} from './packed-mask.ts';

/** Masks of many widths: rows of less than a word, whole words, and words with a rest; runs of many lengths. */
const anyMask = fc
  .tuple(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 4 }))
  .chain(([nx, ny, nz]) =>
    fc.record({
      size: fc.constant([nx, ny, nz] as Size3),
      data: fc
        .array(fc.tuple(fc.integer({ min: 1, max: 70 }), fc.boolean()), { minLength: 1, maxLength: 40 })
        .map((runs) => {
          const all = runs.flatMap(([n, set]) => new Array<number>(n).fill(set ? 1 : 0));
          return Uint8Array.from({ length: nx * ny * nz }, (_, i) => all[i % all.length]);
        }),
    }),
  );

describe('packed masks', () => {
  it('give back the bytes they were packed from, with count and box', () => {
    fc.assert(
      fc.property(anyMask, ({ size, data }) => {
        const packed = packMask(data, size);
        expect(unpackMask(packed)).toEqual(data);
        expect(countVoxels(packed)).toBe(data.reduce((a, b) => a + b, 0));
        expect(packedBox(packed)).toEqual(boxOf(data, size));
      }),
    );
  });

  it('a delta turns one into the other, and back, in bits and in bytes', () => {
    fc.assert(
      fc.property(anyMask, fc.infiniteStream(fc.boolean()), ({ size, data }, coins) => {
        const other = data.map((v) => (coins.next().value ? 1 - v : v));
        const [a, b] = [packMask(data, size), packMask(other, size)];
        const delta = deltaBetween(a, b);
        expect(unpackMask(applyDelta(a, delta))).toEqual(other);
        expect(unpackMask(applyDelta(applyDelta(a, delta), delta))).toEqual(data);
        const bytes = data.slice();
        flipBytes(bytes, size, delta);
        expect(bytes).toEqual(other);
      }),
    );
  });

  it('unpack any box of the image', () => {
    const size = [70, 3, 2] as const;
    const data = Uint8Array.from({ length: 420 }, (_, i) => (i % 3 === 0 ? 1 : 0));
    const box = { low: [30, 1, 0], high: [67, 3, 2] } as const;
    const expected: number[] = [];
    for (let z = 0; z < 2; z++) {
      for (let y = 1; y < 3; y++) {
        for (let x = 30; x < 67; x++) expected.push(data[x + 70 * (y + 3 * z)]);
      }
    }
    expect([...unpackBox(packMask(data, size), box)]).toEqual(expected);
  });

  it('hold nothing of what lies around: a voxel of 512 × 512 × 300 is one word', () => {
    const size = [512, 512, 300] as const;
    const data = new Uint8Array(512 * 512 * 300);
    data[100 + 512 * (200 + 512 * 150)] = 1;
    const packed = packMask(data, size, { low: [90, 190, 150], high: [120, 210, 151] });
    expect(packed.slices[150]).toMatchObject({ left: 3, top: 200, columns: 1, rows: 1 });
    expect(packed.slices.every((s, z) => z === 150 || s.rows === 0)).toBe(true);
    expect(packedBox(emptyMask(size))).toBeNull();
  });
});
