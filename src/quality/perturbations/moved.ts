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
        const from = x0 + nx * (y0 + ny * z0);
        const [right, down, next] = [x0 + 1 < nx ? 1 : 0, y0 + 1 < ny ? nx : 0, z0 + 1 < nz ? nx * ny : 0];
        let sum = 0;
        let inside = 0;
        let weights = 0;
        for (let k = 0; k < 2; k++) {
          const wz = k === 0 ? 1 - fz : fz;
          for (let j = 0; j < 2; j++) {
            const wy = wz * (j === 0 ? 1 - fy : fy);
            if (wy === 0) continue;
            const near = from + j * down + k * next;
            const [v0, v1] = [image[near]!, image[near + right]!];
            const [w0, w1] = [wy * (1 - fx), wy * fx];
            inside += w0 * mask[near]! + w1 * mask[near + right]!;
            if (w0 > 0 && v0 === v0) {
              sum += w0 * v0;
              weights += w0;
            }
            if (w1 > 0 && v1 === v1) {
              sum += w1 * v1;
              weights += w1;
            }
          }
        }
        outImage[at] = weights > 0.5 - TIE ? sum / weights : NaN;
        if (inside >= 0.5 - TIE) outMask[at] = 1;
      }
    }
  }
  return { image: outImage, mask: outMask };
}
