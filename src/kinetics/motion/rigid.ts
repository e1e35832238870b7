import { add, cross, dot, normalise, scale, toPatient, type Grid, type Vec3 } from '../../core/geometry.ts';

/** Nine numbers, row by row. */
export type Matrix3 = readonly [number, number, number, number, number, number, number, number, number];

/** y = R·x + t, millimetres, about the centre of the volume. */
export interface Rigid {
  readonly rotation: Matrix3;
  readonly translation: Vec3;
}

export const IDENTITY: Rigid = { rotation: [1, 0, 0, 0, 1, 0, 0, 0, 1], translation: [0, 0, 0] };

export const times = (m: Matrix3, [x, y, z]: Vec3): Vec3 => [
  m[0] * x + m[1] * y + m[2] * z,
  m[3] * x + m[4] * y + m[5] * z,
  m[6] * x + m[7] * y + m[8] * z,
];

export function product(a: Matrix3, b: Matrix3): Matrix3 {
  const column = (c: number) => times(a, [b[c], b[3 + c], b[6 + c]]);
  const [x, y, z] = [column(0), column(1), column(2)];
  return [x[0], y[0], z[0], x[1], y[1], z[1], x[2], y[2], z[2]];
}

export const transposed = (m: Matrix3): Matrix3 => [m[0], m[3], m[6], m[1], m[4], m[7], m[2], m[5], m[8]];

export const apply = ({ rotation, translation }: Rigid, p: Vec3): Vec3 =>
  add(times(rotation, p), translation);

/** a after b. */
export const after = (a: Rigid, b: Rigid): Rigid => ({
  rotation: product(a.rotation, b.rotation),
  translation: apply(a, b.translation),
});

export function inverse({ rotation, translation }: Rigid): Rigid {
  const back = transposed(rotation);
  return { rotation: back, translation: scale(times(back, translation), -1) };
}

/** Rotation by a vector whose length is the angle in radians and whose direction is the axis (Rodrigues). */
export function rotationBy(vector: Vec3): Matrix3 {
  const angle = Math.hypot(...vector);
  if (angle === 0) return IDENTITY.rotation;
  const [x, y, z] = scale(vector, 1 / angle);
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const d = 1 - c;
  return [
    c + x * x * d,
    x * y * d - z * s,
    x * z * d + y * s,
    y * x * d + z * s,
    c + y * y * d,
    y * z * d - x * s,
    z * x * d - y * s,
    z * y * d + x * s,
    c + z * z * d,
  ];
}

/** The vector of {@link rotationBy}: angle in radians, 0 to π, times its axis. */
export function rotationVector(m: Matrix3): Vec3 {
  const axis: Vec3 = [m[7] - m[5], m[2] - m[6], m[3] - m[1]];
  const angle = Math.atan2(Math.hypot(...axis), m[0] + m[4] + m[8] - 1);
  return scale(normalise(axis), angle);
}

/**
 * Axes of the image as an orthonormal frame about its centre: x along rows, z along the slice normal. Columns of
 * `axes` are its unit vectors in patient space.
 */
export interface LocalFrame {
  readonly centre: Vec3;
  readonly axes: readonly [Vec3, Vec3, Vec3];
}

export function localFrame({ size, affine }: Grid): LocalFrame {
  const x = normalise(affine.matrix[0]);
  const z = normalise(cross(affine.matrix[0], affine.matrix[1]));
  return {
    centre: toPatient(affine, (size[0] - 1) / 2, (size[1] - 1) / 2, (size[2] - 1) / 2),
    axes: [x, cross(z, x), z],
  };
}

/** A patient vector in the axes of the frame. */
export const toLocal = ({ axes }: LocalFrame, v: Vec3): Vec3 => [
  dot(axes[0], v),
  dot(axes[1], v),
  dot(axes[2], v),
];

/** A vector of the frame in patient axes. */
export const fromLocal = ({ axes }: LocalFrame, [x, y, z]: Vec3): Vec3 =>
  add(add(scale(axes[0], x), scale(axes[1], y)), scale(axes[2], z));
