import type { KernelModule } from '../core/kernel-module.ts';
import type { MaskRows } from '../imaging/mask-rows.ts';
import { rowsOf } from '../imaging/sample-rows.ts';
import type { RegionSample } from './region-sample.ts';

const sorted = new WeakMap<RegionSample, Float64Array>();
const counted = new WeakMap<RegionSample, Uint32Array>();

/** Intensities of the intensity mask, in the order of the voxels. */
export function regionValues(sample: RegionSample, kernels: KernelModule | null = null): Float64Array {
  const rows = rowsOf(sample, 'intensity', kernels);
  return gather(sample, rows, new Float64Array(rows.extent?.count ?? 0));
}

/** Intensities of the intensity mask in rising order. Shared by the families: do not change. */
export function sortedRegionValues(sample: RegionSample, kernels: KernelModule | null): Float64Array {
  const known = sorted.get(sample);
  if (known) return known;
  const result = kernels === null ? regionValues(sample).sort() : sortedByKernel(sample, kernels);
  sorted.set(sample, result);
  return result;
}

/** Fills `into` with the intensities, in the order of the voxels. */
function gather({ image, intensity }: RegionSample, rows: MaskRows, into: Float64Array): Float64Array {
  for (let r = 0, n = 0; r < rows.count; r++) {
    const [first, last] = [rows.first(r), rows.last(r)];
    const unbroken = rows.voxels(r) === last - first + 1;
    for (let i = first; i <= last; i++) if (unbroken || intensity[i] === 1) into[n++] = image[i]!;
  }
  return into;
}

function sortedByKernel(sample: RegionSample, kernels: KernelModule): Float64Array {
  const rows = rowsOf(sample, 'intensity', kernels);
  const count = rows.extent?.count ?? 0;
  const { arena, call } = kernels;
  arena.reset();
  const at = arena.room(8 * count);
  const other = arena.room(8 * count);
  gather(sample, rows, new Float64Array(arena.buffer, at, count));
  const where = call('intensity_statistics_sort', at, other, count);
  return new Float64Array(arena.buffer, where, count).slice();
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
  const at = arena.room(levels.byteLength);
  const counts = arena.alloc(4 * 4 * (bins + 1));
  new Uint16Array(arena.buffer, at, levels.length).set(levels);
  call('intensity_histogram_count', at, levels.length, counts, bins + 1);
  return new Uint32Array(arena.buffer, counts, bins + 1).slice(1);
}
