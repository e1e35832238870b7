import type { Size3, Vec3 } from '../../core/geometry.ts';

export type Neighbours = 6 | 18 | 26;

/** Steps to the neighbours: those that share a face (6), also an edge (18), also a corner (26). */
export function stepsTo(neighbours: Neighbours): readonly Vec3[] {
  const most = neighbours === 6 ? 1 : neighbours === 18 ? 2 : 3;
  const steps: Vec3[] = [];
  for (let z = -1; z <= 1; z++) {
    for (let y = -1; y <= 1; y++) {
      for (let x = -1; x <= 1; x++) {
        const moved = Math.abs(x) + Math.abs(y) + Math.abs(z);
        if (moved > 0 && moved <= most) steps.push([x, y, z]);
      }
    }
  }
  return steps;
}

/** Marks with 2 the voxels 1 that are connected with the seed, voxel by voxel; returns how many there are. */
export function growReference(
  voxels: Uint8Array,
  [nx, ny, nz]: Size3,
  seed: Vec3,
  neighbours: Neighbours,
): number {
  const steps = stepsTo(neighbours);
  const indexOf = ([x, y, z]: Vec3) => x + nx * (y + ny * z);
  if (voxels[indexOf(seed)] !== 1) return 0;
  voxels[indexOf(seed)] = 2;
  const waiting: Vec3[] = [seed];
  let count = 0;
  while (waiting.length > 0) {
    const [x, y, z] = waiting.pop()!;
    count++;
    for (const [dx, dy, dz] of steps) {
      const at: Vec3 = [x + dx, y + dy, z + dz];
      if (at[0] < 0 || at[1] < 0 || at[2] < 0 || at[0] >= nx || at[1] >= ny || at[2] >= nz) continue;
      if (voxels[indexOf(at)] !== 1) continue;
      voxels[indexOf(at)] = 2;
      waiting.push(at);
    }
  }
  return count;
}
