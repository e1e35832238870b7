import { toPatient, type Grid, type Size3, type Vec3 } from '../core/geometry.ts';

/** Voxels from `low` up to but without `high`, along each axis. */
export interface VoxelBox {
  readonly low: Vec3;
  readonly high: Vec3;
}

export const wholeBox = (size: Size3): VoxelBox => ({ low: [0, 0, 0], high: size });

export const boxSize = ({ low, high }: VoxelBox): Size3 => [
  Math.max(0, high[0] - low[0]),
  Math.max(0, high[1] - low[1]),
  Math.max(0, high[2] - low[2]),
];

/** The smallest box around both; a missing one adds nothing. */
export function boxAround(a: VoxelBox | null, b: VoxelBox | null): VoxelBox | null {
  if (a === null || b === null) return a ?? b;
  return {
    low: [Math.min(a.low[0], b.low[0]), Math.min(a.low[1], b.low[1]), Math.min(a.low[2], b.low[2])],
    high: [Math.max(a.high[0], b.high[0]), Math.max(a.high[1], b.high[1]), Math.max(a.high[2], b.high[2])],
  };
}

/** The part of a box inside an image, after widening it by whole voxels along each axis. */
export function widened({ low, high }: VoxelBox, by: Vec3, size: Size3): VoxelBox {
  return {
    low: [Math.max(0, low[0] - by[0]), Math.max(0, low[1] - by[1]), Math.max(0, low[2] - by[2])],
    high: [
      Math.min(size[0], high[0] + by[0]),
      Math.min(size[1], high[1] + by[1]),
      Math.min(size[2], high[2] + by[2]),
    ],
  };
}

/** The lattice of the voxels of a box. */
export const gridOfBox = (grid: Grid, box: VoxelBox): Grid => ({
  size: boxSize(box),
  affine: { ...grid.affine, origin: toPatient(grid.affine, ...box.low) },
});

/** The box of the set voxels, or null when there are none. */
export function boxOf(data: Uint8Array, [nx, ny, nz]: Size3): VoxelBox | null {
  let found = false;
  const low: [number, number, number] = [nx, ny, nz];
  const high: [number, number, number] = [0, 0, 0];
  for (let z = 0, row = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++, row += nx) {
      let first = 0;
      while (first < nx && data[row + first] === 0) first++;
      if (first === nx) continue;
      let last = nx - 1;
      while (data[row + last] === 0) last--;
      found = true;
      if (first < low[0]) low[0] = first;
      if (last + 1 > high[0]) high[0] = last + 1;
      if (y < low[1]) low[1] = y;
      if (y + 1 > high[1]) high[1] = y + 1;
      if (z < low[2]) low[2] = z;
      high[2] = z + 1;
    }
  }
  return found ? { low, high } : null;
}
