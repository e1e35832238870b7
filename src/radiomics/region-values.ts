import type { KernelModule } from '../core/kernel-module.ts';
import type { RegionSample } from './region-sample.ts';

const gathered = new WeakMap<RegionSample, Float64Array>();
const sorted = new WeakMap<RegionSample, Float64Array>();
const counted = new WeakMap<RegionSample, Uint32Array>();

/** Intensities of the intensity mask, in the order of the voxels. Shared by the families: do not change. */
export function regionValues(sample: RegionSample): Float64Array {
  const known = gathered.get(sample);
  if (known) return known;
  const { image, intensity } = sample;
  const values = new Float64Array(image.length);
  let n = 0;
  for (let i = 0; i < image.length; i++) if (intensity[i] === 1) values[n++] = image[i]!;
  const result = values.slice(0, n);
  gathered.set(sample, result);
  return result;
}

/** The same intensities in rising order. Shared by the families: do not change. */
export function sortedRegionValues(sample: RegionSample, kernels: KernelModule | null): Float64Array {
  const known = sorted.get(sample);
  if (known) return known;
  const values = regionValues(sample);
  const result = kernels === null ? values.slice().sort() : sortByKernel(values, kernels);
  sorted.set(sample, result);
  return result;
}

function sortByKernel(values: Float64Array, { arena, call }: KernelModule): Float64Array {
  arena.reset();
  const at = arena.alloc(values.byteLength);
  const other = arena.alloc(values.byteLength);
  new Float64Array(arena.buffer, at, values.length).set(values);
  const where = call('intensity_statistics_sort', at, other, values.length);
  return new Float64Array(arena.buffer, where, values.length).slice();
}

/** Voxels of each grey level, index 0 for level 1; empty when there are no grey levels. */
export function levelCounts(sample: RegionSample, kernels: KernelModule | null): Uint32Array {
  const known = counted.get(sample);
  if (known) return known;
  const d = sample.discretised;
  const result = d === null ? new Uint32Array(0) : countLevels(d.levels, d.bins, kernels);
  counted.set(sample, result);
  return result;
}

function countLevels(levels: Uint16Array, bins: number, kernels: KernelModule | null): Uint32Array {
  if (kernels === null) {
    const counts = new Uint32Array(bins + 1);
    for (let i = 0; i < levels.length; i++) counts[levels[i]!]!++;
    return counts.slice(1);
  }
  const { arena, call } = kernels;
  arena.reset();
  const at = arena.alloc(levels.byteLength);
  const counts = arena.alloc(4 * 4 * (bins + 1));
  new Uint16Array(arena.buffer, at, levels.length).set(levels);
  call('intensity_histogram_count', at, levels.length, counts, bins + 1);
  return new Uint32Array(arena.buffer, counts, bins + 1).slice(1);
}
