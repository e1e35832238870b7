import { describe, expect, it } from 'vitest';
import { pieceOf } from './piece.ts';

// Two pieces of class 2 in a row of nine: three voxels, then two, and class 1 between.
const labels = Uint8Array.of(2, 2, 2, 1, 2, 2, 1, 1, 1);
const row = [9, 1, 1] as const;

describe('one piece of a class', () => {
  it('is the one that was pointed at', () => {
    expect([...pieceOf(labels, row, 2, 5)]).toEqual([0, 0, 0, 0, 1, 1, 0, 0, 0]);
    expect([...pieceOf(labels, row, 1, 3)]).toEqual([0, 0, 0, 1, 0, 0, 0, 0, 0]);
  });

  it('is the largest where another class was pointed at, and nothing of a class that is not there', () => {
    expect([...pieceOf(labels, row, 2, 8)]).toEqual([1, 1, 1, 0, 0, 0, 0, 0, 0]);
    expect(pieceOf(labels, row, 3, 0).includes(1)).toBe(false);
  });

  it('hangs together over faces, in all three directions, and not over edges or around the ends of rows', () => {
    // 2 × 2 × 2: voxel 0 and its neighbour below in z; voxel 3 touches 0 over an edge only.
    const cube = Uint8Array.of(1, 0, 0, 1, 1, 0, 0, 0);
    expect([...pieceOf(cube, [2, 2, 2], 1, 0)]).toEqual([1, 0, 0, 0, 1, 0, 0, 0]);
    expect([...pieceOf(Uint8Array.of(0, 1, 1, 0), [2, 2, 1], 1, 1)]).toEqual([0, 1, 0, 0]);
  });
});
