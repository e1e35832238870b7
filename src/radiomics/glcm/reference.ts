import type { Vec3 } from '../../core/geometry.ts';
import { DIRECTIONS, IN_PLANE } from '../directions.ts';
import { filledSlices, type PaddedLevels } from '../padded-levels.ts';
import type { PairCounts } from './counts.ts';

/**
 * Meets every pair of voxels of the region at distance δ (`levels.pad`) along one direction, the first of the two in
 * the given slices: the ranks of both, then their places in the box.
 */
export function eachPair(
  { data, pad: distance, size: [px, py, pz] }: PaddedLevels,
  [fromSlice, toSlice]: readonly [number, number],
  [dx, dy, dz]: Vec3,
  meet: (i: number, j: number, first: number, second: number) => void,
): void {
  const step = distance * (dx + px * (dy + py * dz));
  const at = (x: number, y: number, z: number): number =>
    x < 0 || x >= px || y < 0 || y >= py || z < 0 || z >= pz ? 0 : data[x + px * (y + py * z)]!;
  for (let z = fromSlice; z < toSlice; z++) {
    for (let y = 0; y < py; y++) {
      for (let x = 0; x < px; x++) {
        const i = at(x, y, z);
        const j = at(x + distance * dx, y + distance * dy, z + distance * dz);
        const first = x + px * (y + py * z);
        if (i > 0 && j > 0) meet(i, j, first, first + step);
      }
    }
  }
}

/** Pair counts by plain loops, the oracle of the kernels: every voxel of the region in every direction. */
export function countReference(levels: PaddedLevels): PairCounts {
  const { ranks, size } = levels;
  const count = (fromSlice: number, toSlice: number, directions: number): Uint32Array[] =>
    DIRECTIONS.slice(0, directions).map((direction) => {
      const matrix = new Uint32Array(ranks * ranks);
      eachPair(levels, [fromSlice, toSlice], direction, (i, j) => {
        matrix[(i - 1) * ranks + j - 1]!++;
      });
      return matrix;
    });
  return {
    ranks,
    values: levels.values,
    bins: levels.bins,
    slices: () => filledSlices(levels),
    slice: (z) => count(z, z + 1, IN_PLANE),
    volume: () => count(0, size[2], DIRECTIONS.length),
  };
}
