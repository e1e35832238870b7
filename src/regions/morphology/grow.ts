import type { Size3, Vec3 } from '../../core/geometry.ts';
import type { KernelModule } from '../../core/kernel-module.ts';
import { growReference, type Neighbours } from './grow-reference.ts';

/** Bytes of a box with a border of one voxel around, so that kernels need no test of bounds. */
export interface Bordered {
  /** Of the box, without the border. */
  readonly size: Size3;
  /** (nx + 2)·(ny + 2)·(nz + 2) bytes. */
  readonly data: Uint8Array;
}

export const borderedSize = ([nx, ny, nz]: Size3): Size3 => [nx + 2, ny + 2, nz + 2];

/** Index in the bordered bytes of voxel (x, y, z) of the box. */
export const borderedIndex = ([nx, ny]: Size3, x: number, y: number, z: number): number =>
  x + 1 + (nx + 2) * (y + 1 + (ny + 2) * (z + 1));

/**
 * Marks with 2 the voxels 1 of a box that are connected with the seed (-1 … size, so the border can be a seed when it is
 * 1); by the Wasm kernel where there is one. `data` is changed.
 */
export function grow(
  { size, data }: Bordered,
  seed: Vec3,
  neighbours: Neighbours,
  kernels: KernelModule | null,
): number {
  const outer = borderedSize(size);
  if (kernels === null) {
    return growReference(data, outer, [seed[0] + 1, seed[1] + 1, seed[2] + 1], neighbours);
  }
  const { arena, call } = kernels;
  arena.reset();
  // A second border of zeros above and below, for seeds on the border itself.
  const spare = outer[0] * (outer[1] + 1) + 16;
  const from = arena.alloc(data.length + 2 * spare) + spare;
  const stack = arena.alloc(0);
  new Uint8Array(arena.buffer, from, data.length).set(data);
  const row = outer[0];
  const at = borderedIndex(size, ...seed);
  const count = call('regions_grow', from, at, row, outer[0] * outer[1], neighbours, stack);
  data.set(new Uint8Array(arena.buffer, from, data.length));
  return count;
}
