import { determinant } from '../../core/geometry.ts';
import type { PlacedRegion } from '../../engine/api.ts';

/** Voxel-counted volume of a placed region, mm³: number of voxels times the volume of one. */
export const volumeOf = ({ voxels, mask }: Pick<PlacedRegion, 'voxels' | 'mask'>): number =>
  voxels * Math.abs(determinant(mask.grid.affine));
