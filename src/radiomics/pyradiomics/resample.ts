import type { Size3, Vec3 } from '../../core/geometry.ts';
import type { KernelModule } from '../../core/kernel-module.ts';
import {
  boxSize,
  isIdentity,
  oldPosition,
  type AxisPlan,
  type Box,
  type GridPlan,
  type Interpolant,
} from '../../imaging/resample/plan.ts';
import { resampleBox } from '../../imaging/resample/resample.ts';

/** Samples beyond which a cubic B-spline coefficient feels nothing in double precision, with its four taps. */
const SPLINE_REACH = 44;
/** Rounding noise of interpolated values, relative to the largest intensity, that must not cost a whole unit. */
const NOISE = 1e-12;

/** What values are cast to after interpolation. */
export type PixelType = 'whole' | 'float32' | 'float64';

export interface RegionBounds {
  readonly lo: Vec3;
  /** First voxel after the region on each axis. */
  readonly hi: Vec3;
}

/**
 * The grid of PyRadiomics (documentation of `resampleImage`): corners of the first voxels coincide, ⌈n·s_old/s_new⌉
 * voxels on each axis. An axis on which the region spans one voxel keeps its spacing, and so does one with spacing null.
 * When no spacing changes by more than 1e-5 of itself, nothing is resampled.
 */
export function cornerGrid(
  size: Size3,
  spacing: Vec3,
  wanted: readonly (number | null)[],
  { lo, hi }: RegionBounds,
): GridPlan {
  const asked = ([0, 1, 2] as const).map((a) =>
    hi[a] - lo[a] === 1 ? spacing[a] : (wanted[a] ?? spacing[a]),
  );
  const same = asked.every((next, a) => Math.abs(spacing[a]! - next) <= 1e-8 + 1e-5 * next);
  const axis = (a: 0 | 1 | 2): AxisPlan => {
    const old = spacing[a];
    const next = same ? old : asked[a]!;
    return {
      oldSize: size[a],
      newSize: same ? size[a] : Math.ceil(size[a] * (old / next)),
      oldSpacing: old,
      newSpacing: next,
      start: (0.5 * (next - old)) / old,
      step: next / old,
    };
  };
  return [axis(0), axis(1), axis(2)];
}

/** New voxels around the region, with half an old voxel to spare, inside the grid. */
export function boxOfRegion(plan: GridPlan, { lo, hi }: RegionBounds): Box {
  const low = [0, 0, 0] as [number, number, number];
  const high = [1, 1, 1] as [number, number, number];
  plan.forEach((p, a) => {
    low[a] = Math.max(0, Math.floor((lo[a]! - 0.5) / p.step) - 1);
    high[a] = Math.min(p.newSize, Math.ceil((hi[a]! - 0.5) / p.step) + 2);
  });
  return { lo: low, hi: high };
}

/**
 * Values on the new grid inside a box. The spline has mirrored borders (as in ITK). The original casts to the pixel type
 * of the file, whole numbers being cut towards zero; voxels whose centre lies outside the image are 0.
 */
export function resampledValues(
  source: { readonly size: Size3; readonly data: ArrayLike<number> },
  plan: GridPlan,
  box: Box,
  method: Interpolant,
  pixels: PixelType,
  kernels: KernelModule | null,
): Float64Array {
  const spline = method === 'cubic' && !plan.every(isIdentity);
  const { size, data, moved } = spline ? mirrored(source, plan, box) : { ...source, moved: plan };
  const values = resampleBox({ size, data, round: false }, moved, box, method, kernels);
  if (plan.every(isIdentity)) return values;
  if (pixels === 'whole') for (let i = 0; i < values.length; i++) values[i] = cut(values[i]!);
  if (pixels === 'float32') values.set(Float32Array.from(values));
  clearOutside(values, plan, box);
  return values;
}

/** Towards zero; what rounding noise has pushed just below a whole number is that number. */
function cut(x: number): number {
  const nearest = Math.round(x);
  return Math.abs(x - nearest) <= NOISE * Math.max(1, Math.abs(x)) ? nearest : Math.trunc(x);
}

/** The part of the source that a box needs, continued beyond the borders by mirroring about the outermost centres. */
function mirrored(
  { size, data }: { readonly size: Size3; readonly data: ArrayLike<number> },
  plan: GridPlan,
  box: Box,
): { size: Size3; data: Float64Array; moved: GridPlan } {
  const index = plan.map((p, a) => {
    if (isIdentity(p)) return Int32Array.from({ length: p.oldSize }, (_, i) => i);
    const first = Math.floor(oldPosition(p, box.lo[a]!)) - SPLINE_REACH;
    const last = Math.ceil(oldPosition(p, box.hi[a]! - 1)) + SPLINE_REACH;
    return Int32Array.from({ length: last - first + 1 }, (_, i) => reflected(first + i, p.oldSize));
  }) as [Int32Array, Int32Array, Int32Array];
  const moved = plan.map((p, a) => {
    if (isIdentity(p)) return p;
    const first = Math.floor(oldPosition(p, box.lo[a]!)) - SPLINE_REACH;
    return { ...p, oldSize: index[a]!.length, start: p.start - first };
  }) as [AxisPlan, AxisPlan, AxisPlan];
  const [xs, ys, zs] = index;
  const out = new Float64Array(xs.length * ys.length * zs.length);
  let at = 0;
  for (const z of zs) {
    for (const y of ys) {
      const row = size[0] * (y + size[1] * z);
      for (const x of xs) out[at++] = data[row + x]!;
    }
  }
  return { size: [xs.length, ys.length, zs.length], data: out, moved };
}

function reflected(i: number, n: number): number {
  if (n === 1) return 0;
  const period = 2 * n - 2;
  const k = ((i % period) + period) % period;
  return k < n ? k : period - k;
}

/** New voxels whose centre is not within half a voxel of the old ones hold no image. */
function clearOutside(values: Float64Array, plan: GridPlan, box: Box): void {
  const [nx, ny, nz] = boxSize(box);
  const outside = plan.map((p, a) =>
    Uint8Array.from({ length: box.hi[a]! - box.lo[a]! }, (_, i) => {
      const x = oldPosition(p, box.lo[a]! + i);
      return x >= -0.5 && x < p.oldSize - 0.5 ? 0 : 1;
    }),
  ) as [Uint8Array, Uint8Array, Uint8Array];
  for (let z = 0, at = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++, at++) {
        if (outside[0][x]! | outside[1][y]! | outside[2][z]!) values[at] = 0;
      }
    }
  }
}
