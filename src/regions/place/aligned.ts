import { determinant, toPatient, toVoxel, voxelCount, type Grid, type Vec3 } from '../../core/geometry.ts';

/** How far, in voxels, centres may lie apart that are called the same: what float32 transforms lose, and no more. */
const TOLERANCE = 1e-2;

type Axis = 0 | 1 | 2;

/** Voxels of one grid are voxels of another: index along source axis `a` runs along target axis `axes[a]`. */
export interface Alignment {
  readonly offset: Vec3;
  readonly axes: readonly [Axis, Axis, Axis];
  readonly signs: Vec3;
}

/**
 * Do the voxels of `part` coincide with voxels of `whole`? Axes may be swapped or run backwards, as they do when a
 * label map was written in another orientation, and `part` may cover some slices only or reach beyond `whole`.
 */
export function alignment(part: Grid, whole: Grid): Alignment | undefined {
  const volume = determinant(part.affine);
  if (!Number.isFinite(volume) || volume === 0) return undefined;
  const voxel = toVoxel(whole.affine);
  const offset = voxel(part.affine.origin).map(Math.round) as unknown as Vec3;
  const axes: Axis[] = [];
  const signs: number[] = [];
  const beyond: number[][] = [];
  const start = voxel(toPatient(part.affine, 0, 0, 0));
  for (let a = 0; a < 3; a++) {
    const along = voxel(toPatient(part.affine, a === 0 ? 1 : 0, a === 1 ? 1 : 0, a === 2 ? 1 : 0));
    if (part.size[a] === 1) {
      beyond[a] = along.map((v, b) => v - start[b]);
      continue;
    }
    const step = along.map((v, b) => Math.round(v - start[b]));
    const axis = step.findIndex((s) => Math.abs(s) === 1);
    if (axis < 0 || step.some((s, b) => b !== axis && s !== 0) || axes.includes(axis as Axis))
      return undefined;
    axes[a] = axis as Axis;
    signs[a] = step[axis];
  }
  for (let a = 0; a < 3; a++) {
    if (part.size[a] > 1) continue;
    // One voxel along an axis: it need only be as thick as the others; which way it leans tells nothing.
    const free = ([0, 1, 2] as const).filter((axis) => !axes.includes(axis));
    const axis = free.find((f) => Math.abs(Math.abs(beyond[a][f]) - 1) <= TOLERANCE);
    if (axis === undefined) return undefined;
    axes[a] = axis;
    signs[a] = Math.sign(beyond[a][axis]);
  }
  const found: Alignment = {
    offset,
    axes: axes as unknown as Alignment['axes'],
    signs: signs as unknown as Vec3,
  };
  return isExact(part, voxel, found) ? found : undefined;
}

function isExact(part: Grid, voxel: (p: Vec3) => Vec3, { offset, axes, signs }: Alignment): boolean {
  for (let corner = 0; corner < 8; corner++) {
    const at = [0, 1, 2].map((a) => (corner & (1 << a) ? part.size[a] - 1 : 0));
    const real = voxel(toPatient(part.affine, at[0], at[1], at[2]));
    const whole = [...offset];
    at.forEach((index, a) => (whole[axes[a]] += signs[a] * index));
    if (!real.every((v, b) => Math.abs(v - whole[b]) <= TOLERANCE)) return false;
  }
  return true;
}

/** Carries voxels over to the grid they coincide with. `outside`: how many set voxels lie beyond it. */
export function carriedOver(
  data: Uint8Array,
  from: Grid,
  to: Grid,
  { offset, axes, signs }: Alignment,
): { data: Uint8Array; outside: number } {
  const out = new Uint8Array(voxelCount(to.size));
  const strides = [1, to.size[0], to.size[0] * to.size[1]];
  const [nx, ny, nz] = from.size;
  const at: [number, number, number] = [0, 0, 0];
  let outside = 0;
  for (let k = 0, p = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      for (let i = 0; i < nx; i++, p++) {
        if (data[p] === 0) continue;
        at[axes[0]] = offset[axes[0]] + signs[0] * i;
        at[axes[1]] = offset[axes[1]] + signs[1] * j;
        at[axes[2]] = offset[axes[2]] + signs[2] * k;
        const within =
          at[0] >= 0 &&
          at[1] >= 0 &&
          at[2] >= 0 &&
          at[0] < to.size[0] &&
          at[1] < to.size[1] &&
          at[2] < to.size[2];
        if (within) out[at[0] + at[1] * strides[1] + at[2] * strides[2]] = 1;
        else outside++;
      }
    }
  }
  return { data: out, outside };
}
