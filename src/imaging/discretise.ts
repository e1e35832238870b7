import type { DiscretisationSettings } from './chain-settings.ts';
import { binByKernel, extremesByKernel, inLine, type Fast, type Line } from './discretise-kernel.ts';
import type { Discretised } from './region-sample.ts';

/** Most grey levels a 16-bit level image holds. */
export const MOST_LEVELS = 65535;

/** Why there are no grey levels. */
export type NoLevels = 'region_empty' | 'too_many_levels' | 'not_whole_numbers';

/**
 * Grey levels of the intensity mask (IBSI 4R0B), 0 outside it.
 * - FBN (K15C): ⌊N·(x−min)/(max−min)⌋ + 1, and N for x = max. A flat region has level 1 everywhere.
 * - FBS (Q3RU): ⌊(x−lower)/w⌋ + 1, `lower` being the lower bound of the re-segmentation range, else the minimum
 *   of the region.
 * - none: the whole-numbered intensities themselves; when they do not start in 1 … 65535 they are shifted so that
 *   the lowest becomes 1.
 */
export function discretise(
  image: Float64Array,
  mask: Uint8Array,
  settings: DiscretisationSettings,
  rangeLower: number | null,
  fast: Fast | null = null,
): Discretised | NoLevels {
  if (fast === null) return discretiseWithin(extremesOf(image, mask), image, mask, settings, rangeLower);
  const line = inLine(image, mask, fast);
  return discretiseWithin(extremesByKernel(line, fast), image, mask, settings, rangeLower, fast, line);
}

function extremesOf(image: Float64Array, mask: Uint8Array): readonly [number, number] {
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < image.length; i++) {
    if (mask[i] === 0) continue;
    const v = image[i]!;
    if (v < min) min = v;
    if (v > max) max = v;
  }
  return [min, max];
}

/**
 * The same for a part of a region, such as one slice: `extremes` are the least and the largest intensity of the whole
 * region, so that every part gets the levels that the whole would give it.
 * @param line the intensities where the kernels find them, when they lie there already
 */
export function discretiseWithin(
  [min, max]: readonly [number, number],
  image: Float64Array,
  mask: Uint8Array,
  { method, bins, width }: DiscretisationSettings,
  rangeLower: number | null,
  fast: Fast | null = null,
  line: Line | null = null,
): Discretised | NoLevels {
  if (min > max) return 'region_empty';
  if (method === 'FBN') {
    if (bins > MOST_LEVELS) return 'too_many_levels';
    const span = max - min;
    if (fast && span > 0) {
      const binning = { lower: min, factor: bins, divisor: span, most: bins };
      const levels = binByKernel(line ?? inLine(image, mask, fast), mask, binning, fast);
      return { levels, bins, method, lower: min, width: span / bins };
    }
    const levels = new Uint16Array(image.length);
    for (let i = 0; i < image.length; i++) {
      if (mask[i] === 0) continue;
      levels[i] = span === 0 ? 1 : Math.min(bins, Math.floor((bins * (image[i]! - min)) / span) + 1);
    }
    return { levels, bins, method, lower: min, width: span / bins };
  }
  if (method === 'FBS') {
    const lower = rangeLower ?? min;
    const highest = Math.floor((max - lower) / width) + 1;
    if (highest > MOST_LEVELS) return 'too_many_levels';
    if (fast && min >= lower) {
      const binning = { lower, factor: 1, divisor: width, most: highest };
      return {
        levels: binByKernel(line ?? inLine(image, mask, fast), mask, binning, fast),
        bins: highest,
        method,
        lower,
        width,
      };
    }
    const levels = new Uint16Array(image.length);
    for (let i = 0; i < image.length; i++) {
      if (mask[i] === 1) levels[i] = Math.floor((image[i]! - lower) / width) + 1;
    }
    return { levels, bins: highest, method, lower, width };
  }
  const levels = new Uint16Array(image.length);
  const shift = min >= 1 ? 0 : 1 - min;
  if (max + shift > MOST_LEVELS) return 'too_many_levels';
  for (let i = 0; i < image.length; i++) {
    if (mask[i] === 0) continue;
    if (!Number.isInteger(image[i]!)) return 'not_whole_numbers';
    levels[i] = image[i]! + shift;
  }
  return { levels, bins: max + shift, method, lower: 0.5 - shift, width: 1 };
}
