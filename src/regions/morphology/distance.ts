import { spacingOf, toPatient, type Affine, type Size3 } from '../../core/geometry.ts';
import type { KernelModule } from '../../core/kernel-module.ts';
import { RefusedInput } from '../../core/refusal.ts';
import { atRightAngles } from '../metric.ts';
import { PointTree } from '../point-tree.ts';
import { distanceReference } from './distance-reference.ts';

/** Voxels of a box whose distances are held at once, five bytes each. */
const MOST_VOXELS = 2 ** 28;
/** Squared distances are float32: two that are equal on the lattice may differ by so much, relatively. */
export const ROUNDING = 1e-6;

/**
 * Squared distance in mm² of every voxel centre of a box to the nearest voxel 1 of it, exact on anisotropic and oblique
 * grids by the Wasm kernel, on tilted ones by a search among the points; Infinity when there is none.
 * @throws RefusedInput `too_large` when the box does not fit into memory.
 */
export function squaredDistances(
  mask: Uint8Array,
  size: Size3,
  affine: Affine,
  kernels: KernelModule | null,
): Float32Array | Float64Array {
  if (mask.length > MOST_VOXELS)
    throw new RefusedInput('too_large', { size: mask.length, limit: MOST_VOXELS, what: 'voxels' });
  if (!atRightAngles(affine)) return bySearch(mask, size, affine);
  const spacing = spacingOf(affine);
  if (kernels === null) return distanceReference(mask, size, spacing);
  const { arena, call } = kernels;
  arena.reset();
  const from = arena.alloc(mask.length);
  const out = arena.alloc(4 * mask.length);
  const scratch = arena.alloc(20 * Math.max(size[1], size[2]) + 8);
  new Uint8Array(arena.buffer, from, mask.length).set(mask);
  call('regions_distance', from, ...size, ...spacing, out, scratch);
  return new Float32Array(arena.buffer, out, mask.length).slice();
}

function bySearch(mask: Uint8Array, [nx, ny, nz]: Size3, affine: Affine): Float64Array {
  const points: number[] = [];
  const each = (meet: (i: number, x: number, y: number, z: number) => void) => {
    for (let z = 0, i = 0; z < nz; z++) {
      for (let y = 0; y < ny; y++) for (let x = 0; x < nx; x++, i++) meet(i, ...toPatient(affine, x, y, z));
    }
  };
  each((i, x, y, z) => {
    if (mask[i] === 1) points.push(x, y, z);
  });
  const tree = new PointTree(Float64Array.from(points));
  const out = new Float64Array(mask.length);
  each((i, x, y, z) => (out[i] = mask[i] === 1 ? 0 : tree.distance(x, y, z) ** 2));
  return out;
}
