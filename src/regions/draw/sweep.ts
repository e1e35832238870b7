import { dot, type Affine, type Vec3 } from '../../core/geometry.ts';
import { reaches } from '../metric.ts';
import type { Axis } from './paint.ts';

/** Voxels whose centre lies this much of a voxel beyond the edge still count: what rounding of mm costs. */
const EDGE = 1e-6;

/**
 * Meets the voxels whose centre lies within `radius` mm of the straight path from `a` to `b` (a ball or, in a plane, a
 * disc that is swept along), row by row. Points are voxel coordinates, fractional. Distances are those of patient space,
 * by the metric of the steps of the grid, so that a disc is round on anisotropic, oblique and tilted grids alike.
 * Voxels that the path itself runs through are met however small the radius is.
 *
 * The swept set is convex, so each row meets it in one run: that of the disc at `a`, of the disc at `b`, and of the strip
 * between them, whose ends are roots of quadratic equations.
 * @param normal axis across the plane to stay in (the slice is that of `a`, rounded); null: in space.
 */
export function sweep(
  affine: Affine,
  normal: Axis | null,
  a: Vec3,
  b: Vec3,
  radius: number,
  meet: (x: number, y: number, z: number, axis: Axis, count: number) => void,
): void {
  const axes: readonly Axis[] = ([0, 1, 2] as const).filter((axis) => axis !== normal);
  const row = axes[0];
  const at: [number, number, number] = [0, 0, 0];
  if (normal !== null) at[normal] = Math.round(a[normal]);
  const path = rowsOf(affine, axes, a, b, radius);
  const [, second, third] = axes;
  const emit = (): void => {
    const run = path.run(at[second], third === undefined ? 0 : at[third]);
    if (run === null) return;
    at[row] = run[0];
    meet(at[0], at[1], at[2], row, run[1] - run[0] + 1);
  };
  const [low, high] = [path.low, path.high];
  for (at[second] = low[1]; at[second] <= high[1]; at[second]++) {
    if (third === undefined) emit();
    else for (at[third] = low[2]; at[third] <= high[2]; at[third]++) emit();
  }
  alongPath(axes, a, b, (p) => {
    axes.forEach((axis, n) => (at[axis] = p[n]));
    meet(at[0], at[1], at[2], row, 1);
  });
}

/** The voxels nearest to points of the path, half a voxel apart. */
function alongPath(axes: readonly Axis[], a: Vec3, b: Vec3, meet: (p: readonly number[]) => void): void {
  const longest = Math.max(...axes.map((axis) => Math.abs(b[axis] - a[axis])));
  const steps = Math.max(1, Math.ceil(2 * longest));
  for (let n = 0; n <= steps; n++) {
    meet(axes.map((axis) => Math.round(a[axis] + (n / steps) * (b[axis] - a[axis]))));
  }
}

interface SweptRows {
  /** First and last index along each of the axes that the swept set can reach. */
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** First and last voxel of the row at these indices of the other axes. */
  run(second: number, third: number): readonly [number, number] | null;
}

function rowsOf(affine: Affine, axes: readonly Axis[], a: Vec3, b: Vec3, radius: number): SweptRows {
  const g = axes.map((p) => axes.map((q) => dot(affine.matrix[p], affine.matrix[q])));
  const from = axes.map((axis) => a[axis]);
  const along = axes.map((axis) => b[axis] - a[axis]);
  const lowered = along.map((_, p) => along.reduce((sum, d, q) => sum + g[p][q] * d, 0));
  const square = along.reduce((sum, d, p) => sum + d * lowered[p], 0);
  const r2 = radius * radius;
  const reach = reaches(g).map((unit) => radius * unit + EDGE);
  const low = from.map((v, n) => Math.ceil(Math.min(v, v + along[n]) - reach[n]));
  const high = from.map((v, n) => Math.floor(Math.max(v, v + along[n]) + reach[n]));
  const flat = axes.length === 2;

  /** Roots of a disc around the point `share` of the way along. */
  const disc = (w1: number, w2: number): readonly [number, number] | null => {
    const half = g[0][1] * w1 + (flat ? 0 : g[0][2] * w2);
    const rest = g[1][1] * w1 * w1 + (flat ? 0 : 2 * g[1][2] * w1 * w2 + g[2][2] * w2 * w2);
    return between(g[0][0], half, rest - r2);
  };

  return {
    low,
    high,
    run(second, third) {
      const w1 = second - from[1];
      const w2 = flat ? 0 : third - from[2];
      let ends = disc(w1, w2);
      if (square > 0) {
        const far = disc(w1 - along[1], w2 - (along[2] ?? 0));
        if (far) ends = union(ends, [far[0] + along[0], far[1] + along[0]]);
        ends = union(ends, strip(w1, w2));
      }
      if (ends === null) return null;
      const first = Math.ceil(from[0] + ends[0] - EDGE);
      const last = Math.floor(from[0] + ends[1] + EDGE);
      return first <= last ? [first, last] : null;
    },
  };

  /** Where the row is within the radius of the straight line, and beside the path, not before or after it. */
  function strip(w1: number, w2: number): readonly [number, number] | null {
    const half = g[0][1] * w1 + (flat ? 0 : g[0][2] * w2);
    const rest = g[1][1] * w1 * w1 + (flat ? 0 : 2 * g[1][2] * w1 * w2 + g[2][2] * w2 * w2);
    const across = lowered[1] * w1 + (flat ? 0 : lowered[2] * w2);
    const slope = lowered[0];
    const near = between(
      g[0][0] - (slope * slope) / square,
      half - (slope * across) / square,
      rest - (across * across) / square - r2,
    );
    if (near === null) return null;
    if (Math.abs(slope) < 1e-12 * square) return across >= 0 && across <= square ? near : null;
    const ends = [-across / slope, (square - across) / slope];
    const [start, stop] = [Math.max(near[0], Math.min(...ends)), Math.min(near[1], Math.max(...ends))];
    return start <= stop ? [start, stop] : null;
  }
}

/** Where a·x² + 2·half·x + c ≤ 0, for a ≥ 0. */
function between(a: number, half: number, c: number): readonly [number, number] | null {
  if (a < 1e-12) return c <= 1e-12 ? [-Infinity, Infinity] : null;
  const under = half * half - a * c;
  if (under < 0) return null;
  const root = Math.sqrt(under);
  return [(-half - root) / a, (-half + root) / a];
}

function union(
  a: readonly [number, number] | null,
  b: readonly [number, number] | null,
): readonly [number, number] | null {
  if (a === null || b === null) return a ?? b;
  return [Math.min(a[0], b[0]), Math.max(a[1], b[1])];
}
