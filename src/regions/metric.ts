import { dot, length, type Affine, type Vec3 } from '../core/geometry.ts';

/**
 * How far, in voxels along each of some axes, a ball of 1 mm reaches: the roots of the diagonal of the inverse of the
 * metric g(p, q) = step(p) · step(q), mm². One over the spacing where the axes are at right angles.
 */
export function reaches(g: readonly (readonly number[])[]): number[] {
  if (g.length === 2) {
    const d = g[0][0] * g[1][1] - g[0][1] * g[1][0];
    return [Math.sqrt(g[1][1] / d), Math.sqrt(g[0][0] / d)];
  }
  const minor = (p: number, q: number) => g[p][p] * g[q][q] - g[p][q] * g[q][p];
  const d =
    g[0][0] * minor(1, 2) -
    g[0][1] * (g[1][0] * g[2][2] - g[1][2] * g[2][0]) +
    g[0][2] * (g[1][0] * g[2][1] - g[1][1] * g[2][0]);
  return [Math.sqrt(minor(1, 2) / d), Math.sqrt(minor(0, 2) / d), Math.sqrt(minor(0, 1) / d)];
}

/** Whole voxels along each axis that a length in mm can reach. */
export function voxelsWithin({ matrix }: Affine, mm: number): Vec3 {
  const g = matrix.map((p) => matrix.map((q) => dot(p, q)));
  const [x, y, z] = reaches(g).map((unit) => Math.floor(mm * unit + 1e-6));
  return [x, y, z];
}

/** Are the axes at right angles, to a ten-thousandth? Gantry tilt makes them not. */
export function atRightAngles({ matrix }: Affine): boolean {
  const cosine = (p: Vec3, q: Vec3) => Math.abs(dot(p, q)) / (length(p) * length(q));
  const [x, y, z] = matrix;
  return Math.max(cosine(x, y), cosine(y, z), cosine(z, x)) < 1e-4;
}
