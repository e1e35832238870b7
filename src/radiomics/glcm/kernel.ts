import type { KernelModule } from '../../core/kernel-module.ts';
import { DIRECTIONS, IN_PLANE } from '../directions.ts';
import { filledSlices, type PaddedLevels } from '../padded-levels.ts';
import type { PairCounts } from './counts.ts';

/** A 16-bit counter overflows after so many pairs. */
const FULL = 65535;

/** Pair counts by the Wasm kernel: equal to those of the reference, integer for integer. */
export function countByKernel(levels: PaddedLevels, kernels: KernelModule): PairCounts {
  const { ranks, data, pad: distance } = levels;
  const [px, py, pz] = levels.size;
  const { arena, call } = kernels;
  arena.reset();
  const from = arena.room(data.byteLength + 32);
  const wide = arena.room(2 * data.length + 64);
  const cells = arena.alloc(32 * (ranks + 1) ** 2);
  const out = arena.alloc(4 * DIRECTIONS.length * ranks * ranks);
  new Uint8Array(arena.buffer, from, data.byteLength).set(
    new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  );
  call('glcm_widen', from, data.BYTES_PER_ELEMENT, data.length, wide);
  let largest = 0;
  for (const n of levels.counts) if (n > largest) largest = n;
  const full = largest <= FULL ? 2 ** 31 - 1 : FULL;
  const plane = px * py;
  const count = (fromSlice: number, toSlice: number, directions: number): Uint32Array[] => {
    const flat = directions === IN_PLANE;
    new Uint32Array(arena.buffer, out, directions * ranks * ranks).fill(0);
    call(
      'glcm_count',
      wide,
      plane * fromSlice,
      plane * toSlice,
      distance,
      px,
      flat ? 0 : plane,
      ranks,
      full,
      cells,
      out,
    );
    return Array.from({ length: directions }, (_, d) =>
      new Uint32Array(arena.buffer, out + 4 * d * ranks * ranks, ranks * ranks).slice(),
    );
  };
  return {
    ranks,
    values: levels.values,
    bins: levels.bins,
    slices: () => filledSlices(levels),
    slice: (z) => count(z, z + 1, IN_PLANE),
    volume: () => count(distance, pz - distance, DIRECTIONS.length),
  };
}
