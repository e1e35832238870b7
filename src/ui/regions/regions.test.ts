import { expect, it } from 'vitest';
import type { Grid } from '../../core/geometry.ts';
import { insideOf } from './inside.ts';
import { volumeOf } from './volume.ts';

const grid: Grid = {
  size: [5, 5, 3],
  affine: {
    origin: [10, 20, 30],
    matrix: [
      [2, 0, 0],
      [0, 2, 0],
      [0, 0, 5],
    ],
  },
};
const mask = (inside: readonly (readonly [number, number, number])[]) => {
  const data = new Uint8Array(75);
  for (const [i, j, k] of inside) data[i + 5 * (j + 5 * k)] = 1;
  return { grid, data, name: 'r', colour: [1, 2, 3] as const };
};

it('the volume is voxels times the voxel, also on a sheared grid', () => {
  expect(volumeOf({ voxels: 7, mask: mask([]) })).toBe(7 * 20);
  const sheared: Grid = {
    ...grid,
    affine: {
      origin: [0, 0, 0],
      matrix: [
        [2, 0, 0],
        [0, 2, 0],
        [0, 3, 5],
      ],
    },
  };
  expect(volumeOf({ voxels: 1, mask: { ...mask([]), grid: sheared } })).toBe(20);
});

it('the position lies inside the region on its fullest slice, also for a ring', () => {
  const ring = [0, 1, 2, 3, 4].flatMap(
    (i) =>
      [
        [i, 0, 1],
        [i, 4, 1],
        [0, i, 1],
        [4, i, 1],
      ] as const,
  );
  const position = insideOf(mask([...ring, [2, 2, 0]]))!;
  expect(position[2]).toBe(35);
  const [i, j] = [(position[0] - 10) / 2, (position[1] - 20) / 2];
  expect([i, j].some((x) => x === 0 || x === 4)).toBe(true);
});

it('an empty region has no inside', () => {
  expect(insideOf(mask([]))).toBeNull();
});
