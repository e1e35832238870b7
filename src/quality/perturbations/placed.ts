import type { Size3, Vec3 } from '../../core/geometry.ts';
import { oldPosition, type GridPlan, type Interpolant } from '../../imaging/resample/plan.ts';
import { prefilterReference } from '../../imaging/resample/reference.ts';

/** A turn in the plane of the slices and a shift; both move the grid, so image and mask move together. */
export interface Motion {
  /** Degrees, from the first axis to the second. */
  readonly rotation: number;
  /** Voxels along each axis. */
  readonly translation: Vec3;
}

/** Where the new grid lies among the voxels of a box: `from` and up to but without `to` on the lattice of the plan. */
export interface Lattice {
  readonly plan: GridPlan;
  readonly from: Vec3;
  readonly to: Vec3;
  /** Index in the whole image of the first voxel of the box. */
  readonly box: Vec3;
}

export interface Methods {
  readonly image: Interpolant;
  readonly mask: Interpolant;
  readonly mask_threshold: number;
}

/** Forgives the rounding of the weights when a mask value is compared with the threshold. */
const TIE = 1e-9;
/** Voxels that a cubic spline needs beyond each border, where the last one goes on. */
const PAD = 2;

/**
 * Image and mask on the grid that features are taken from, moved, in one interpolation: each new voxel is turned about `middle`
 * and shifted, and read from the old ones there. Voxels without a value do not count unless they have more than half of the
 * linear weight; beyond the border the last voxel goes on. A voxel is inside where the interpolated mask reaches the threshold.
 * @param middle voxel indices about which is turned @param ratio voxel edge along the second axis to that along the first
 */
export function placed(
  image: Float32Array | Float64Array,
  mask: Uint8Array,
  size: Size3,
  { plan, from, to, box }: Lattice,
  middle: Vec3,
  ratio: number,
  { rotation, translation }: Motion,
  methods: Methods,
): { image: Float64Array; mask: Uint8Array; size: Size3 } {
  const angle = (rotation * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const along = (a: 0 | 1 | 2) =>
    Float64Array.from({ length: to[a] - from[a] }, (_, i) => oldPosition(plan[a], from[a] + i) - box[a]);
  const [xs, ys, zs] = [along(0), along(1), along(2)];
  const plane = { u: new Float64Array(xs.length * ys.length), v: new Float64Array(xs.length * ys.length) };
  let at = 0;
  for (const y of ys) {
    for (const x of xs) {
      const [dx, dy] = [x - middle[0], y - middle[1]];
      plane.u[at] = middle[0] + cos * dx - sin * ratio * dy + translation[0];
      plane.v[at] = middle[1] + (sin / ratio) * dx + cos * dy + translation[1];
      at++;
    }
  }
  const w = zs.map((z) => z + translation[2]);
  const read = (values: Float64Array, method: Interpolant) => sampled(values, size, { ...plane, w }, method);

  const values = new Float64Array(image);
  const gaps = takeGaps(values);
  const out = read(values, methods.image);
  if (gaps) {
    const linear = methods.image === 'nearest' ? 'nearest' : 'linear';
    const missing = read(gaps, linear);
    // What is left of a linear neighbourhood counts alone; a spline was bridged.
    for (let i = 0; i < out.length; i++) {
      if (missing[i]! >= 0.5 + TIE) out[i] = NaN;
      else if (methods.image === 'linear') out[i] = out[i]! / (1 - missing[i]!);
    }
  }
  const inside = read(new Float64Array(mask), methods.mask);
  const least = methods.mask_threshold - TIE;
  const outMask = new Uint8Array(inside.length);
  for (let i = 0; i < inside.length; i++) if (inside[i]! >= least) outMask[i] = 1;
  return { image: out, mask: outMask, size: [xs.length, ys.length, zs.length] };
}

/** Puts 0 for voxels without a value and returns where they were; null when there are none. */
function takeGaps(values: Float64Array): Float64Array | null {
  let gaps: Float64Array | null = null;
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i]!)) continue;
    (gaps ??= new Float64Array(values.length))[i] = 1;
    values[i] = 0;
  }
  return gaps;
}

interface Places {
  /** Old x and y of each new voxel of a plane, and old z of each plane. */
  readonly u: Float64Array;
  readonly v: Float64Array;
  readonly w: Float64Array;
}

