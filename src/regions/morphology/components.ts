import type { Size3 } from '../../core/geometry.ts';
import type { KernelModule } from '../../core/kernel-module.ts';
import { boxSize, type VoxelBox } from '../box.ts';
import { emptyMask, packBox, packedBox, unpackBox, type PackedMask } from '../document/packed-mask.ts';
import { componentsReference } from './components-reference.ts';
import type { Neighbours } from './grow-reference.ts';

/** One connected piece of a region. */
export interface Piece {
  readonly voxels: number;
  readonly box: VoxelBox;
}

/** The pieces of a region, in the order of their first voxels, and a way to take some of them. */
export interface Pieces {
  readonly list: readonly Piece[];
  /** The mask of the pieces that are kept, by their number in the list. */
  take(keep: (piece: Piece, number: number) => boolean): PackedMask;
}

/** Parts a mask into its connected pieces; by the Wasm kernel where there is one. */
export function piecesOf(mask: PackedMask, neighbours: Neighbours, kernels: KernelModule | null): Pieces {
  const box = packedBox(mask);
  if (box === null) return { list: [], take: () => emptyMask(mask.size) };
  const data = unpackBox(mask, box);
  return kernels === null
    ? byReference(mask.size, box, data, neighbours)
    : byKernel(mask.size, box, data, neighbours, kernels);
}

/** The largest piece; of equal ones the first. */
export function keepLargest(
  mask: PackedMask,
  neighbours: Neighbours,
  kernels: KernelModule | null,
): PackedMask {
  const pieces = piecesOf(mask, neighbours, kernels);
  const most = Math.max(...pieces.list.map((p) => p.voxels));
  const largest = pieces.list.findIndex((p) => p.voxels === most);
  return pieces.take((_, n) => n === largest);
}

function byReference(size: Size3, box: VoxelBox, data: Uint8Array, neighbours: Neighbours): Pieces {
  const inner = boxSize(box);
  const found = componentsReference(data, inner, neighbours).map((piece) => {
    const packed = packBox(size, box, piece.data);
    return { ...piece, piece: { voxels: piece.voxels, box: packedBox(packed)! } };
  });
  return {
    list: found.map((f) => f.piece),
    take(keep) {
      const out = new Uint8Array(data.length);
      found.forEach((f, n) => {
        if (keep(f.piece, n)) f.data.forEach((v, i) => (out[i] |= v));
      });
      return packBox(size, box, out);
    },
  };
}

function byKernel(
  size: Size3,
  box: VoxelBox,
  data: Uint8Array,
  neighbours: Neighbours,
  { arena, call }: KernelModule,
): Pieces {
  const [nx, ny, nz] = boxSize(box);
  arena.reset();
  const from = arena.alloc(data.length);
  new Uint8Array(arena.buffer, from, data.length).set(data);
  const count = call('regions_count_runs', from, nx, ny * nz);
  const runsAt = arena.alloc(8 * count);
  const firstsAt = arena.alloc(4 * (ny * nz + 1));
  const parentsAt = arena.alloc(4 * count);
  call('regions_join_runs', from, nx, ny, nz, neighbours, runsAt, firstsAt, parentsAt);
  const runs = new Int32Array(arena.buffer, runsAt, 2 * count).slice();
  const firsts = new Int32Array(arena.buffer, firstsAt, ny * nz + 1).slice();
  const parents = new Int32Array(arena.buffer, parentsAt, count).slice();

  // Roots come in the order of first voxels: a piece's number is that of its root among the roots.
  const numbers = new Int32Array(count);
  const list: { voxels: number; box: { low: [number, number, number]; high: [number, number, number] } }[] =
    [];
  for (let row = 0; row < ny * nz; row++) {
    const [y, z] = [box.low[1] + (row % ny), box.low[2] + Math.floor(row / ny)];
    for (let r = firsts[row]; r < firsts[row + 1]; r++) {
      const [x0, x1] = [box.low[0] + runs[2 * r], box.low[0] + runs[2 * r + 1]];
      if (parents[r] === r) {
        numbers[r] = list.length;
        list.push({ voxels: 0, box: { low: [x0, y, z], high: [x1, y + 1, z + 1] } });
      } else numbers[r] = numbers[parents[r]];
      const piece = list[numbers[r]];
      piece.voxels += x1 - x0;
      const { low, high } = piece.box;
      if (x0 < low[0]) low[0] = x0;
      if (x1 > high[0]) high[0] = x1;
      if (y < low[1]) low[1] = y;
      if (y + 1 > high[1]) high[1] = y + 1;
      high[2] = z + 1;
    }
  }
  return {
    list,
    take(keep) {
      const kept = list.map(keep);
      const out = new Uint8Array(data.length);
      for (let row = 0; row < ny * nz; row++) {
        for (let r = firsts[row]; r < firsts[row + 1]; r++) {
          if (kept[numbers[r]]) out.fill(1, nx * row + runs[2 * r], nx * row + runs[2 * r + 1]);
        }
      }
      return packBox(size, box, out);
    },
  };
}
