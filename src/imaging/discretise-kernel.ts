import type { KernelModule } from '../core/kernel-module.ts';
import { rememberLevelCounts } from './level-counts.ts';
import type { MaskRows } from './mask-rows.ts';

/** What the kernels need: the rows of the mask, since they work on the region's intensities in one line. */
export interface Fast {
  readonly rows: MaskRows;
  readonly kernels: KernelModule;
}

/** Address of the region's intensities, in line; until they are binned, the kernels must not be asked for others. */
export type Line = number & { readonly line: unique symbol };

export function inLine(image: Float64Array, mask: Uint8Array, { rows, kernels: { arena } }: Fast): Line {
  arena.reset();
  const values = arena.room(8 * rows.voxels);
  rows.gather(image, mask, new Float64Array(arena.buffer, values, rows.voxels));
  return values as Line;
}

/** Least and largest of the intensities; the least is above the largest when there are none. */
export function extremesByKernel(
  values: Line,
  { rows, kernels: { arena, call } }: Fast,
): readonly [number, number] {
  const out = arena.room(16);
  call('grey_levels_extremes', values, rows.voxels, out);
  const [min, max] = new Float64Array(arena.buffer, out, 2);
  return [min!, max!];
}

/** How intensities become levels: min(most, ⌊factor·(x − lower)/divisor⌋ + 1). */
interface Binning {
  readonly lower: number;
  readonly factor: number;
  readonly divisor: number;
  readonly most: number;
}

/** Levels of the voxels under a mask, 0 elsewhere. No intensity under the mask lies below `lower`. */
export function binByKernel(
  values: Line,
  mask: Uint8Array,
  { lower, factor, divisor, most }: Binning,
  { rows, kernels: { arena, call } }: Fast,
): Uint16Array {
  const made = arena.room(2 * rows.voxels);
  const counts = arena.alloc(4 * 4 * (most + 1));
  call('grey_levels_bin', values, rows.voxels, lower, factor, divisor, most, made);
  call('intensity_histogram_count', made, rows.voxels, counts, most + 1);
  const levels = new Uint16Array(mask.length);
  rows.scatter(new Uint16Array(arena.buffer, made, rows.voxels), mask, levels);
  rememberLevelCounts(levels, new Uint32Array(arena.buffer, counts, most + 1).slice(1));
  return levels;
}
