import type { Size3, Vec3 } from '../../core/geometry.ts';
import type { KernelModule } from '../../core/kernel-module.ts';
import type { PackedMask } from '../document/packed-mask.ts';
import { blockOf, packBlock } from './block.ts';
import { borderedIndex, borderedSize, grow } from './grow.ts';

/**
 * The region with its holes filled: what is outside and cannot be left over the faces of voxels. `normal`: in each slice
 * across this axis on its own; null: in space, where a channel to the outside keeps a hole open.
 */
export function withoutHoles(
  mask: PackedMask,
  normal: 0 | 1 | 2 | null,
  kernels: KernelModule | null,
): PackedMask {
  const block = blockOf(mask, [0, 0, 0]);
  if (block === null) return mask;
  const { size, data } = block;
  if (normal === null) return packBlock({ ...block, data: filled(data, size, false, kernels) }, mask.size);
  const [u, v] = ([0, 1, 2] as const).filter((axis) => axis !== normal);
  const strides = [1, size[0], size[0] * size[1]];
  const plane = new Uint8Array(size[u] * size[v]);
  const out = data.slice();
  for (let s = 0; s < size[normal]; s++) {
    const at = (i: number) =>
      s * strides[normal] + (i % size[u]) * strides[u] + Math.floor(i / size[u]) * strides[v];
    for (let i = 0; i < plane.length; i++) plane[i] = data[at(i)];
    const done = filled(plane, [size[u], size[v], 1], true, kernels);
    for (let i = 0; i < done.length; i++) out[at(i)] = done[i];
  }
  return packBlock({ ...block, data: out }, mask.size);
}

/** Everything that growing over the outside from a corner of the border does not reach. */
function filled(data: Uint8Array, size: Size3, flat: boolean, kernels: KernelModule | null): Uint8Array {
  const [ox, oy, oz] = borderedSize(size);
  const outside = new Uint8Array(ox * oy * oz).fill(1);
  // In a plane the way around above and below is closed.
  if (flat) outside.fill(0, 0, ox * oy).fill(0, 2 * ox * oy);
  const each = (meet: (from: number, to: number) => void) => {
    for (let z = 0, i = 0; z < size[2]; z++) {
      for (let y = 0; y < size[1]; y++) {
        let to = borderedIndex(size, 0, y, z);
        for (let x = 0; x < size[0]; x++, i++, to++) meet(i, to);
      }
    }
  };
  each((i, at) => (outside[at] = 1 - data[i]));
  const corner: Vec3 = [-1, -1, flat ? 0 : -1];
  grow({ size, data: outside }, corner, 6, kernels);
  const out = new Uint8Array(data.length);
  each((i, at) => (out[i] = outside[at] === 2 ? 0 : 1));
  return out;
}
