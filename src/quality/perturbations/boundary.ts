import type { Affine, Size3, Vec3 } from '../../core/geometry.ts';
import type { KernelModule } from '../../core/kernel-module.ts';
import type { Random } from '../../core/random.ts';
import { squaredDistances } from '../../regions/morphology/distance.ts';
import { gaussianField } from '../phantoms/gaussian-field.ts';

/** Length along the contour over which its shifts go together, mm: σ of the filter of the random field. */
const CORRELATION = 5;

/** Region in a box. */
export interface BoxedMask {
  readonly mask: Uint8Array;
  readonly size: Size3;
  readonly spacing: Vec3;
  readonly affine: Affine;
}

/**
 * Distance of each voxel centre from the surface of the region, mm, negative inside: half a voxel less than to the nearest
 * voxel on the other side.
 */
function signedDistances(
  { mask, size, spacing, affine }: BoxedMask,
  kernels: KernelModule | null,
): Float64Array {
  const outside = mask.map((v) => 1 - v);
  const toRegion = squaredDistances(mask, size, affine, kernels);
  const toOutside = squaredDistances(outside, size, affine, kernels);
  const half = Math.min(...spacing) / 2;
  return Float64Array.from(mask, (v, i) =>
    v === 1 ? half - Math.sqrt(toOutside[i]!) : Math.sqrt(toRegion[i]!) - half,
  );
}

/**
 * The region grown or shrunk to (1 + fraction) of its voxels: voxels join, or leave, in the order of their distance from its
 * surface, equal ones in random order. At least one voxel stays.
 */
export function withVolume(
  boxed: BoxedMask,
  fraction: number,
  random: Random,
  kernels: KernelModule | null,
): Uint8Array {
  const { mask } = boxed;
  const out = mask.slice();
  let count = 0;
  for (let i = 0; i < mask.length; i++) count += mask[i]!;
  const target = Math.max(1, Math.round(count * (1 + fraction)));
  if (count === 0 || target === count) return out;
  const adding = target > count;
  const distance = signedDistances(boxed, kernels);
  const candidates: number[] = [];
  for (let i = 0; i < mask.length; i++) if ((mask[i] === 0) === adding) candidates.push(i);
  const luck = Float64Array.from(candidates, () => random.uniform());
  const order = candidates
    .map((voxel, n) => ({ voxel, depth: Math.abs(distance[voxel]!), luck: luck[n]! }))
    .sort((a, b) => a.depth - b.depth || a.luck - b.luck);
  for (const { voxel } of order.slice(0, Math.abs(target - count))) out[voxel] = adding ? 1 : 0;
  return out;
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
  const distance = signedDistances(boxed, kernels);
  const field = gaussianField(random, boxed.size, boxed.spacing, CORRELATION);
  return boxed.mask.map((_, i) => Number(distance[i]! < sigma * field[i]!));
}
