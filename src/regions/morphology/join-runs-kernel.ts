import type { KernelModule } from '../../core/kernel-module.ts';
import type { VoxelBox } from '../box.ts';
import type { PackedMask } from '../document/packed-mask.ts';
import type { Neighbours } from './grow-reference.ts';
import type { JoinedRuns } from './join-runs.ts';
import { rowCount, type Runs } from './runs.ts';

/** What runsOfPacked and joinRuns give, by the Wasm kernels: the slices go through packed as they are. */
export function joinPackedRuns(
  mask: PackedMask,
  box: VoxelBox,
  neighbours: Neighbours,
  { arena, call }: KernelModule,
): { runs: Runs; joined: JoinedRuns } {
  const { low, high } = box;
  const [ny, nz] = [high[1] - low[1], high[2] - low[2]];
  const slices = mask.slices.slice(low[2], high[2]);
  const words = slices.reduce((sum, s) => sum + s.bits.length, 0);
  arena.reset();
  const slicesAt = arena.room(20 * nz);
  const bitsAt = arena.room(4 * words);
  const table = new Int32Array(arena.buffer, slicesAt, 5 * nz);
  const bits = new Uint32Array(arena.buffer, bitsAt, words);
  let begun = 0;
  slices.forEach((s, z) => {
    table.set([s.left, s.top, s.columns, s.rows, begun], 5 * z);
    bits.set(s.bits, begun);
    begun += s.bits.length;
  });
  const count = call('regions_count_runs', slicesAt, nz, bitsAt);
  const endsAt = arena.room(8 * count);
  const firstsAt = arena.room(4 * (rowCount(box) + 1));
  const numbersAt = arena.room(4 * count);
  call('regions_packed_runs', slicesAt, nz, bitsAt, low[1], ny, endsAt, firstsAt);
  const pieces = call('regions_join_runs', endsAt, firstsAt, ny, nz, neighbours, numbersAt);
  const voxelsAt = arena.alloc(4 * pieces);
  const boxesAt = arena.alloc(24 * pieces);
  call('regions_number_pieces', endsAt, firstsAt, low[1], ny, low[2], nz, numbersAt, voxelsAt, boxesAt);
  const taken = (from: number, length: number) => new Int32Array(arena.buffer, from, length).slice();
  return {
    runs: { box, ends: taken(endsAt, 2 * count), firsts: taken(firstsAt, rowCount(box) + 1) },
    joined: {
      numbers: taken(numbersAt, count),
      voxels: taken(voxelsAt, pieces),
      boxes: taken(boxesAt, 6 * pieces),
    },
  };
}
