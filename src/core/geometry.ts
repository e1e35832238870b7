/** A point or vector in patient space, millimetres, DICOM axes: +x left, +y posterior, +z superior (LPS). */
export type Vec3 = readonly [number, number, number];

/** Number of voxels along the first (fastest in memory), second and third axis. */
export type Size3 = readonly [number, number, number];

/**
 * Voxel index to patient millimetres (LPS). Columns of `matrix` are the steps of one voxel along each axis:
 * `p = origin + i·matrix[0] + j·matrix[1] + k·matrix[2]`. The steps may be oblique or sheared (gantry tilt).
 */
export interface Affine {
  /** Centre of voxel (0,0,0), mm. */
  readonly origin: Vec3;
  /** Step vectors of the three axes, mm. */
  readonly matrix: readonly [Vec3, Vec3, Vec3];
}

/** A regular lattice of voxel centres. Voxel (i,j,k) lies at index `i + size[0]·(j + size[1]·k)`. */
export interface Grid {
  readonly size: Size3;
  readonly affine: Affine;
}

export const add = (a: Vec3, b: Vec3): Vec3 => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const subtract = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const scale = (a: Vec3, s: number): Vec3 => [a[0] * s, a[1] * s, a[2] * s];
export const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const cross = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
export const length = (a: Vec3): number => Math.hypot(a[0], a[1], a[2]);

/** The vector of length 1 in the same direction; a zero vector comes back unchanged. */
export function normalise(a: Vec3): Vec3 {
  const l = length(a);
  return l === 0 ? a : scale(a, 1 / l);
}

/** Voxel edge lengths in mm: the lengths of the three steps. */
export function spacingOf(affine: Affine): Vec3 {
  return [length(affine.matrix[0]), length(affine.matrix[1]), length(affine.matrix[2])];
}

/** Patient position (mm, LPS) of a voxel index, which may be fractional. */
export function toPatient({ origin: o, matrix: m }: Affine, i: number, j: number, k: number): Vec3 {
  return [
    o[0] + i * m[0][0] + j * m[1][0] + k * m[2][0],
    o[1] + i * m[0][1] + j * m[1][1] + k * m[2][1],
    o[2] + i * m[0][2] + j * m[1][2] + k * m[2][2],
  ];
}

/** Signed volume of the voxel parallelepiped, mm³; zero or NaN when the steps span no volume. */
export function determinant({ matrix: m }: Affine): number {
  return dot(m[0], cross(m[1], m[2]));
}

/**
 * Patient position to fractional voxel index. Returns a function so that the inverse is worked out once.
 * @throws RangeError when the steps span no volume: such a grid has no inverse.
 */
export function toVoxel(affine: Affine): (p: Vec3) => [number, number, number] {
  const d = determinant(affine);
  if (!Number.isFinite(d) || d === 0) throw new RangeError(`affine without inverse, determinant ${d}`);
  const m = affine.matrix;
  const rows = [
    scale(cross(m[1], m[2]), 1 / d),
    scale(cross(m[2], m[0]), 1 / d),
    scale(cross(m[0], m[1]), 1 / d),
  ] as const;
  return (p) => {
    const v = subtract(p, affine.origin);
    return [dot(rows[0], v), dot(rows[1], v), dot(rows[2], v)];
  };
}

export const voxelCount = (size: Size3): number => size[0] * size[1] * size[2];

/**
 * Do two grids have the same voxels? Sizes equal and every corner within `tolerance` of a voxel edge.
 * The default of 1e-3 voxel forgives what writers lose when they print positions as decimal strings.
 */
export function sameGrid(a: Grid, b: Grid, tolerance = 1e-3): boolean {
  if (a.size.some((n, axis) => n !== b.size[axis])) return false;
  const edge = Math.min(...spacingOf(a.affine));
  const far = [Math.max(1, a.size[0] - 1), Math.max(1, a.size[1] - 1), Math.max(1, a.size[2] - 1)] as const;
  for (let corner = 0; corner < 8; corner++) {
    const at = [corner & 1 ? far[0] : 0, corner & 2 ? far[1] : 0, corner & 4 ? far[2] : 0] as const;
    const d = length(subtract(toPatient(a.affine, ...at), toPatient(b.affine, ...at)));
    if (!(d <= tolerance * edge)) return false;
  }
  return true;
}
