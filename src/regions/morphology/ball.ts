import { spacingOf, type Affine, type Grid, type Size3, type Vec3 } from '../../core/geometry.ts';
import type { KernelModule } from '../../core/kernel-module.ts';
import type { PackedMask } from '../document/packed-mask.ts';
import { voxelsWithin } from '../metric.ts';
import { blockOf, packBlock, type Block } from './block.ts';
import { ROUNDING, squaredDistances } from './distance.ts';

const plus = ([x, y, z]: Vec3, n: number): Vec3 => [x + n, y + n, z + n];

/** Where a value lies above the first and not above the second. */
function between(values: Float32Array | Float64Array, above: number, upTo: number): Uint8Array {
  const out = new Uint8Array(values.length);
  for (let i = 0; i < out.length; i++) out[i] = values[i] > above && values[i] <= upTo ? 1 : 0;
  return out;
}

/** Voxels whose centre lies within `mm` of the centre of a voxel of the region. The block must have room for it. */
function dilated(block: Block, affine: Affine, mm: number, kernels: KernelModule | null): Block {
  const far = squaredDistances(block.data, block.size, affine, kernels);
  const limit = mm * mm * (1 + ROUNDING);
  return { ...block, data: between(far, -1, limit) };
}

/** Voxels with no centre from outside the region within `mm`. The block must have a border of zeros. */
function eroded(block: Block, affine: Affine, mm: number, kernels: KernelModule | null): Block {
  const outside = block.data.slice();
  for (let i = 0; i < outside.length; i++) outside[i] = 1 - outside[i];
  const far = squaredDistances(outside, block.size, affine, kernels);
  const limit = mm * mm * (1 + ROUNDING);
  return { ...block, data: between(far, limit, Infinity) };
}

/** Works on the region with a margin of some mm around and gives the part inside the image. */
function within(mask: PackedMask, affine: Affine, margin: number, work: (block: Block) => Block): PackedMask {
  const block = blockOf(mask, plus(voxelsWithin(affine, margin), 1));
  return block === null ? mask : packBlock(work(block), mask.size);
}

/**
 * Morphology with a ball of a radius in mm, exact on the lattice: dilation takes the voxel centres within the radius of a
 * centre of the region, erosion is its dual; beyond the image is outside. Opening and closing follow, and are idempotent.
 */
export const dilate = (mask: PackedMask, { affine }: Grid, mm: number, k: KernelModule | null): PackedMask =>
  within(mask, affine, mm, (b) => dilated(b, affine, mm, k));

export const erode = (mask: PackedMask, { affine }: Grid, mm: number, k: KernelModule | null): PackedMask =>
  within(mask, affine, 0, (b) => eroded(b, affine, mm, k));

/** Without what no ball inside the region covers: spikes and thin bridges go. */
export const open = (mask: PackedMask, { affine }: Grid, mm: number, k: KernelModule | null): PackedMask =>
  within(mask, affine, 0, (b) => dilated(eroded(b, affine, mm, k), affine, mm, k));

/** With what no ball outside the region covers: clefts and small holes close. */
export const close = (mask: PackedMask, { affine }: Grid, mm: number, k: KernelModule | null): PackedMask =>
  within(mask, affine, mm, (b) => eroded(dilated(b, affine, mm, k), affine, mm, k));

/** Voxels around the region, farther from it than `inner` and at most `outer` mm away. */
export function shell(
  mask: PackedMask,
  { affine }: Grid,
  [inner, outer]: readonly [number, number],
  kernels: KernelModule | null,
): PackedMask {
  return within(mask, affine, outer, (block) => {
    const far = squaredDistances(block.data, block.size, affine, kernels);
    const [from, to] = [inner * inner * (1 + ROUNDING), outer * outer * (1 + ROUNDING)];
    return { ...block, data: between(far, from, to) };
  });
}

/**
 * The region blurred by a Gaussian of `sigma` mm and cut at one half: rough edges become smooth, and what is smaller than
 * the blur disappears. Beyond the image is outside.
 */
export function blur(mask: PackedMask, { affine }: Grid, sigma: number): PackedMask {
  return within(mask, affine, 3 * sigma, (block) => {
    const reach = spacingOf(affine).map((step) => sigma / step);
    let values = new Float32Array(block.data);
    for (const axis of [0, 1, 2] as const) values = blurredAlong(values, block.size, axis, reach[axis]);
    return { ...block, data: between(values, 0.5 - 1e-6, Infinity) };
  });
}

function blurredAlong(values: Float32Array<ArrayBuffer>, size: Size3, axis: 0 | 1 | 2, sigma: number) {
  const half = Math.ceil(4 * sigma);
  const weights = Array.from({ length: 2 * half + 1 }, (_, n) =>
    Math.exp(-((n - half) ** 2) / (2 * sigma ** 2)),
  );
  const total = weights.reduce((a, b) => a + b, 0);
  const stride = [1, size[0], size[0] * size[1]][axis];
  const n = size[axis];
  const out = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const at = Math.floor(i / stride) % n;
    const first = Math.max(-half, -at);
    const last = Math.min(half, n - 1 - at);
    let sum = 0;
    for (let k = first; k <= last; k++) sum += weights[k + half] * values[i + k * stride];
    out[i] = sum / total;
  }
  return out;
}
