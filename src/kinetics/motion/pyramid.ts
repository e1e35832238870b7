import {
  cross,
  dot,
  length,
  scale,
  subtract,
  type Grid,
  type Size3,
  type Vec3,
} from '../../core/geometry.ts';
import type { VolumeData } from '../../core/volume.ts';
import { toLocal, type LocalFrame, type Matrix3 } from './rigid.ts';

/** Where the voxels of one level lie: local position = step·index + origin, mm, and back. */
export interface Lattice {
  readonly size: Size3;
  readonly step: Matrix3;
  readonly origin: Vec3;
  readonly toIndex: Matrix3;
  /** Shorter edge of a voxel in the plane, mm. */
  readonly pixel: number;
}

/** Halvings along the three axes, for each level from finest to coarsest. */
export interface PyramidPlan {
  readonly lattices: readonly Lattice[];
  readonly halvings: readonly (readonly [boolean, boolean, boolean])[];
}

/** No level has fewer pixels along an edge in the plane. */
const SMALLEST_EDGE = 24;
const MOST_LEVELS = 3;
/** Volumes beyond this are measured on their first halving: the memory and time of the finest level buy little. */
const MOST_VOXELS = 4e6;

/** Levels of a grid: each halves rows and columns, and slices once they are no further apart than the new pixels. */
export function pyramidPlan(grid: Grid, frame: LocalFrame): PyramidPlan {
  const steps = grid.affine.matrix.map((m) => toLocal(frame, m));
  const first = latticeOf(grid.size, steps, toLocal(frame, subtract(grid.affine.origin, frame.centre)));
  const all = [first];
  const halvings: [boolean, boolean, boolean][] = [];
  while (all.length <= MOST_LEVELS) {
    const last = all[all.length - 1];
    const [x, y, z] = columnsOf(last.step);
    if (Math.min(last.size[0], last.size[1]) < 2 * SMALLEST_EDGE) break;
    const slices = last.size[2] >= 16 && length(z) < 1.5 * last.pixel;
    const half = [true, true, slices] as [boolean, boolean, boolean];
    const size = last.size.map((n, a) => (half[a] ? Math.floor(n / 2) : n)) as unknown as Size3;
    const next = [x, y, z].map((s, a) => scale(s, half[a] ? 2 : 1));
    // The first voxel of the new level lies between the first two of the old.
    const origin = [x, y, z].reduce<Vec3>(
      (o, s, a) => (half[a] ? [o[0] + s[0] / 2, o[1] + s[1] / 2, o[2] + s[2] / 2] : o),
      last.origin,
    );
    all.push(latticeOf(size, next, origin));
    halvings.push(half);
  }
  const large = grid.size[0] * grid.size[1] * grid.size[2] > MOST_VOXELS;
  const used = large && all.length > 1 ? all : all.slice(0, MOST_LEVELS);
  return { lattices: used, halvings: halvings.slice(0, used.length - 1) };
}

/** Is the finest level of this plan left out of measuring? */
export const skipsFinest = ({ lattices }: PyramidPlan): boolean =>
  lattices.length > 1 && lattices[0].size[0] * lattices[0].size[1] * lattices[0].size[2] > MOST_VOXELS;

const columnsOf = (m: Matrix3): [Vec3, Vec3, Vec3] => [
  [m[0], m[3], m[6]],
  [m[1], m[4], m[7]],
  [m[2], m[5], m[8]],
];

function latticeOf(size: Size3, [x, y, z]: readonly Vec3[], origin: Vec3): Lattice {
  const det = dot(x, cross(y, z));
  const [a, b, c] = [cross(y, z), cross(z, x), cross(x, y)].map((v) => scale(v, 1 / det));
  return {
    size,
    step: [x[0], y[0], z[0], x[1], y[1], z[1], x[2], y[2], z[2]],
    origin,
    toIndex: [...a, ...b, ...c] as unknown as Matrix3,
    pixel: Math.min(length(x), length(y)),
  };
}

/** Volumes of every level, finest first, smoothed by one voxel each; values that are no numbers count as 0. */
export function pyramidOf(data: VolumeData, plan: PyramidPlan): Float32Array[] {
  let level: Float32Array = Float32Array.from(data);
  for (let at = 0; at < level.length; at++) if (!Number.isFinite(level[at])) level[at] = 0;
  const skips = skipsFinest(plan);
  const out: Float32Array[] = [];
  for (const [n, { size }] of plan.lattices.entries()) {
    const coarser =
      n < plan.halvings.length ? halved(level, size, plan.halvings[n], plan.lattices[n + 1].size) : level;
    out.push(n === 0 && skips ? level : smoothed(level, size));
    level = coarser;
  }
  return out;
}

function halved(
  data: Float32Array,
  [nx, ny]: Size3,
  half: readonly [boolean, boolean, boolean],
  [mx, my, mz]: Size3,
): Float32Array {
  const out = new Float32Array(mx * my * mz);
  const slices = half[2] ? 2 : 1;
  const share = 1 / (4 * slices);
  for (let k = 0, at = 0; k < mz; k++)
    for (let j = 0; j < my; j++)
      for (let i = 0; i < mx; i++, at++) {
        let sum = 0;
        for (let s = 0; s < slices; s++) {
          const from = 2 * i + nx * (2 * j + ny * (slices * k + s));
          sum += data[from] + data[from + 1] + data[from + nx] + data[from + nx + 1];
        }
        out[at] = sum * share;
      }
  return out;
}

/** Binomial smoothing: 1 4 6 4 1 along rows and columns, 1 2 1 across slices; edges repeat. */
function smoothed(data: Float32Array, [nx, ny, nz]: Size3): Float32Array {
  const a = new Float32Array(data.length);
  const b = new Float32Array(data.length);
  for (let row = 0; row < data.length; row += nx) {
    for (let i = 0; i < nx; i++) {
      const l = row + Math.max(0, i - 1);
      const ll = row + Math.max(0, i - 2);
      const r = row + Math.min(nx - 1, i + 1);
      const rr = row + Math.min(nx - 1, i + 2);
      a[row + i] = (data[ll] + data[rr] + 4 * (data[l] + data[r]) + 6 * data[row + i]) / 16;
    }
  }
  const plane = nx * ny;
  for (let k = 0; k < nz; k++)
    for (let j = 0; j < ny; j++) {
      const row = (jj: number) => k * plane + nx * Math.min(ny - 1, Math.max(0, jj));
      const [u, l, c, r, d] = [row(j - 2), row(j - 1), row(j), row(j + 1), row(j + 2)];
      for (let i = 0; i < nx; i++)
        b[c + i] = (a[u + i] + a[d + i] + 4 * (a[l + i] + a[r + i]) + 6 * a[c + i]) / 16;
    }
  if (nz < 2) return b;
  for (let k = 0; k < nz; k++) {
    const c = k * plane;
    const l = Math.max(0, k - 1) * plane;
    const r = Math.min(nz - 1, k + 1) * plane;
    for (let i = 0; i < plane; i++) a[c + i] = (b[l + i] + 2 * b[c + i] + b[r + i]) / 4;
  }
  return a;
}
