import type { Grid, Size3, Vec3 } from '../../core/geometry.ts';
import type { KernelModule } from '../../core/kernel-module.ts';
import {
  isIdentity,
  oldPosition,
  type AxisPlan,
  type Box,
  type GridPlan,
  type Interpolant,
} from '../../imaging/resample/plan.ts';
import { resampleBox, type SampleSource } from '../../imaging/resample/resample.ts';
import { clearOutside, linearAt, nearestAt, samplePositions, type RegionBounds } from './sample-positions.ts';

/** Samples beyond which a cubic B-spline coefficient feels nothing in double precision, with its four taps. */
const SPLINE_REACH = 44;
/** Rounding noise of interpolated values, relative to the largest intensity, that must not cost a whole unit. */
const NOISE = 1e-12;

/** What values are cast to after interpolation. */
export type PixelType = 'whole' | 'float32' | 'float64';

/** Where new voxels lie. */
export interface Resampling {
  readonly grid: Grid;
  readonly plan: GridPlan;
  readonly box: Box;
  readonly bounds: RegionBounds;
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
  source: Pick<SampleSource, 'size' | 'data'>,
  { grid, plan, box, bounds }: Resampling,
  method: Interpolant,
  pixels: PixelType,
  kernels: KernelModule | null,
): Float64Array {
  if (plan.every(isIdentity)) {
    return resampleBox({ ...source, round: false }, plan, box, 'nearest', kernels);
  }
  const positions = samplePositions(grid, plan, box, bounds);
  let values: Float64Array;
  if (method === 'cubic') {
    const { size, data, moved } = mirrored(source, plan, box);
    values = resampleBox({ size, data, round: false }, moved, box, method, kernels);
    if (pixels === 'whole') values = values.map(withoutNoise);
  } else values = method === 'linear' ? linearAt(source, positions) : nearestAt(source, positions);
  if (pixels === 'whole') values = values.map(Math.trunc);
  if (pixels === 'float32') values.set(Float32Array.from(values));
  clearOutside(values, positions, source.size, box);
  return values;
}

/** What rounding noise has pushed just beside a whole number is that number. */
function withoutNoise(x: number): number {
  const nearest = Math.round(x);
  return Math.abs(x - nearest) <= NOISE * Math.max(1, Math.abs(x)) ? nearest : x;
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
