import type { Size3, Vec3 } from '../../core/geometry.ts';

export type Interpolant = 'nearest' | 'linear' | 'cubic';

/** Where the new voxels of one axis lie among the old ones. */
export interface AxisPlan {
  readonly oldSize: number;
  readonly newSize: number;
  readonly oldSpacing: number;
  readonly newSpacing: number;
  /** Position of new voxel 0, in old voxel indices. */
  readonly start: number;
  /** Old voxels from one new voxel to the next. */
  readonly step: number;
}

export type GridPlan = readonly [AxisPlan, AxisPlan, AxisPlan];

/** A part of a lattice: from `lo` up to but without `hi`, on each axis. */
export interface Box {
  readonly lo: Vec3;
  readonly hi: Vec3;
}

// Decimal strings and float32 headers blur a spacing by up to 1e-6 relative, which must not add a voxel.
const SLACK = 1e-3;

/**
 * The IBSI interpolation grid (3WE3, "align grid centres"): ⌈n·s_old/s_new⌉ voxels an axis, both grids having the
 * same centre. A null spacing keeps that axis.
 * @throws RangeError for a new spacing that is not a positive finite number.
 */
export function planGrid(size: Size3, spacing: Vec3, wanted: readonly (number | null)[]): GridPlan {
  const axis = (a: 0 | 1 | 2): AxisPlan => {
    const old = decimalOf(spacing[a]);
    const next = wanted[a] ?? old;
    if (!(next > 0) || !Number.isFinite(next)) throw new RangeError(`spacing ${next} mm`);
    const same = Math.abs(next - old) <= 1e-9 * old;
    const newSize = same ? size[a] : Math.max(1, Math.ceil((size[a] * old) / next - SLACK));
    const step = same ? 1 : next / old;
    return {
      oldSize: size[a],
      newSize,
      oldSpacing: old,
      newSpacing: same ? old : next,
      start: same ? 0 : (size[a] - 1) / 2 - ((newSize - 1) / 2) * step,
      step,
    };
  };
  return [axis(0), axis(1), axis(2)];
}

/**
 * The short decimal that a spacing stands for: 0.7 of a header in single precision is 0.699999988, and ties of a mask
 * at its threshold would fall by that noise. Spacings that are no short decimal stay as they are.
 */
export function decimalOf(spacing: number): number {
  const short = Number(spacing.toPrecision(6));
  return Math.abs(short - spacing) <= 2e-7 * spacing ? short : spacing;
}

export const isIdentity = (p: AxisPlan): boolean => p.step === 1 && p.start === 0 && p.newSize === p.oldSize;

/** Position of new voxel `i` among the old voxels; rounding noise around whole positions is removed. */
export function oldPosition(p: AxisPlan, i: number): number {
  const x = p.start + i * p.step;
  const whole = Math.round(x);
  return Math.abs(x - whole) < 1e-9 ? whole : x;
}

export const boxSize = (b: Box): Size3 => [b.hi[0] - b.lo[0], b.hi[1] - b.lo[1], b.hi[2] - b.lo[2]];

/** For each new voxel of a range: which source samples it takes (relative to `from`), and their weights. */
export interface Taps {
  readonly count: number;
  readonly index: Int32Array;
  readonly weight: Float64Array;
}

/**
 * Interpolation weights of new voxels `lo ≤ i < hi`. Linear: 1−t and t. Cubic: the four values of the cubic B-spline.
 * Samples beyond the image repeat the border voxel (nearest extrapolation); a cubic source must bring the two
 * samples beyond each border itself, since its coefficients are not the samples.
 */
export function tapsOf(p: AxisPlan, lo: number, hi: number, method: Interpolant, from: number): Taps {
  const count = method === 'cubic' ? 4 : method === 'linear' ? 2 : 1;
  const index = new Int32Array((hi - lo) * count);
  const weight = new Float64Array((hi - lo) * count);
  const inside = (i: number): number => Math.min(p.oldSize - 1, Math.max(0, i)) - from;
  for (let i = lo; i < hi; i++) {
    const x = oldPosition(p, i);
    const at = (i - lo) * count;
    if (method === 'nearest') {
      index[at] = inside(Math.floor(x + 0.5));
      weight[at] = 1;
      continue;
    }
    const base = Math.floor(x);
    const t = x - base;
    if (method === 'linear') {
      index[at] = inside(base);
      index[at + 1] = t === 0 ? index[at]! : inside(base + 1);
      weight[at] = 1 - t;
      weight[at + 1] = t;
      continue;
    }
    for (let k = 0; k < 4; k++) index[at + k] = base - 1 + k - from;
    weight[at] = (1 - t) ** 3 / 6;
    weight[at + 1] = (4 - 6 * t * t + 3 * t ** 3) / 6;
    weight[at + 2] = (1 + 3 * t + 3 * t * t - 3 * t ** 3) / 6;
    weight[at + 3] = t ** 3 / 6;
  }
  return { count, index, weight };
}
