import { describe, expect, it } from 'vitest';
import type { Grid } from '../../core/geometry.ts';
import { differenceOf } from '../../regions/difference.ts';
import { boxAround } from './box-around.ts';
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

  it('puts a box with a margin in mm around boxes and points, cut to the image; none around nothing', () => {
    const box = { low: [1, 1, 0], high: [2, 2, 1] } as const;
    expect(boxAround(grid, [box], [[2, 1, 1]], 0)).toEqual({ from: [1, 1, 0], to: [3, 2, 2] });
    expect(boxAround(grid, [box], [], 1)).toEqual({ from: [0, 0, 0], to: [3, 3, 2] });
    expect(boxAround(grid, [], [[3, 0, 1]], 1)).toEqual({ from: [2, 0, 0], to: [4, 2, 2] });
    expect(boxAround(grid, [], [], 2)).toBeUndefined();
  });

  it('writes colours as a colour field does, and reads them back', () => {
    expect(hexOf([255, 0, 16])).toBe('#ff0010');
    expect(rgbOf('#ff0010')).toEqual([255, 0, 16]);
  });
});
