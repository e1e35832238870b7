import type { Vec3 } from '../core/geometry.ts';
import type { PaddedLevels } from './padded-levels.ts';

/**
 * The neighbours within Chebyshev distance δ (`levels.pad`) of a voxel, without itself; in 2D those in its slice.
 * Steps that leave the box from every voxel of it are left out.
 */
export function neighbourhood({ inner, pad }: PaddedLevels, planar: boolean): Vec3[] {
  const [rx, ry, rz] = inner.map((n, axis) => (planar && axis === 2 ? 0 : Math.min(pad, n - 1))) as [
    number,
    number,
    number,
  ];
  const steps: Vec3[] = [];
  for (let z = -rz; z <= rz; z++) {
    for (let y = -ry; y <= ry; y++) {
      for (let x = -rx; x <= rx; x++) if (x !== 0 || y !== 0 || z !== 0) steps.push([x, y, z]);
    }
  }
  return steps;
}

/** Most neighbours, itself included, that a voxel can have. */
export function mostNeighbours({ inner, pad, voxels }: PaddedLevels, planar: boolean): number {
  const box = inner.reduce(
    (product, n, axis) => product * (planar && axis === 2 ? 1 : 2 * Math.min(pad, n - 1) + 1),
    1,
  );
  return Math.min(box, voxels);
}
