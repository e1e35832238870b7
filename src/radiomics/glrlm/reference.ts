import { DIRECTIONS, IN_PLANE } from '../directions.ts';
import { levelMatrixOf, type LevelMatrix } from '../level-matrix.ts';
import { filledSlices, type PaddedLevels } from '../padded-levels.ts';
import type { RunCounts } from './runs.ts';

/**
 * Runs by plain loops, the oracle of the kernel: every voxel that does not continue a run starts one, which is
 * followed to its end.
 */
export function runsReference(levels: PaddedLevels): RunCounts {
  const { data, ranks, values, size } = levels;
  const [px, py, pz] = size;
  const at = (x: number, y: number, z: number): number =>
    x < 0 || x >= px || y < 0 || y >= py || z < 0 || z >= pz ? 0 : data[x + px * (y + py * z)]!;
  const count = (fromSlice: number, toSlice: number, directions: number): LevelMatrix[] =>
    DIRECTIONS.slice(0, directions).map(([dx, dy, dz]) => {
      const table = new Uint32Array((ranks + 1) * (Math.max(...size) + 1));
      let voxels = 0;
      for (let z = fromSlice; z < toSlice; z++) {
        for (let y = 0; y < py; y++) {
          for (let x = 0; x < px; x++) {
            const rank = at(x, y, z);
            if (rank === 0) continue;
            voxels++;
            if (at(x - dx, y - dy, z - dz) === rank) continue;
            let length = 1;
            while (at(x + length * dx, y + length * dy, z + length * dz) === rank) length++;
            table[length * (ranks + 1) + rank]!++;
          }
        }
      }
      return levelMatrixOf(table, values, voxels);
    });
  return {
    slices: () => filledSlices(levels),
    slice: (z) => count(z, z + 1, IN_PLANE),
    volume: () => count(0, pz, DIRECTIONS.length),
  };
}
