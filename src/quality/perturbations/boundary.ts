import type { Affine, Size3, Vec3 } from '../../core/geometry.ts';
import type { KernelModule } from '../../core/kernel-module.ts';
import type { Random } from '../../core/random.ts';
import { extentOf } from '../../imaging/diagnostics.ts';
import { squaredDistances } from '../../regions/morphology/distance.ts';
import { gaussianField } from '../phantoms/gaussian-field.ts';

/** Length along the contour over which its shifts go together, mm: σ of the filter of the random field. */
const CORRELATION = 5;
/** Voxel edge on which that field is drawn, mm; between, it is interpolated, which takes up to 3 % of its deviation. */
const FIELD_STEP = 2;

/** Region in a box. */
export interface BoxedMask {
  readonly mask: Uint8Array;
  readonly size: Size3;
  readonly spacing: Vec3;
  readonly affine: Affine;
}

/**
 * The region grown or shrunk to (1 + fraction) of its voxels: voxels join, or leave, in the order of their distance from its
 * surface, equal ones in random order. At least one voxel stays; none joins from beyond the box.
 */
export function withVolume(
  boxed: BoxedMask,
  fraction: number,
  random: Random,
  kernels: KernelModule | null,
): Uint8Array {
  const out = boxed.mask.slice();
  let count = 0;
  for (const v of boxed.mask) count += v;
  const target = Math.max(1, Math.round(count * (1 + fraction)));
  if (count === 0 || target === count) return out;
  const adding = target > count;
  const wanted = Math.abs(target - count);
  for (let margin = adding ? 3 : 1; ; margin *= 2) {
    const part = around(boxed, [margin, margin, margin]);
    const distance = signedDistances(part, kernels);
    const voxels: number[] = [];
    for (let i = 0; i < part.mask.length; i++) if ((part.mask[i] === 0) === adding) voxels.push(i);
    const whole = part.mask.length === boxed.mask.length;
    if (voxels.length < wanted && !whole) continue;
    const luck = Float64Array.from(voxels, () => random.uniform());
    const order = Uint32Array.from(voxels.keys()).sort(
      (a, b) => Math.abs(distance[voxels[a]!]!) - Math.abs(distance[voxels[b]!]!) || luck[a]! - luck[b]!,
    );
    // The farthest that joins must lie nearer than what the box has cut off.
    const last = order[Math.min(wanted, order.length) - 1]!;
    const reach = margin * Math.min(...boxed.spacing);
    if (adding && !whole && Math.abs(distance[voxels[last]!]!) > reach - Math.max(...boxed.spacing)) continue;
    for (const n of order.subarray(0, wanted)) out[part.indexOf(voxels[n]!)] = adding ? 1 : 0;
    return out;
  }
}

/**
 * The contour moved along its normal by a smooth random field of standard deviation σ mm, as two readers differ:
 * a voxel is inside where its distance from the surface is less than the field. Where σ is far below the voxel size
 * nothing moves. A definition of this project; Zwanenburg et al. 2019 draw supervoxels instead.
 */
export function withContour(
  boxed: BoxedMask,
  sigma: number,
  random: Random,
  kernels: KernelModule | null,
): Uint8Array {
  const out = boxed.mask.slice();
  // Beyond four deviations the field does not reach.
  const part = around(
    boxed,
    boxed.spacing.map((mm) => Math.ceil((4 * sigma) / mm) + 1),
  );
  if (part.mask.length === 0) return out;
  const distance = signedDistances(part, kernels);
  const field = smoothField(random, part.size, part.spacing);
  for (let i = 0; i < distance.length; i++) out[part.indexOf(i)] = Number(distance[i]! < sigma * field[i]!);
  return out;
}

/** Distance of each voxel centre from the surface, mm, negative inside: half a voxel less than to the other side. */
function signedDistances(
  { mask, size, spacing, affine }: BoxedMask,
  kernels: KernelModule | null,
): Float64Array {
  const toRegion = squaredDistances(mask, size, affine, kernels);
  const toOutside = squaredDistances(
    mask.map((v) => 1 - v),
    size,
    affine,
    kernels,
  );
  const half = Math.min(...spacing) / 2;
  const out = new Float64Array(mask.length);
  for (let i = 0; i < out.length; i++)
    out[i] = mask[i] === 1 ? half - Math.sqrt(toOutside[i]!) : Math.sqrt(toRegion[i]!) - half;
  return out;
}

/** The part of a box around the region, with a margin in voxels. */
function around(
  { mask, size, spacing, affine }: BoxedMask,
  margin: readonly number[],
): BoxedMask & { readonly indexOf: (place: number) => number } {
  const extent = extentOf(mask, size);
  const lo = [0, 1, 2].map((a) => Math.max(0, (extent?.lo[a] ?? 0) - margin[a]!)) as unknown as Vec3;
  const hi = [0, 1, 2].map((a) => Math.min(size[a]!, (extent?.hi[a] ?? 0) + margin[a]!)) as unknown as Vec3;
  const [nx, ny, nz]: Size3 = [hi[0] - lo[0], hi[1] - lo[1], hi[2] - lo[2]];
  const part = new Uint8Array(nx * ny * nz);
  const first = (y: number, z: number) => lo[0] + size[0] * (lo[1] + y + size[1] * (lo[2] + z));
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      const from = first(y, z);
      part.set(mask.subarray(from, from + nx), nx * (y + ny * z));
    }
  }
  return {
    mask: part,
    size: [nx, ny, nz],
    spacing,
    affine, // distances do not ask where the box lies
    indexOf: (place) => {
      const x = place % nx;
      const row = (place - x) / nx;
      return x + first(row % ny, Math.floor(row / ny));
    },
  };
}

/** A correlated field of variance one on a coarse grid, brought to the voxels by trilinear interpolation. */
function smoothField(random: Random, size: Size3, spacing: Vec3): Float32Array {
  const step = spacing.map((mm) => Math.max(mm, FIELD_STEP)) as unknown as Vec3;
  const coarse = size.map((n, a) => Math.ceil(((n - 1) * spacing[a]!) / step[a]!) + 2) as unknown as Size3;
  const field = gaussianField(random, coarse, step, CORRELATION);
  const out = new Float32Array(size[0] * size[1] * size[2]);
  const at = (a: 0 | 1 | 2) =>
    Array.from({ length: size[a] }, (_, n) => {
      const place = (n * spacing[a]) / step[a];
      return { low: Math.floor(place), share: place - Math.floor(place) };
    });
  const [xs, ys, zs] = [at(0), at(1), at(2)];
  const [up, over] = [coarse[0], coarse[0] * coarse[1]];
  let i = 0;
  for (const z of zs) {
    for (const y of ys) {
      const row = up * y.low + over * z.low;
      for (const { low, share } of xs) {
        const p = row + low;
        const along = (q: number) => field[q]! + share * (field[q + 1]! - field[q]!);
        const near = along(p) + y.share * (along(p + up) - along(p));
        const far = along(p + over) + y.share * (along(p + over + up) - along(p + over));
        out[i++] = near + z.share * (far - near);
      }
    }
  }
  return out;
}
