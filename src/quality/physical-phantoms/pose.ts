import { add, cross, dot, normalise, scale, subtract, type Vec3 } from '../../core/geometry.ts';
import type { Insert } from './template.ts';

/** Where a phantom lies: its middle, the directions of its axes (orthonormal, right-handed), and inserts moved by hand. */
export interface Pose {
  /** mm, LPS. */
  readonly centre: Vec3;
  /** The phantom's x, y and z in patient directions. */
  readonly axes: readonly [Vec3, Vec3, Vec3];
  /** Further shift of single inserts, mm along the phantom's axes. */
  readonly moved: Readonly<Record<string, Vec3>>;
}

/** A phantom that lies straight: its axes are the patient's. */
export const straight = (centre: Vec3): Pose => ({
  centre,
  axes: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  moved: {},
});

/** Patient position of a place in the phantom. */
export const toPatientFrom = ({ centre, axes }: Pose, [x, y, z]: Vec3): Vec3 =>
  add(centre, add(scale(axes[0], x), add(scale(axes[1], y), scale(axes[2], z))));

/** The place in the phantom of a patient position. */
export function toPhantom({ centre, axes }: Pose, p: Vec3): Vec3 {
  const d = subtract(p, centre);
  return [dot(d, axes[0]), dot(d, axes[1]), dot(d, axes[2])];
}

/** The middle of an insert in the phantom, with what a hand moved it by. */
export const centreOf = (pose: Pose, { id, centre }: Insert): Vec3 =>
  Object.hasOwn(pose.moved, id) ? add(centre, pose.moved[id]!) : centre;

/** A vector turned about a unit axis by an angle in radians (Rodrigues). */
export function turnedVector(v: Vec3, axis: Vec3, angle: number): Vec3 {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return add(add(scale(v, c), scale(cross(axis, v), s)), scale(axis, dot(axis, v) * (1 - c)));
}

/** The phantom turned about one of its own axes, degrees; positive turns x towards y for axis 2. */
export function turned(pose: Pose, axis: 0 | 1 | 2, degrees: number): Pose {
  const about = pose.axes[axis];
  const angle = (degrees * Math.PI) / 180;
  const turn = (v: Vec3) => normalise(turnedVector(v, about, angle));
  return { ...pose, axes: [turn(pose.axes[0]), turn(pose.axes[1]), turn(pose.axes[2])] };
}

/** The phantom shifted along its own axes, mm. */
export const shifted = (pose: Pose, by: Vec3): Pose => ({ ...pose, centre: toPatientFrom(pose, by) });

/** One insert shifted along the phantom's axes, mm from where it stands now. */
export function insertMoved(pose: Pose, id: string, by: Vec3): Pose {
  const before = Object.hasOwn(pose.moved, id) ? pose.moved[id]! : ([0, 0, 0] as const);
  return { ...pose, moved: { ...pose.moved, [id]: add(before, by) } };
}

/** Axes from a direction of the phantom's z, its x as near as can be to a given direction. */
export function axesAlong(z: Vec3, near: Vec3): Pose['axes'] {
  const axis = normalise(z);
  const flat = subtract(near, scale(axis, dot(near, axis)));
  const x = normalise(dot(flat, flat) > 1e-12 ? flat : cross(axis, [axis[1], axis[2], axis[0]]));
  return [x, cross(axis, x), axis];
}
