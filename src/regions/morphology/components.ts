import type { KernelModule } from '../../core/kernel-module.ts';
import type { VoxelBox } from '../box.ts';
import { EMPTY_SLICE, trimmed, type PackedMask, type PackedSlice } from '../document/packed-mask.ts';
import type { Neighbours } from './grow-reference.ts';
import { joinPackedRuns } from './join-runs-kernel.ts';
import { joinRuns, type JoinedRuns } from './join-runs.ts';
import { rectanglesBox, runsOfPacked, type Runs } from './runs.ts';

/** One connected piece of a region. */
export interface Piece {
  readonly voxels: number;
  readonly box: VoxelBox;
}

/** The pieces of a region by number, in the order of their first voxels, and a way to take some of them. */
export interface Pieces {
  /** Voxels of each. */
  readonly voxels: Int32Array;
  /** Number of the largest, of equal ones the first; -1 when there is none. */
  readonly largest: number;
  /** The largest of them, at most so many, in the order of their first voxels. */
  list(most: number): readonly Piece[];
  /** The mask of the pieces that are kept. Slices that lose nothing are those of the mask itself. */
  take(keep: (number: number) => boolean): PackedMask;
}

/** Parts a mask into its connected pieces; by the Wasm kernels where there are some. */
export function piecesOf(mask: PackedMask, neighbours: Neighbours, kernels: KernelModule | null): Pieces {
  const box = rectanglesBox(mask);
  if (box === null) return { voxels: new Int32Array(0), largest: -1, list: () => [], take: () => mask };
  const { runs, joined } =
    kernels === null ? joinedPlainly(mask, box, neighbours) : joinPackedRuns(mask, box, neighbours, kernels);
  const { voxels } = joined;
  let largest = 0;
  for (let n = 1; n < voxels.length; n++) if (voxels[n] > voxels[largest]) largest = n;
  return {
    voxels,
    largest,
    list: (most) => listed(joined, most),
    take: (keep) => taken(mask, runs, joined, keep),
  };
}

function joinedPlainly(mask: PackedMask, box: VoxelBox, neighbours: Neighbours) {
  const runs = runsOfPacked(mask, box);
  return { runs, joined: joinRuns(runs, neighbours) };
}

/** The largest piece; of equal ones the first. */
export function keepLargest(
  mask: PackedMask,
  neighbours: Neighbours,
  kernels: KernelModule | null,
): PackedMask {
  const pieces = piecesOf(mask, neighbours, kernels);
  return pieces.take((n) => n === pieces.largest);
}

function listed({ voxels, boxes }: JoinedRuns, most: number): Piece[] {
  const count = Math.min(most, voxels.length);
  if (count === 0) return [];
  const least = voxels.slice().sort()[voxels.length - count];
  // As many of the size that just belongs to them as there is room for.
  let room = count;
  for (let n = 0; n < voxels.length; n++) if (voxels[n] > least) room--;
  const list: Piece[] = [];
  for (let n = 0; n < voxels.length; n++) {
    if (voxels[n] < least || (voxels[n] === least && room-- <= 0)) continue;
    const [x0, y0, z0, x1, y1, z1] = boxes.subarray(6 * n, 6 * n + 6);
    list.push({ voxels: voxels[n], box: { low: [x0, y0, z0], high: [x1, y1, z1] } });
  }
  return list;
}

function taken(
  mask: PackedMask,
  { box: { low, high }, ends, firsts }: Runs,
  { voxels, numbers }: JoinedRuns,
  keep: (number: number) => boolean,
): PackedMask {
  const kept = Uint8Array.from(voxels, (_, n) => (keep(n) ? 1 : 0));
  const ny = high[1] - low[1];
  const slices = mask.slices.map((slice, z): PackedSlice => {
    if (z < low[2] || z >= high[2] || slice.rows === 0) return slice;
    const row = ny * (z - low[2]);
    const [first, last] = [firsts[row], firsts[row + ny]];
    let stay = 0;
    for (let r = first; r < last; r++) stay += kept[numbers[r]];
    if (stay === last - first) return slice;
    if (stay === 0) return EMPTY_SLICE;
    const bits = slice.bits.slice();
    for (let y = 0; y < ny; y++) {
      const start = 32 * slice.columns * (low[1] + y - slice.top) - 32 * slice.left;
      for (let r = firsts[row + y]; r < firsts[row + y + 1]; r++) {
        if (kept[numbers[r]] === 0) clear(bits, start + ends[2 * r], start + ends[2 * r + 1]);
      }
    }
    return trimmed({ ...slice, bits });
  });
  return { size: mask.size, slices };
}

/** Takes away the bits from `from` up to `to`. */
function clear(bits: Uint32Array, from: number, to: number): void {
  const [first, last] = [from >> 5, (to - 1) >> 5];
  const head = -1 << (from & 31);
  const tail = -1 >>> (31 - ((to - 1) & 31));
  if (first === last) bits[first] &= ~(head & tail);
  else {
    bits[first] &= ~head;
    bits.fill(0, first + 1, last);
    bits[last] &= ~tail;
  }
}
