import type { KernelModule } from '../../core/kernel-module.ts';
import { DIRECTIONS, IN_PLANE } from '../directions.ts';
import { levelMatrixOf, type LevelMatrix } from '../level-matrix.ts';
import { filledSlices, type PaddedLevels } from '../padded-levels.ts';
import type { RunCounts } from './runs.ts';

/** Runs by the Wasm kernel: equal to those of the reference, integer for integer. */
export function runsByKernel(levels: PaddedLevels, kernels: KernelModule): RunCounts {
  const { data, ranks, values } = levels;
  const [px, py, pz] = levels.size;
  const { arena, call } = kernels;
  const columns = ranks + 1;
  const rows = longestRun(levels) + 1;
  arena.reset();
  const from = arena.room(data.byteLength + 32);
  const behind = arena.room(data.byteLength + 32);
  const perLevel = arena.alloc(4 * columns);
  const table = arena.alloc(4 * columns * rows);
  new Uint8Array(arena.buffer, from, data.byteLength).set(
    new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  );
  const plane = px * py;
  const bytes = data.BYTES_PER_ELEMENT;
  const count = (first: number, last: number, directions: number): LevelMatrix[] => {
    const counts = new Uint32Array(arena.buffer, perLevel, columns).fill(0);
    if (directions === IN_PLANE) call('glrlm_levels', from, bytes, first, last, perLevel);
    else counts.set(levels.counts);
    counts[0] = 0;
    let voxels = 0;
    for (const n of counts) voxels += n;
    return DIRECTIONS.slice(0, directions).map(([dx, dy, dz]) => {
      const step = dx + px * (dy + py * dz);
      const longest = call('glrlm_runs', from, bytes, first, last, step, columns, table, behind);
      const used = new Uint32Array(arena.buffer, table, columns * (longest + 1));
      for (let rank = 1; rank <= ranks; rank++) {
        let left = counts[rank]!;
        for (let length = 2; length <= longest; length++) left -= length * used[length * columns + rank]!;
        used[columns + rank] = left;
      }
      const matrix = levelMatrixOf(used, values, voxels);
      used.fill(0);
      return matrix;
    });
  };
  return {
    slices: () => filledSlices(levels),
    slice: (z) => count(plane * z, plane * (z + 1), IN_PLANE),
    volume: () => count(plane + px + 1, plane * (pz - 1), DIRECTIONS.length),
  };
}

/** No run is longer than the longest edge of the box. */
export const longestRun = ({ inner }: PaddedLevels): number => Math.max(...inner);
