import { mostNeighbours, neighbourhood } from '../neighbourhood.ts';
import { filledSlices, type PaddedLevels } from '../padded-levels.ts';
import type { ToneCounts, ToneDifferences } from './differences.ts';

/** Differences by plain loops, the oracle of the kernel. Voxels without a neighbour in the region do not count. */
export function differencesReference(levels: PaddedLevels, planar: boolean): ToneCounts {
  const { data, values, size } = levels;
  const [px, py, pz] = size;
  const columns = mostNeighbours(levels, planar);
  const steps = neighbourhood(levels, planar);
  const at = (x: number, y: number, z: number): number =>
    x < 0 || x >= px || y < 0 || y >= py || z < 0 || z >= pz ? 0 : data[x + px * (y + py * z)]!;
  const find = (fromSlice: number, toSlice: number): ToneDifferences => {
    const voxels = new Float64Array(values.length * columns);
    const differences = new Float64Array(values.length * columns);
    for (let z = fromSlice; z < toSlice; z++) {
      for (let y = 0; y < py; y++) {
        for (let x = 0; x < px; x++) {
          const level = at(x, y, z);
          if (level === 0) continue;
          let sum = 0;
          let neighbours = 0;
          for (const [dx, dy, dz] of steps) {
            const other = at(x + dx, y + dy, z + dz);
            if (other === 0) continue;
            sum += other;
            neighbours++;
          }
          if (neighbours === 0) continue;
          voxels[level * columns + neighbours]!++;
          differences[level * columns + neighbours]! += Math.abs(level * neighbours - sum);
        }
      }
    }
    return { columns, voxels, differences };
  };
  return {
    slices: () => filledSlices(levels),
    slice: (z) => find(z, z + 1),
    volume: () => find(0, pz),
  };
}
