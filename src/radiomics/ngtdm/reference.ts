import { mostNeighbours, neighbourhood } from '../neighbourhood.ts';
import { filledSlices, type PaddedLevels } from '../padded-levels.ts';
import type { ToneCounts, ToneDifferences } from './differences.ts';

/**
 * Meets every voxel of the given slices that has neighbours in the region: its level, the sum of their levels, its
 * place in the box and theirs. `around` is used again for the next voxel.
 */
export function eachTone(
  levels: PaddedLevels,
  [fromSlice, toSlice]: readonly [number, number],
  planar: boolean,
  meet: (level: number, sum: number, centre: number, around: readonly number[]) => void,
): void {
  const {
    data,
    size: [px, py, pz],
  } = levels;
  const steps = neighbourhood(levels, planar);
  const at = (x: number, y: number, z: number): number =>
    x < 0 || x >= px || y < 0 || y >= py || z < 0 || z >= pz ? 0 : data[x + px * (y + py * z)]!;
  const around: number[] = [];
  for (let z = fromSlice; z < toSlice; z++) {
    for (let y = 0; y < py; y++) {
      for (let x = 0; x < px; x++) {
        const level = at(x, y, z);
        if (level === 0) continue;
        let sum = 0;
        around.length = 0;
        for (const [dx, dy, dz] of steps) {
          const other = at(x + dx, y + dy, z + dz);
          if (other === 0) continue;
          sum += other;
          around.push(x + dx + px * (y + dy + py * (z + dz)));
        }
        if (around.length > 0) meet(level, sum, x + px * (y + py * z), around);
      }
    }
  }
}

/** Differences by plain loops, the oracle of the kernel. Voxels without a neighbour in the region do not count. */
export function differencesReference(levels: PaddedLevels, planar: boolean): ToneCounts {
  const { values, size } = levels;
  const columns = mostNeighbours(levels, planar);
  const find = (fromSlice: number, toSlice: number): ToneDifferences => {
    const voxels = new Float64Array(values.length * columns);
    const differences = new Float64Array(values.length * columns);
    eachTone(levels, [fromSlice, toSlice], planar, (level, sum, _, { length }) => {
      voxels[level * columns + length]!++;
      differences[level * columns + length]! += Math.abs(level * length - sum);
    });
    return { columns, voxels, differences };
  };
  return {
    slices: () => filledSlices(levels),
    slice: (z) => find(z, z + 1),
    volume: () => find(0, size[2]),
  };
}
