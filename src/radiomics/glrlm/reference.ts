import type { Vec3 } from '../../core/geometry.ts';
import { DIRECTIONS, IN_PLANE } from '../directions.ts';
import { levelMatrixOf, type LevelMatrix } from '../level-matrix.ts';
import { filledSlices, type PaddedLevels } from '../padded-levels.ts';
import type { RunCounts } from './runs.ts';

/**
 * Meets every run along one direction that starts in the given slices: its rank, its length, the place of its first
 * voxel in the box and the step from voxel to voxel. Every voxel that does not continue a run starts one, which is
 * followed to its end.
 * @returns the voxels of the region in those slices
 */
export function eachRun(
  { data, size: [px, py, pz] }: PaddedLevels,
  [fromSlice, toSlice]: readonly [number, number],
  [dx, dy, dz]: Vec3,
  meet: (rank: number, length: number, first: number, step: number) => void,
): number {
  const step = dx + px * (dy + py * dz);
  let voxels = 0;
  const at = (x: number, y: number, z: number): number =>
    x < 0 || x >= px || y < 0 || y >= py || z < 0 || z >= pz ? 0 : data[x + px * (y + py * z)]!;
  for (let z = fromSlice; z < toSlice; z++) {
    for (let y = 0; y < py; y++) {
      for (let x = 0; x < px; x++) {
        const rank = at(x, y, z);
        if (rank === 0) continue;
        voxels++;
        if (at(x - dx, y - dy, z - dz) === rank) continue;
        let length = 1;
        while (at(x + length * dx, y + length * dy, z + length * dz) === rank) length++;
        meet(rank, length, x + px * (y + py * z), step);
      }
    }
  }
  return voxels;
}

/** Runs by plain loops, the oracle of the kernel. */
export function runsReference(levels: PaddedLevels): RunCounts {
  const { ranks, values, size } = levels;
  const count = (fromSlice: number, toSlice: number, directions: number): LevelMatrix[] =>
    DIRECTIONS.slice(0, directions).map((direction) => {
      const table = new Uint32Array((ranks + 1) * (Math.max(...size) + 1));
      const voxels = eachRun(levels, [fromSlice, toSlice], direction, (rank, length) => {
        table[length * (ranks + 1) + rank]!++;
      });
      return levelMatrixOf(table, values, voxels);
    });
  return {
    slices: () => filledSlices(levels),
    slice: (z) => count(z, z + 1, IN_PLANE),
    volume: () => count(0, size[2], DIRECTIONS.length),
  };
}
