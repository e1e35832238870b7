import { levelMatrixOf, type LevelMatrix } from '../level-matrix.ts';
import { mostNeighbours, neighbourhood } from '../neighbourhood.ts';
import { filledSlices, type PaddedLevels } from '../padded-levels.ts';
import type { DependenceCounts } from './counts.ts';

/**
 * Meets every voxel of the given slices: its level and the places in the box of itself and of the neighbours that
 * depend on it, whose levels differ by at most `coarseness` α. `members` is used again for the next voxel.
 * @returns the voxels of the region in those slices
 */
export function eachDependence(
  levels: PaddedLevels,
  [fromSlice, toSlice]: readonly [number, number],
  coarseness: number,
  planar: boolean,
  meet: (level: number, members: readonly number[]) => void,
): number {
  const {
    data,
    size: [px, py, pz],
  } = levels;
  const neighbours = neighbourhood(levels, planar);
  const at = (x: number, y: number, z: number): number =>
    x < 0 || x >= px || y < 0 || y >= py || z < 0 || z >= pz ? 0 : data[x + px * (y + py * z)]!;
  const members: number[] = [];
  let voxels = 0;
  for (let z = fromSlice; z < toSlice; z++) {
    for (let y = 0; y < py; y++) {
      for (let x = 0; x < px; x++) {
        const level = at(x, y, z);
        if (level === 0) continue;
        voxels++;
        members.length = 0;
        members.push(x + px * (y + py * z));
        for (const [dx, dy, dz] of neighbours) {
          const other = at(x + dx, y + dy, z + dz);
          if (other === 0 || Math.abs(other - level) > coarseness) continue;
          members.push(x + dx + px * (y + dy + py * (z + dz)));
        }
        meet(level, members);
      }
    }
  }
  return voxels;
}

/** Dependences by plain loops, the oracle of the kernel. `coarseness` is α; levels must be true levels where α > 0. */
export function dependencesReference(
  levels: PaddedLevels,
  coarseness: number,
  planar: boolean,
): DependenceCounts {
  const { values, size } = levels;
  const columns = values.length;
  const count = (fromSlice: number, toSlice: number): LevelMatrix => {
    const table = new Uint32Array(columns * (mostNeighbours(levels, planar) + 1));
    const voxels = eachDependence(levels, [fromSlice, toSlice], coarseness, planar, (level, { length }) => {
      table[length * columns + level]!++;
    });
    return levelMatrixOf(table, values, voxels);
  };
  return {
    slices: () => filledSlices(levels),
    slice: (z) => count(z, z + 1),
    volume: () => count(0, size[2]),
  };
}
