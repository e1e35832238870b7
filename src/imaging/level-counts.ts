import type { KernelModule } from '../core/kernel-module.ts';
import type { Discretised } from './region-sample.ts';

const known = new WeakMap<Uint16Array, Uint32Array>();

/** Keeps the number of voxels of each level, index 0 for level 1, of levels that are not to change any more. */
export const rememberLevelCounts = (levels: Uint16Array, counts: Uint32Array): void => {
  known.set(levels, counts);
};

/** Voxels of each grey level, index 0 for level 1; counted once. */
export function levelCountsOf({ levels, bins }: Discretised, kernels: KernelModule | null): Uint32Array {
  const before = known.get(levels);
  if (before) return before;
  const counts = kernels === null ? plainly(levels, bins) : byKernel(levels, bins, kernels);
  rememberLevelCounts(levels, counts);
  return counts;
}

function plainly(levels: Uint16Array, bins: number): Uint32Array {
  const counts = new Uint32Array(bins + 1);
  for (let i = 0; i < levels.length; i++) counts[levels[i]!]!++;
  return counts.slice(1);
}

function byKernel(levels: Uint16Array, bins: number, { arena, call }: KernelModule): Uint32Array {
  arena.reset();
  const at = arena.room(levels.byteLength);
  const counts = arena.alloc(4 * 4 * (bins + 1));
  new Uint16Array(arena.buffer, at, levels.length).set(levels);
  call('intensity_histogram_count', at, levels.length, counts, bins + 1);
  return new Uint32Array(arena.buffer, counts, bins + 1).slice(1);
}
