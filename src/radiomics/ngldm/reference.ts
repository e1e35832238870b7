import { levelMatrixOf, type LevelMatrix } from '../level-matrix.ts';
import { mostNeighbours, neighbourhood } from '../neighbourhood.ts';
import { filledSlices, type PaddedLevels } from '../padded-levels.ts';
import type { DependenceCounts } from './counts.ts';

/** Dependences by plain loops, the oracle of the kernel. `coarseness` is α; levels must be true levels where α > 0. */
export function dependencesReference(
  levels: PaddedLevels,
  coarseness: number,
  planar: boolean,
): DependenceCounts {
  const { data, values, size } = levels;
  const [px, py, pz] = size;
  const columns = values.length;
  const neighbours = neighbourhood(levels, planar);
  const at = (x: number, y: number, z: number): number =>
    x < 0 || x >= px || y < 0 || y >= py || z < 0 || z >= pz ? 0 : data[x + px * (y + py * z)]!;
  const count = (fromSlice: number, toSlice: number): LevelMatrix => {
    const table = new Uint32Array(columns * (mostNeighbours(levels, planar) + 1));
    let voxels = 0;
    for (let z = fromSlice; z < toSlice; z++) {
      for (let y = 0; y < py; y++) {
        for (let x = 0; x < px; x++) {
          const level = at(x, y, z);
          if (level === 0) continue;
          voxels++;
          let dependence = 1;
          for (const [dx, dy, dz] of neighbours) {
            const other = at(x + dx, y + dy, z + dz);
            if (other > 0 && Math.abs(other - level) <= coarseness) dependence++;
          }
          table[dependence * columns + level]!++;
        }
      }
    }
    return levelMatrixOf(table, values, voxels);
  };
  return {
    slices: () => filledSlices(levels),
    slice: (z) => count(z, z + 1),
    volume: () => count(0, pz),
  };
}
