import type { RegionSource } from '../core/region.ts';
import { RefusedInput } from '../core/refusal.ts';
import type { Series } from '../core/series.ts';
import { compareMasks, type MaskComparison } from '../regions/compare.ts';
import { placeRegion } from '../regions/place/place.ts';

/**
 * Agreement of two regions, on the grid of an image or, without one, of the first region.
 * @throws RefusedInput `region_grid_differs` when contours come without an image, or the grids differ.
 */
export function compareRegions(a: RegionSource, b: RegionSource, image?: Series): MaskComparison {
  const target = targetOf(a, image);
  const [first, second] = [a, b].map((r) => placeRegion(r, target, { resample: false }).mask);
  return compareMasks(first, second);
}

function targetOf(a: RegionSource, image: Series | undefined) {
  if (image?.affine) {
    const [nx, ny, nz] = image.size;
    return {
      grid: { size: [nx, ny, nz] as const, affine: image.affine },
      frameOfReference: image.frameOfReference,
    };
  }
  if (a.shape.kind === 'voxels') return { grid: a.shape.within ?? a.shape.grid, frameOfReference: '' };
  throw new RefusedInput('region_grid_differs', { region: a.name, expected: '--image' });
}
