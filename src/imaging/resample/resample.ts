import type { KernelModule } from '../../core/kernel-module.ts';
import type { Size3 } from '../../core/geometry.ts';
import type { VolumeData } from '../../core/volume.ts';
import {
  boxSize,
  isIdentity,
  oldPosition,
  tapsOf,
  type Box,
  type GridPlan,
  type Interpolant,
} from './plan.ts';
import type { Taps } from './plan.ts';
import { prefilterReference, resampleAxisReference } from './reference.ts';

/** Samples that a spline coefficient still feels: 0.268⁴⁰ is below the last bit of a double. */
const SPLINE_REACH = 40;
/** Arrays above this many bytes stay out of the Wasm memory, which never shrinks. */
const KERNEL_BYTES = 1 << 29;

/** An image or mask to take samples from; values are read through `get` so that masks need no copy. */
export interface SampleSource {
  readonly size: Size3;
  readonly data: VolumeData | Uint8Array;
  /** Round to whole numbers, half to even, as the samples are read. */
  readonly round: boolean;
}

/** The whole number nearest to x; halves go to the even one, so that rounding adds no bias. */
export function roundHalfEven(x: number): number {
  const r = Math.round(x);
  return r - x === 0.5 && r % 2 !== 0 ? r - 1 : r;
}

/**
 * Values of the new grid inside `box`, interpolated from the old grid, x fastest. The result does not depend on
 * the box: a crop holds the same numbers as the whole (for cubic splines to the last bits of a double).
 * Where an old voxel without value (NaN) would have a part in the linear neighbourhood, the new voxel is NaN.
 */
export function resampleBox(
  source: SampleSource,
  plan: GridPlan,
  box: Box,
  method: Interpolant,
  kernels: KernelModule | null,
): Float64Array {
  const crop = cropFor(plan, box, method);
  const { values, gaps } = readCrop(source, crop, plan, method);
  const out = interpolate(values, crop, plan, box, method, kernels);
  if (gaps === null) return out;
  const touched = interpolate(gaps, crop, plan, box, method === 'cubic' ? 'linear' : method, kernels);
  for (let i = 0; i < out.length; i++) if (touched[i]! > 1e-12) out[i] = NaN;
  return out;
}

/** The old voxels that a box of new voxels needs. Cubic: also beyond the image, where the border repeats. */
function cropFor(plan: GridPlan, box: Box, method: Interpolant): Box {
  const lo: [number, number, number] = [0, 0, 0];
  const hi: [number, number, number] = [0, 0, 0];
  for (const a of [0, 1, 2] as const) {
    const p = plan[a];
    if (isIdentity(p)) {
      lo[a] = box.lo[a];
      hi[a] = box.hi[a];
      continue;
    }
    const reach = method === 'cubic' ? 2 + SPLINE_REACH : 1;
    const beyond = method === 'cubic' ? 2 : 0;
    lo[a] = Math.max(-beyond, Math.floor(oldPosition(p, box.lo[a])) - reach);
    hi[a] = Math.min(p.oldSize + beyond, Math.floor(oldPosition(p, box.hi[a] - 1)) + reach + 1);
    lo[a] = Math.min(lo[a], p.oldSize - 1);
    hi[a] = Math.max(hi[a], lo[a] + 1);
  }
  return { lo, hi };
}

