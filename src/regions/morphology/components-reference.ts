import type { Size3, Vec3 } from '../../core/geometry.ts';
import { growReference, type Neighbours } from './grow-reference.ts';

/** Sizes of the connected pieces of a mask, in the order of their first voxels, by growing each: the oracle. */
export function componentsReference(
  mask: Uint8Array,
  size: Size3,
  neighbours: Neighbours,
): readonly { readonly voxels: number; readonly data: Uint8Array }[] {
  const left = mask.slice();
  const found: { voxels: number; data: Uint8Array }[] = [];
  const [nx, ny] = size;
  for (let i = left.indexOf(1); i >= 0; i = left.indexOf(1, i)) {
    const seed: Vec3 = [i % nx, Math.floor(i / nx) % ny, Math.floor(i / (nx * ny))];
    const voxels = growReference(left, size, seed, neighbours);
    found.push({ voxels, data: left.map((v) => (v === 2 ? 1 : 0)) });
    for (let n = 0; n < left.length; n++) if (left[n] === 2) left[n] = 0;
  }
  return found;
}
