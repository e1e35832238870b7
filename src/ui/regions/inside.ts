import { toPatient, type Vec3 } from '../../core/geometry.ts';
import type { Mask } from '../../core/volume.ts';

/**
 * Patient position of a voxel of the region close to its middle: on the slice that holds most of it, the voxel
 * nearest to the centre of that slice's part. Always inside, also for rings and pairs. Null for an empty region.
 */
export function insideOf({ grid, data }: Pick<Mask, 'grid' | 'data'>): Vec3 | null {
  const [nx, ny, nz] = grid.size;
  const plane = nx * ny;
  let best = -1;
  let most = 0;
  for (let k = 0; k < nz; k++) {
    let n = 0;
    for (let at = k * plane; at < (k + 1) * plane; at++) n += data[at]!;
    if (n > most) [best, most] = [k, n];
  }
  if (best < 0) return null;
  const slice = data.subarray(best * plane, (best + 1) * plane);
  let [x, y] = [0, 0];
  slice.forEach((inside, at) => {
    if (inside) [x, y] = [x + (at % nx), y + Math.floor(at / nx)];
  });
  [x, y] = [x / most, y / most];
  let nearest = 0;
  let distance = Infinity;
  slice.forEach((inside, at) => {
    const d = ((at % nx) - x) ** 2 + (Math.floor(at / nx) - y) ** 2;
    if (inside && d < distance) [nearest, distance] = [at, d];
  });
  return toPatient(grid.affine, nearest % nx, Math.floor(nearest / nx), best);
}
