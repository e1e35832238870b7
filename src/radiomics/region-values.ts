import type { KernelModule } from '../core/kernel-module.ts';
import { levelCountsOf } from '../imaging/level-counts.ts';
import { rowsOf } from '../imaging/sample-rows.ts';
import type { RegionSample } from './region-sample.ts';

const sorted = new WeakMap<RegionSample, Float64Array>();

/** Intensities of the intensity mask, in the order of the voxels. */
export function regionValues(sample: RegionSample, kernels: KernelModule | null = null): Float64Array {
  const rows = rowsOf(sample, 'intensity', kernels);
  return rows.gather(sample.image, sample.intensity, new Float64Array(rows.voxels));
}

/** Intensities of the intensity mask in rising order. Shared by the families: do not change. */
export function sortedRegionValues(sample: RegionSample, kernels: KernelModule | null): Float64Array {
  const known = sorted.get(sample);
  if (known) return known;
  const result = kernels === null ? regionValues(sample).sort() : sortedByKernel(sample, kernels);
  sorted.set(sample, result);
  return result;
}

function sortedByKernel(sample: RegionSample, kernels: KernelModule): Float64Array {
  const rows = rowsOf(sample, 'intensity', kernels);
  const count = rows.voxels;
  const { arena, call } = kernels;
  arena.reset();
  const at = arena.room(8 * count);
  const other = arena.room(8 * count);
  rows.gather(sample.image, sample.intensity, new Float64Array(arena.buffer, at, count));
  const where = call('intensity_statistics_sort', at, other, count);
  return new Float64Array(arena.buffer, where, count).slice();
}

/** Voxels of each grey level, index 0 for level 1; empty when there are no grey levels. */
export const levelCounts = ({ discretised }: RegionSample, kernels: KernelModule | null): Uint32Array =>
  discretised === null ? new Uint32Array(0) : levelCountsOf(discretised, kernels);