/** Old voxels and weights at each place of one axis. */
function taps(places: Float64Array, n: number, method: Interpolant) {
  const count = method === 'cubic' ? 4 : method === 'linear' ? 2 : 1;
  const index = new Int32Array(places.length * count);
  const weight = new Float64Array(places.length * count);
  for (let i = 0, at = 0; i < places.length; i++, at += count) {
    const place = places[i]!;
    if (method === 'cubic') {
      const x = Math.max(-1, Math.min(n, place));
      const base = Math.floor(x);
      const t = x - base;
      for (let k = 0; k < 4; k++) index[at + k] = Math.max(0, Math.min(n + 2 * PAD - 1, base - 1 + k + PAD));
      weight[at] = (1 - t) ** 3 / 6;
      weight[at + 1] = (4 - 6 * t * t + 3 * t ** 3) / 6;
      weight[at + 2] = (1 + 3 * t + 3 * t * t - 3 * t ** 3) / 6;
      weight[at + 3] = t ** 3 / 6;
      continue;
    }
    const x = Math.max(0, Math.min(n - 1, place));
    if (method === 'nearest') {
      index[at] = Math.min(n - 1, Math.floor(x + 0.5));
      weight[at] = 1;
      continue;
    }
    const base = Math.min(Math.floor(x), Math.max(0, n - 2));
    index[at] = base;
    index[at + 1] = Math.min(n - 1, base + 1);
    weight[at] = 1 - (x - base);
    weight[at + 1] = x - base;
  }
  return { count, index, weight };
}

/** Values at turned and shifted places. The turn lies in the plane, so that weights are shared by all planes. */
function sampled(values: Float64Array, size: Size3, { u, v, w }: Places, method: Interpolant): Float64Array {
  const [tx, ty, tz] = [taps(u, size[0], method), taps(v, size[1], method), taps(w, size[2], method)];
  const data = method === 'cubic' ? coefficients(values, size) : values;
  const wide = method === 'cubic' ? PAD : 0;
  const [nx, ny] = [size[0] + 2 * wide, size[1] + 2 * wide];
  const out = new Float64Array(u.length * w.length);
  if (method === 'linear') {
    linear(out, data, tx, ty, tz, [nx, ny]);
    return out;
  }
  const n = tx.count;
  for (let z = 0, at = 0; z < w.length; z++) {
    for (let p = 0; p < u.length; p++, at++) {
      let sum = 0;
      for (let k = 0; k < n; k++) {
        const wz = tz.weight[z * n + k]!;
        if (wz === 0) continue;
        const slab = tz.index[z * n + k]! * ny;
        for (let j = 0; j < n; j++) {
          const wy = wz * ty.weight[p * n + j]!;
          if (wy === 0) continue;
          const row = (slab + ty.index[p * n + j]!) * nx;
          let line = 0;
          for (let i = 0; i < n; i++) line += tx.weight[p * n + i]! * data[row + tx.index[p * n + i]!]!;
          sum += wy * line;
        }
      }
      out[at] = sum;
    }
  }
  return out;
}

type Taps = ReturnType<typeof taps>;

/** The sums of {@link sampled} for two voxels on each axis, written out. */
function linear(
  out: Float64Array,
  data: Float64Array,
  tx: Taps,
  ty: Taps,
  tz: Taps,
  [nx, ny]: readonly [number, number],
): void {
  const places = tx.index.length / 2;
  const [xs, ys, wx, wy] = [tx.index, ty.index, tx.weight, ty.weight];
  for (let z = 0, at = 0; 2 * z < tz.index.length; z++) {
    const [near, far] = [tz.index[2 * z]! * nx * ny, tz.index[2 * z + 1]! * nx * ny];
    const [a, b] = [tz.weight[2 * z]!, tz.weight[2 * z + 1]!];
    for (let p = 0; p < 2 * places; p += 2, at++) {
      const [x0, x1] = [xs[p]!, xs[p + 1]!];
      const [y0, y1] = [ys[p]! * nx, ys[p + 1]! * nx];
      const [u0, u1] = [wx[p]!, wx[p + 1]!];
      const [v0, v1] = [wy[p]!, wy[p + 1]!];
      const first =
        v0 * (u0 * data[near + y0 + x0]! + u1 * data[near + y0 + x1]!) +
        v1 * (u0 * data[near + y1 + x0]! + u1 * data[near + y1 + x1]!);
      const second =
        v0 * (u0 * data[far + y0 + x0]! + u1 * data[far + y0 + x1]!) +
        v1 * (u0 * data[far + y1 + x0]! + u1 * data[far + y1 + x1]!);
      out[at] = a * first + b * second;
    }
  }
}

/** Cubic B-spline coefficients of a box whose last voxels are repeated beyond its borders. */
function coefficients(values: Float64Array, [nx, ny, nz]: Size3): Float64Array {
  const [mx, my, mz] = [nx + 2 * PAD, ny + 2 * PAD, nz + 2 * PAD];
  const clamp = (i: number, n: number) => (i < 0 ? 0 : i >= n ? n - 1 : i);
  const out = new Float64Array(mx * my * mz);
  for (let z = 0, at = 0; z < mz; z++) {
    for (let y = 0; y < my; y++) {
      const row = nx * (clamp(y - PAD, ny) + ny * clamp(z - PAD, nz));
      for (let x = 0; x < mx; x++, at++) out[at] = values[row + clamp(x - PAD, nx)]!;
    }
  }
  prefilterReference(out, my * mz, mx, 1);
  prefilterReference(out, mz, my, mx);
  prefilterReference(out, 1, mz, mx * my);
  return out;
}
