import type { Grid, Size3, Vec3 } from '../../core/geometry.ts';
import { boxSize, type Box, type GridPlan } from '../../imaging/resample/plan.ts';

export interface RegionBounds {
  readonly lo: Vec3;
  /** First voxel after the region on each axis. */
  readonly hi: Vec3;
}

/** Voxels that the original keeps around the region (`padDistance`); beyond this last bit they change no value. */
const PAD = 5;

/** Position of every new voxel of a box on each axis, in old voxel indices. */
export type Positions = readonly [Float64Array, Float64Array, Float64Array];

/**
 * Positions with the rounding errors of the original, which decide where a result lies exactly between two numbers:
 * through millimetres and back by the reciprocal spacing, and along x in equal parts of the row of its cropped grid.
 * Exact for axes along those of the patient; others differ in the last bits.
 */
export function samplePositions(grid: Grid, plan: GridPlan, box: Box, { lo, hi }: RegionBounds): Positions {
  const [x, y, z] = plan.map((p, a) => {
    const [origin, step] = axisInSpace(grid, a as 0 | 1 | 2, p.oldSpacing);
    const ratio = p.oldSpacing / p.newSpacing;
    const first = Math.max(0, Math.floor((lo[a]! - 0.5) * ratio - PAD));
    const last = Math.min(Math.ceil(p.oldSize * ratio) - 1, Math.ceil((hi[a]! - 0.5) * ratio + PAD));
    const start = origin + step * ((0.5 * (p.newSpacing - p.oldSpacing)) / p.oldSpacing + first / ratio);
    const newStep = Math.sign(step) * p.newSpacing;
    const inverse = 1 / step;
    const at = (i: number): number => (start + i * newStep - origin) * inverse;
    const count = last - first + 1;
    const [from, to] = [at(0), at(count)];
    return Float64Array.from({ length: box.hi[a]! - box.lo[a]! }, (_, k) => {
      const i = box.lo[a]! + k - first;
      return a === 0 ? from + (to - from) * (i / count) : at(i);
    });
  }) as [Float64Array, Float64Array, Float64Array];
  return [x, y, z];
}

/** Origin and signed step along one axis of the image, mm, in the patient's coordinate when it follows one. */
function axisInSpace({ affine }: Grid, a: 0 | 1 | 2, spacing: number): [origin: number, step: number] {
  const column = affine.matrix[a];
  const along = ([0, 1, 2] as const).filter((r) => column[r] !== 0);
  if (along.length !== 1) return [0, spacing];
  const [r] = along as [0 | 1 | 2];
  return [affine.origin[r], Math.sign(column[r]) * spacing];
}

/** Values of the voxels nearest to the positions; a position in the middle takes the higher index. */
export function nearestAt(
  { size, data }: { readonly size: Size3; readonly data: ArrayLike<number> },
  positions: Positions,
): Float64Array {
  const [xs, ys, zs] = positions.map((p, a) =>
    Int32Array.from(p, (x) => Math.min(size[a]! - 1, Math.max(0, Math.floor(x + 0.5)))),
  ) as [Int32Array, Int32Array, Int32Array];
  const out = new Float64Array(xs.length * ys.length * zs.length);
  let at = 0;
  for (const z of zs) {
    for (const y of ys) {
      const row = size[0] * (y + size[1] * z);
      for (const x of xs) out[at++] = data[row + x]!;
    }
  }
  return out;
}

/** Linear interpolation as a + (b − a)·t, along x, then y, then z; beyond the outermost centres their values go on. */
export function linearAt(
  { size, data }: { readonly size: Size3; readonly data: ArrayLike<number> },
  positions: Positions,
): Float64Array {
  const axes = positions.map((p, a) => ({
    low: Int32Array.from(p, (x) => Math.min(size[a]! - 1, Math.max(0, Math.floor(x)))),
    high: Int32Array.from(p, (x) => Math.min(size[a]! - 1, Math.max(0, Math.floor(x) + 1))),
    t: p.map((x) => x - Math.floor(x)),
  }));
  const [x, y, z] = axes as [(typeof axes)[0], (typeof axes)[0], (typeof axes)[0]];
  const between = (a: number, b: number, t: number): number => (t === 0 ? a : a + (b - a) * t);
  const [nx, ny, nz] = positions.map((p) => p.length) as [number, number, number];
  const out = new Float64Array(nx * ny * nz);
  let at = 0;
  for (let k = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      const rows = [z.low[k]!, z.high[k]!].flatMap((plane) =>
        [y.low[j]!, y.high[j]!].map((row) => size[0] * (row + size[1] * plane)),
      ) as [number, number, number, number];
      for (let i = 0; i < nx; i++) {
        const [a, b, t] = [x.low[i]!, x.high[i]!, x.t[i]!];
        const [r0, r1, r2, r3] = rows;
        const front = between(
          between(data[r0 + a]!, data[r0 + b]!, t),
          between(data[r1 + a]!, data[r1 + b]!, t),
          y.t[j]!,
        );
        const back = between(
          between(data[r2 + a]!, data[r2 + b]!, t),
          between(data[r3 + a]!, data[r3 + b]!, t),
          y.t[j]!,
        );
        out[at++] = between(front, back, z.t[k]!);
      }
    }
  }
  return out;
}

/** New voxels whose centre is not within half a voxel of the old ones hold no image: 0. */
export function clearOutside(values: Float64Array, positions: Positions, size: Size3, box: Box): void {
  const [nx, ny, nz] = boxSize(box);
  const outside = positions.map((p, a) =>
    Uint8Array.from(p, (x) => (x >= -0.5 && x < size[a]! - 0.5 ? 0 : 1)),
  ) as [Uint8Array, Uint8Array, Uint8Array];
  for (let z = 0, at = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++, at++) {
        if (outside[0][x]! | outside[1][y]! | outside[2][z]!) values[at] = 0;
      }
    }
  }
}
