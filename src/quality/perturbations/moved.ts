import type { Size3, Vec3 } from '../../core/geometry.ts';

/** A turn in the plane of the slices and a shift; both move the grid, so image and mask move together. */
export interface Motion {
  /** Degrees, from the first axis to the second. */
  readonly rotation: number;
  /** Voxels along each axis. */
  readonly translation: Vec3;
}

/** Forgives the rounding of eight weights when a mask value is compared with one half. */
const TIE = 1e-9;

/**
 * Image and mask on a moved grid of the same voxel size, by trilinear interpolation in one step. Voxels without a value
 * do not count; beyond the border the last voxel goes on. A mask voxel is one where the interpolated mask reaches ½.
 * @param middle voxel indices about which is turned
 */
export function moved(
  image: ArrayLike<number>,
  mask: Uint8Array,
  size: Size3,
  spacing: Vec3,
  middle: Vec3,
  { rotation, translation }: Motion,
): { image: Float64Array; mask: Uint8Array } {
  const [nx, ny, nz] = size;
  const angle = (rotation * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const ratio = spacing[1] / spacing[0];
  const outImage = new Float64Array(image.length);
  const outMask = new Uint8Array(mask.length);
  const last: Vec3 = [nx - 1, ny - 1, nz - 1];
  const clamp = (v: number, most: number) => (v < 0 ? 0 : v > most ? most : v);
  for (let z = 0, at = 0; z < nz; z++) {
    const w = clamp(z + translation[2], last[2]);
    const z0 = Math.min(Math.floor(w), Math.max(0, nz - 2));
    const fz = w - z0;
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++, at++) {
        const [dx, dy] = [x - middle[0], y - middle[1]];
        const u = clamp(middle[0] + cos * dx - sin * ratio * dy + translation[0], last[0]);
        const v = clamp(middle[1] + (sin / ratio) * dx + cos * dy + translation[1], last[1]);
        const x0 = Math.min(Math.floor(u), Math.max(0, nx - 2));
        const y0 = Math.min(Math.floor(v), Math.max(0, ny - 2));
        const [fx, fy] = [u - x0, v - y0];
        let sum = 0;
        let inside = 0;
        let weights = 0;
        for (let corner = 0; corner < 8; corner++) {
          const [i, j, k] = [corner & 1, (corner >> 1) & 1, corner >> 2];
          const weight = (i ? fx : 1 - fx) * (j ? fy : 1 - fy) * (k ? fz : 1 - fz);
          if (weight === 0) continue;
          const from = x0 + i + nx * (y0 + j + ny * (z0 + k));
          inside += weight * mask[from]!;
          const value = image[from]!;
          if (value !== value) continue;
          sum += weight * value;
          weights += weight;
        }
        outImage[at] = weights > 0.5 - TIE ? sum / weights : NaN;
        if (inside >= 0.5 - TIE) outMask[at] = 1;
      }
    }
  }
  return { image: outImage, mask: outMask };
}
