import type { Affine, Grid, Size3 } from '../../../core/geometry.ts';
import type { KernelModule } from '../../../core/kernel-module.ts';
import type { PackedMask } from '../../document/packed-mask.ts';
import { blockOf, packBlock } from '../../morphology/block.ts';
import { squaredDistances } from '../../morphology/distance.ts';

type Axis = 0 | 1 | 2;

/**
 * Fills the slices across an axis that lie between drawn ones: the signed distance of each voxel of the plane to the edge
 * of the drawn shape (inside above zero, mm) is interpolated linearly from slice to slice, and inside is where it is not
 * below zero (Raya and Udupa 1990; shape-based interpolation). Slices that are drawn stay as they are.
 * Discs of radius 10 and 20 with nine slices between: the middle one has radius 15.
 */
export function interpolateShapes(
  mask: PackedMask,
  { affine }: Grid,
  normal: Axis,
  kernels: KernelModule | null,
): { readonly mask: PackedMask; readonly filled: number } {
  const block = blockOf(mask, [1, 1, 1]);
  if (block === null) return { mask, filled: 0 };
  const { size } = block;
  const data = block.data.slice();
  const [u, v] = ([0, 1, 2] as const).filter((axis) => axis !== normal);
  const strides = [1, size[0], size[0] * size[1]];
  const area = size[u] * size[v];
  const at = (slice: number, i: number) =>
    slice * strides[normal] + (i % size[u]) * strides[u] + Math.floor(i / size[u]) * strides[v];
  const plane: Size3 = [size[u], size[v], 1];
  const across: Affine = {
    origin: [0, 0, 0],
    matrix: [affine.matrix[u], affine.matrix[v], affine.matrix[normal]],
  };
  const signed = (slice: number): Float64Array => {
    const inside = Uint8Array.from({ length: area }, (_, i) => data[at(slice, i)]);
    const [toInside, toOutside] = [inside, inside.map((b) => 1 - b)].map((m) =>
      squaredDistances(m, plane, across, kernels),
    );
    return Float64Array.from({ length: area }, (_, i) => Math.sqrt(toOutside[i]) - Math.sqrt(toInside[i]));
  };
  const drawn: number[] = [];
  for (let s = 0; s < size[normal]; s++) {
    for (let i = 0; i < area; i++) {
      if (data[at(s, i)] === 0) continue;
      drawn.push(s);
      break;
    }
  }
  let filled = 0;
  for (let n = 1; n < drawn.length; n++) {
    const [from, to] = [drawn[n - 1], drawn[n]];
    if (to - from < 2) continue;
    const [a, b] = [signed(from), signed(to)];
    for (let s = from + 1; s < to; s++, filled++) {
      const share = (s - from) / (to - from);
      for (let i = 0; i < area; i++) {
        if ((1 - share) * a[i] + share * b[i] >= -1e-9) data[at(s, i)] = 1;
      }
    }
  }
  return { mask: packBlock({ ...block, data }, mask.size), filled };
}