function readCrop(
  { size, data, round }: SampleSource,
  crop: Box,
  plan: GridPlan,
  method: Interpolant,
): { values: Float64Array; gaps: Float64Array | null } {
  const [nx, ny, nz] = boxSize(crop);
  const values = new Float64Array(nx * ny * nz);
  let gaps: Float64Array | null = null;
  const inside = crop.lo[0] >= 0 && crop.hi[0] <= size[0];
  const clamp = (i: number, n: number): number => (i < 0 ? 0 : i >= n ? n - 1 : i);
  for (let k = 0, at = 0; k < nz; k++) {
    const plane = clamp(crop.lo[2] + k, size[2]) * size[1];
    for (let j = 0; j < ny; j++) {
      const row = (plane + clamp(crop.lo[1] + j, size[1])) * size[0];
      if (inside && !round) {
        // The platform's own copy; a sum that is not finite gives a gap away.
        const part = data.subarray(row + crop.lo[0], row + crop.hi[0]);
        values.set(part, at);
        let sum = 0;
        for (let i = at; i < at + nx; i++) sum += values[i]!;
        if (Number.isFinite(sum)) {
          at += nx;
          continue;
        }
        values.fill(0, at, at + nx);
      }
      for (let i = 0; i < nx; i++, at++) {
        const v = data[row + clamp(crop.lo[0] + i, size[0])]!;
        if (Number.isFinite(v)) values[at] = round ? roundHalfEven(v) : v;
        else (gaps ??= new Float64Array(values.length))[at] = 1;
      }
    }
  }
  if (gaps === null) return { values, gaps };
  if (plan.every(isIdentity)) {
    for (let i = 0; i < values.length; i++) if (gaps[i] === 1) values[i] = NaN;
    return { values, gaps: null };
  }
  if (method === 'cubic') fillGaps(values, gaps, nx);
  return { values, gaps };
}

/** Gives gaps the last value before them in the row, so that a spline does not ring at them. */
function fillGaps(values: Float64Array, gaps: Float64Array, rowLength: number): void {
  let known = 0;
  for (let i = 0; i < values.length; i++) {
    if (gaps[i] === 0) known = values[i]!;
    else {
      if (i % rowLength === 0) {
        let j = i;
        while (j < i + rowLength && gaps[j] === 1) j++;
        if (j < i + rowLength) known = values[j]!;
      }
      values[i] = known;
    }
  }
}

function interpolate(
  values: Float64Array,
  crop: Box,
  plan: GridPlan,
  box: Box,
  method: Interpolant,
  kernels: KernelModule | null,
): Float64Array {
  let data = values;
  const size: [number, number, number] = [...boxSize(crop)];
  // The axis that shrinks most goes first, so that the later passes have less to do.
  const order = ([0, 1, 2] as const)
    .filter((a) => !isIdentity(plan[a]))
    .sort((a, b) => (box.hi[a] - box.lo[a]) / size[a]! - (box.hi[b] - box.lo[b]) / size[b]! || a - b);
  for (const a of order) {
    const outer = a === 0 ? size[1] * size[2] : a === 1 ? size[2] : 1;
    const inner = a === 0 ? 1 : a === 1 ? size[0] : size[0] * size[1];
    const taps = tapsOf(plan[a], box.lo[a], box.hi[a], method, crop.lo[a]);
    const axis = { outer, length: size[a], inner, spline: method === 'cubic' };
    const bytes = 8 * (data.length + outer * inner * (box.hi[a] - box.lo[a]));
    data =
      kernels !== null && bytes < KERNEL_BYTES
        ? byKernel(kernels, data, axis, taps)
        : byReference(data, axis, taps);
    size[a] = box.hi[a] - box.lo[a];
  }
  return data;
}

interface AxisShape {
  readonly outer: number;
  readonly length: number;
  readonly inner: number;
  readonly spline: boolean;
}

function byReference(
  data: Float64Array,
  { outer, length, inner, spline }: AxisShape,
  taps: Taps,
): Float64Array {
  if (spline) {
    data = data.slice();
    prefilterReference(data, outer, length, inner);
  }
  return resampleAxisReference(data, outer, length, inner, taps);
}

function byKernel(
  { arena, call }: KernelModule,
  data: Float64Array,
  { outer, length, inner, spline }: AxisShape,
  { count, index, weight }: Taps,
): Float64Array {
  const newLength = index.length / count;
  const total = outer * newLength * inner;
  arena.reset();
  const source = arena.alloc(data.byteLength);
  const out = arena.alloc(8 * total);
  const indices = arena.alloc(index.byteLength);
  const weights = arena.alloc(weight.byteLength);
  new Float64Array(arena.buffer, source, data.length).set(data);
  new Int32Array(arena.buffer, indices, index.length).set(index);
  new Float64Array(arena.buffer, weights, weight.length).set(weight);
  if (spline) call('resample_prefilter', source, outer, length, inner);
  call('resample_axis', source, out, outer, length, inner, newLength, count, indices, weights);
  return new Float64Array(arena.buffer, out, total).slice();
}
