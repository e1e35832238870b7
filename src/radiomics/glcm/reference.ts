import { DIRECTIONS, IN_PLANE } from '../directions.ts';
import { filledSlices, type PaddedLevels } from '../padded-levels.ts';
import type { PairCounts } from './counts.ts';

/**
 * Pair counts by plain loops, the oracle of the kernels: every voxel of the region against its neighbour at distance
 * δ (`levels.pad`) in every direction.
 */
export function countReference(levels: PaddedLevels): PairCounts {
  const { ranks, data, pad: distance, size } = levels;
  const [px, py, pz] = size;
  const at = (x: number, y: number, z: number): number =>
    x < 0 || x >= px || y < 0 || y >= py || z < 0 || z >= pz ? 0 : data[x + px * (y + py * z)]!;
  const count = (fromSlice: number, toSlice: number, directions: number): Uint32Array[] =>
    DIRECTIONS.slice(0, directions).map(([dx, dy, dz]) => {
      const matrix = new Uint32Array(ranks * ranks);
      for (let z = fromSlice; z < toSlice; z++) {
        for (let y = 0; y < py; y++) {
          for (let x = 0; x < px; x++) {
            const i = at(x, y, z);
            const j = at(x + distance * dx, y + distance * dy, z + distance * dz);
            if (i > 0 && j > 0) matrix[(i - 1) * ranks + j - 1]!++;
          }
        }
      }
      return matrix;
    });
  return {
    ranks,
    values: levels.values,
    bins: levels.bins,
    slices: () => filledSlices(levels),
    slice: (z) => count(z, z + 1, IN_PLANE),
    volume: () => count(0, pz, DIRECTIONS.length),
  };
}
