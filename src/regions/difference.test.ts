import { describe, expect, it } from 'vitest';
import { unpackMask } from './document/packed-mask.ts';
import { BOTH, differenceOf, ONLY_FIRST, ONLY_SECOND } from './difference.ts';
import { gridOf, maskWhere } from './regions.testing.ts';

describe('where two regions differ', () => {
  const grid = gridOf([14, 14, 14], [1, 1, 2]);
  const cube = (x: number) => ({
    grid,
    name: '',
    colour: [0, 0, 0] as const,
    data: unpackMask(
      maskWhere(grid, ([i, j, k]) => i >= x && i < x + 10 && j >= 1 && j < 11 && k / 2 >= 1 && k / 2 < 11),
    ),
  });

  it('two cubes of 10³ shifted by one: a slice of each alone, the rest in both', () => {
    const d = differenceOf(cube(1), cube(2));
    expect(d.counts).toEqual([100, 100, 900]);
    expect(d.box).toEqual({ low: [1, 1, 1], high: [12, 11, 11] });
    expect(d.grid.affine.origin).toEqual([1, 1, 2]);
    expect([d.labels[0], d.labels[1], d.labels[10]]).toEqual([ONLY_FIRST, BOTH, ONLY_SECOND]);
  });

  it('of empty regions there is nothing', () => {
    const nothing = { ...cube(1), data: new Uint8Array(14 ** 3) };
    expect(differenceOf(nothing, nothing)).toMatchObject({ counts: [0, 0, 0], labels: new Uint8Array(0) });
    expect(differenceOf(nothing, cube(1)).counts).toEqual([0, 1000, 0]);
  });
});
