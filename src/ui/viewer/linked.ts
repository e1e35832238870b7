import { sameGrid, toVoxel, type Grid, type Vec3 } from '../../core/geometry.ts';
import type { Series } from '../../core/series.ts';
import { hasGeometry } from './planes.ts';

/** How two series stand to each other: in one patient space, or why not. */
export type Link = 'linked' | 'no-geometry' | 'other-frame';

type Placed = Pick<Series, 'affine' | 'size' | 'frameOfReference'>;

const gridOf = ({ affine, size: [x, y, z] }: Placed): Grid | null =>
  affine && hasGeometry(affine) ? { size: [x, y, z], affine } : null;

/**
 * Whether one patient position means the same in both: one frame of reference; files that name none (NIfTI, NRRD) only
 * when they lie on the same grid.
 */
export function linkOf(a: Placed, b: Placed): Link {
  const [first, second] = [gridOf(a), gridOf(b)];
  if (!first || !second) return 'no-geometry';
  if (a.frameOfReference !== '' && a.frameOfReference === b.frameOfReference) return 'linked';
  if (a.frameOfReference === '' && b.frameOfReference === '' && sameGrid(first, second)) return 'linked';
  return 'other-frame';
}

/** Whether a patient position, mm LPS, lies within a grid, to half a voxel around its outer centres. */
export function holds({ size, affine }: Grid, position: Vec3): boolean {
  const voxel = toVoxel(affine)(position);
  return voxel.every((v, axis) => v >= -0.5 && v <= size[axis]! - 0.5);
}
