import { describe, expect, it } from 'vitest';
import { toPatient, toVoxel, type Affine, type Grid, type Vec3 } from '../../core/geometry.ts';
import type { Series } from '../../core/series.ts';
import { holds, linkOf } from './linked.ts';
import { clampVoxel } from './planes.ts';

const straight: Affine = {
  origin: [0, 0, 0],
  matrix: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 5],
  ],
};
/** Axes turned by 30° about z: 2 mm voxels. */
const [c, s] = [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)];
const oblique: Affine = {
  origin: [20, -10, -5],
  matrix: [
    [2 * c, 2 * s, 0],
    [-2 * s, 2 * c, 0],
    [0, 0, 4],
  ],
};
const series = (
  affine: Affine | undefined,
  frameOfReference: string,
  size: Series['size'] = [64, 64, 20, 1],
) => ({ affine, size, frameOfReference });

describe('two series', () => {
  it('are linked in one frame of reference, whatever their grids', () => {
    expect(linkOf(series(straight, '1.2'), series(oblique, '1.2', [8, 8, 8, 30]))).toBe('linked');
  });
  it('are not linked across frames, nor when only one names its frame', () => {
    expect(linkOf(series(straight, '1.2'), series(straight, '1.3'))).toBe('other-frame');
    expect(linkOf(series(straight, '1.2'), series(straight, ''))).toBe('other-frame');
  });
  it('without any frame are linked on the same grid only', () => {
    expect(linkOf(series(straight, ''), series(straight, '', [64, 64, 20, 5]))).toBe('linked');
    expect(linkOf(series(straight, ''), series(oblique, ''))).toBe('other-frame');
  });
  it('need geometry', () => {
    expect(linkOf(series(undefined, '1.2'), series(straight, '1.2'))).toBe('no-geometry');
    const flat: Affine = {
      origin: [0, 0, 0],
      matrix: [
        [1, 0, 0],
        [1, 0, 0],
        [0, 0, 1],
      ],
    };
    expect(linkOf(series(flat, '1.2'), series(straight, '1.2'))).toBe('no-geometry');
  });
});

describe('a linked position on an oblique series', () => {
  const grid: Grid = { size: [64, 64, 20], affine: oblique };
  it('is the voxel nearest to the millimetre', () => {
    // Voxel (10, 4, 3) of the oblique grid by hand: 20 + 20c − 8s, −10 + 20s + 8c, −5 + 12.
    const position: Vec3 = [20 + 20 * c - 8 * s, -10 + 20 * s + 8 * c, 7];
    toVoxel(oblique)(position).forEach((v, i) => expect(v).toBeCloseTo([10, 4, 3][i]!, 10));
    expect(clampVoxel(grid.size, toVoxel(oblique)(position))).toEqual([10, 4, 3]);
  });
  it('moves no further than half a voxel of either grid there and back', () => {
    const from: Vec3 = [23, 17, 2];
    const there = clampVoxel(grid.size, toVoxel(oblique)(toPatient(straight, ...from)));
    const back = toVoxel(straight)(toPatient(oblique, ...there));
    expect(Math.hypot(back[0] - from[0], back[1] - from[1])).toBeLessThanOrEqual(Math.SQRT2 + 1e-9);
    expect(Math.abs(back[2] - from[2]) * 5).toBeLessThanOrEqual(2);
  });
  it('is told to lie outside', () => {
    expect(holds(grid, toPatient(oblique, -0.5, 0, 0))).toBe(true);
    expect(holds(grid, toPatient(oblique, -0.6, 0, 0))).toBe(false);
    expect(holds(grid, toPatient(oblique, 63.4, 63.4, 19.4))).toBe(true);
    expect(holds(grid, toPatient(oblique, 0, 0, 19.6))).toBe(false);
  });
});
