import type { Vec3 } from '../../core/geometry.ts';
import { toPatientFrom, type Pose } from './pose.ts';

/**
 * Length of the phantom through its middle along one of its axes, mm: between the places where the image falls to half of
 * the way from the value inside to the value outside, each found by a straight line between samples 0.25 mm apart.
 * Null where an end is not in the image.
 *
 * @param half half the length that is expected, mm @param off where the line passes, mm from the middle
 */
export function extentAlong(
  read: (p: Vec3) => number,
  pose: Pose,
  axis: 0 | 1 | 2,
  half: number,
  off: Vec3 = [0, 0, 0],
): number | null {
  const at = (t: number) =>
    read(toPatientFrom(pose, [0, 1, 2].map((a) => off[a]! + (a === axis ? t : 0)) as unknown as Vec3));
  const ends = [-1, 1].map((side) => {
    const inside = mean([0.7, 0.75, 0.8].map((s) => at(side * s * half)));
    const outside = mean([6, 7, 8].map((mm) => at(side * (half + mm))));
    if (!Number.isFinite(inside) || !Number.isFinite(outside) || inside === outside) return null;
    const level = (inside + outside) / 2;
    const step = 0.25;
    for (let t = 0.8 * half; t < half + 8; t += step) {
      const [a, b] = [at(side * t) - level, at(side * (t + step)) - level];
      if (a * (inside - level) > 0 && b * (inside - level) <= 0) return t + (step * a) / (a - b);
    }
    return null;
  });
  return ends[0] === null || ends[1] === null ? null : ends[0]! + ends[1]!;
}

const mean = (values: readonly number[]): number => values.reduce((s, v) => s + v, 0) / values.length;
