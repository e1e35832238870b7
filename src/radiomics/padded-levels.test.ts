import { describe, expect, test } from 'vitest';
import { loadKernels } from '../../tests/kernels.ts';
import { filledSlices, paddedLevels, paddedMask, placeMask } from './padded-levels.ts';
import { moved, sampleOfLevels, VARIETY } from './texture.testing.ts';

const kernels = await loadKernels();

describe('levels in their padded box', () => {
  test('by hand: two voxels in the corner of a slice', () => {
    const p = paddedLevels(sampleOfLevels([3, 2, 1], [0, 0, 0, 0, 5, 7]), 1, 'rank', null)!;
    expect([p.size, p.inner, p.from]).toEqual([
      [17, 3, 3],
      [2, 1, 1],
      [1, 1, 0],
    ]);
    const first = 1 + 17 * (1 + 3);
    expect([...p.data.slice(first - 1, first + 3)]).toEqual([0, 5, 7, 0]);
    expect(Array.from(p.data).reduce((a, b) => a + b, 0)).toBe(12);
    expect([p.voxels, p.ranks, p.bins, p.counts[5], filledSlices(p)]).toEqual([2, 7, 7, 1, [1]]);
  });

  test('ranks number the levels that occur when bytes would not hold all', () => {
    const sample = sampleOfLevels([3, 1, 1], [300, 4, 300], { bins: 400 });
    const ranked = paddedLevels(sample, 1, 'rank', null)!;
    expect([ranked.ranks, [...ranked.values], [...ranked.counts]]).toEqual([2, [0, 4, 300], [0, 1, 2]]);
    expect(ranked.data).toBeInstanceOf(Uint8Array);
    const plain = paddedLevels(sample, 1, 'level', null)!;
    expect(plain.data).toBeInstanceOf(Uint16Array);
    expect([...plain.data].filter((v) => v > 0)).toEqual([300, 4, 300]);
  });

  test('kernel and plain copy give the same bytes, wherever the region lies', () => {
    for (const sample of [...VARIETY, ...VARIETY.map((s) => moved(s, { shift: [3, 1, 2] }))]) {
      for (const pad of [1, 2, 3]) {
        for (const as of ['level', 'rank'] as const) {
          // Copies, since results are kept for each sample.
          const a = paddedLevels({ ...sample }, pad, as, kernels)!;
          const b = paddedLevels({ ...sample }, pad, as, null)!;
          expect(Buffer.compare(Buffer.from(a.data.buffer), Buffer.from(b.data.buffer))).toBe(0);
          expect({ ...a, data: null }).toEqual({ ...b, data: null });
        }
      }
      const box = paddedLevels(sample, 1, 'rank', null)!;
      kernels.arena.reset();
      const source = kernels.arena.alloc(sample.morphological.length);
      const target = kernels.arena.alloc(box.data.length);
      placeMask(sample, box, source, target, kernels);
      const placed = new Uint8Array(kernels.arena.buffer, target, box.data.length);
      expect(Buffer.compare(placed, paddedMask(sample, box))).toBe(0);
    }
  });
});
