import { toPatient, type Grid } from '../../core/geometry.ts';
import type { Contour } from '../../core/region.ts';
import { outlinesOf } from './outline.ts';

/**
 * A mask as closed contours in patient mm, on the planes of its own slices and along the borders of its voxels: brought
 * back onto the same grid, they give the same voxels.
 *
 * @param mask 1 inside, x fastest
 */
export function contoursOf(
  mask: Uint8Array,
  { size, affine }: Grid,
): (Contour & { readonly slice: number })[] {
  const [nx, ny, nz] = size;
  const contours: (Contour & { readonly slice: number })[] = [];
  for (let k = 0; k < nz; k++) {
    const plane = mask.subarray(k * nx * ny, (k + 1) * nx * ny);
    for (const outline of outlinesOf(plane, nx, ny)) {
      contours.push({ points: outline.map(([i, j]) => toPatient(affine, i, j, k)), slice: k });
    }
  }
  return contours;
}
