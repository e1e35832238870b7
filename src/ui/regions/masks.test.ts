import { describe, expect, it } from 'vitest';
import type { Grid } from '../../core/geometry.ts';
import { differenceOf } from '../../regions/difference.ts';
import { boxAround } from './box-around.ts';
import { classMask } from './class-mask.ts';
import { hexOf, rgbOf } from './colour-text.ts';
import { differenceMasks } from './difference-masks.ts';

const grid: Grid = {
  size: [4, 3, 2],
  affine: {
    origin: [0, 0, 0],
    matrix: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 2],
    ],
  },
};
const at = (...voxels: (readonly [number, number, number])[]) => {
  const data = new Uint8Array(24);
  for (const [x, y, z] of voxels) data[x + 4 * (y + 3 * z)] = 1;
  return data;
};

describe('masks of the workbench', () => {
  it('parts two regions into only A, only B and both, on the grid of the image', () => {
    const a = { grid, data: at([1, 1, 0], [2, 1, 0]), name: 'a', colour: [0, 0, 0] as const };
    const b = { grid, data: at([2, 1, 0], [2, 2, 1]), name: 'b', colour: [0, 0, 0] as const };
    const masks = differenceMasks(differenceOf(a, b), grid, ['A', 'B', 'AB'], 0.5);
    expect(masks.map((m) => m.mask.data)).toEqual([at([1, 1, 0]), at([2, 2, 1]), at([2, 1, 0])]);
  });

  it('brings one class of a box to the image', () => {
    const box = { from: [1, 1, 0], to: [3, 2, 2] } as const;
    const labels = Uint8Array.from([1, 2, 2, 1]);
    expect(classMask({ box, labels }, 2, grid.size)).toEqual(at([2, 1, 0], [1, 1, 1]));
  });

  it('puts a box with a margin in mm around marks and points; none around nothing', () => {
    expect(boxAround(grid, [at([1, 1, 0])], [[2, 1, 1]], 2)).toEqual({ from: [-1, -1, -1], to: [5, 4, 3] });
    expect(boxAround(grid, [at()], [], 2)).toBeUndefined();
  });

  it('writes colours as a colour field does, and reads them back', () => {
    expect(hexOf([255, 0, 16])).toBe('#ff0010');
    expect(rgbOf('#ff0010')).toEqual([255, 0, 16]);
  });
});
