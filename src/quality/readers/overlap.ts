import type { Mask } from '../../core/volume.ts';
import { boxOf, boxSize, type VoxelBox } from '../../regions/box.ts';

/** The voxels of a mask in the box that holds them: many regions fit in memory so. */
export interface BoxedMask {
  readonly box: VoxelBox;
  readonly data: Uint8Array;
}

/** Null for a mask without voxels. */
export function boxed({ grid, data }: Mask): BoxedMask | null {
  const box = boxOf(data, grid.size);
  if (!box) return null;
  const [nx, ny] = grid.size;
  const [mx, my, mz] = boxSize(box);
  const out = new Uint8Array(mx * my * mz);
  for (let z = 0; z < mz; z++)
    for (let y = 0; y < my; y++) {
      const from = box.low[0] + nx * (box.low[1] + y + ny * (box.low[2] + z));
      out.set(data.subarray(from, from + mx), mx * (y + my * z));
    }
  return { box, data: out };
}

/** Dice of two masks of one grid: 2·|A ∩ B|/(|A| + |B|). */
export function diceOf(a: BoxedMask, b: BoxedMask): number {
  const low = [0, 1, 2].map((i) => Math.max(a.box.low[i]!, b.box.low[i]!));
  const high = [0, 1, 2].map((i) => Math.min(a.box.high[i]!, b.box.high[i]!));
  const at = ({ box, data }: BoxedMask, x: number, y: number, z: number) => {
    const [mx, my] = boxSize(box);
    return data[x - box.low[0] + mx * (y - box.low[1] + my * (z - box.low[2]))]!;
  };
  let both = 0;
  for (let z = low[2]!; z < high[2]!; z++)
    for (let y = low[1]!; y < high[1]!; y++)
      for (let x = low[0]!; x < high[0]!; x++) both += at(a, x, y, z) & at(b, x, y, z);
  const count = (m: BoxedMask) => m.data.reduce((s, v) => s + v, 0);
  return (2 * both) / (count(a) + count(b));
}
