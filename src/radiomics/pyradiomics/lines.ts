import type { Vec3 } from '../../core/geometry.ts';
import type { PaddedLevels } from '../padded-levels.ts';

/** Does any line along a step pass two voxels of the region, near or far from each other? */
export function spansTwoVoxels({ data, size: [px, py, pz] }: PaddedLevels, [dx, dy, dz]: Vec3): boolean {
  const step = dx + px * (dy + py * dz);
  for (let v = step; v < data.length; v++) if (data[v]! > 0 && data[v - step]! > 0) return true;
  // No two touch; look for two on one line, each line known by the voxel where it enters the box.
  const seen = new Set<number>();
  for (let v = 0; v < data.length; v++) {
    if (data[v] === 0) continue;
    const at = [v % px, Math.floor(v / px) % py, Math.floor(v / (px * py))] as const;
    const back = Math.min(stepsBack(at[0], dx, px), stepsBack(at[1], dy, py), stepsBack(at[2], dz, pz));
    const entry = v - back * step;
    if (seen.has(entry)) return true;
    seen.add(entry);
  }
  return false;
}

/** Steps that can be taken backwards along one axis before the box ends. */
const stepsBack = (x: number, d: number, n: number): number => (d === 0 ? Infinity : d > 0 ? x : n - 1 - x);
