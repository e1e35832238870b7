import type { Interval } from './curves.ts';

/** Values sorted into bins of equal width. */
export interface Histogram {
  readonly counts: Uint32Array;
  readonly range: Interval;
  /** Values under and over the range, infinite ones included. */
  readonly below: number;
  readonly above: number;
  /** NaN: voxels without a value. */
  readonly missing: number;
}

/** What describes all finite values, in the range or not; NaN when there are none. */
export interface Summary {
  readonly count: number;
  readonly mean: number;
  readonly median: number;
  readonly p5: number;
  readonly p95: number;
}

/** The interval of the finite values; one around it when they are all equal, and 0 to 1 when there are none. */
export function rangeOfValues(values: ArrayLike<number>): Interval {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return [0, 1];
  if (low < high) return [low, high];
  const room = Math.abs(low) * 0.5 || 0.5;
  return [low - room, low + room];
}

/**
 * Counts values in `bins` bins of equal width over `range`: bin i holds low + i·w ≤ v < low + (i + 1)·w, and the
 * last one its upper end too.
 * @param bins a whole number above zero
 * @param range by default that of the finite values; its low end must be below its high one
 * @throws RangeError for bins or a range that hold nothing
 */
export function histogramOf(
  values: Float32Array,
  bins: number,
  range: Interval = rangeOfValues(values),
): Histogram {
  const [low, high] = range;
  if (!Number.isInteger(bins) || bins < 1) throw new RangeError('bins must be a whole number above zero');
  if (!(low < high) || !Number.isFinite(high - low)) throw new RangeError('the range holds nothing');
  const counts = new Uint32Array(bins);
  const share = bins / (high - low);
  let [below, above, missing] = [0, 0, 0];
  for (const value of values) {
    if (value < low) below++;
    else if (value > high) above++;
    else if (value >= low) counts[Math.min(bins - 1, Math.floor((value - low) * share))]!++;
    else missing++;
  }
  return { counts, range, below, above, missing };
}

/** Mean, median and percentiles of the finite values; percentiles by linear interpolation (Hyndman and Fan, type 7). */
export function summaryOf(values: Float32Array): Summary {
  const sorted = values.filter(Number.isFinite).sort();
  const count = sorted.length;
  const at = (share: number) => {
    if (count === 0) return NaN;
    const place = share * (count - 1);
    const below = Math.floor(place);
    const value = sorted[below]!;
    return value + ((sorted[below + 1] ?? value) - value) * (place - below);
  };
  let sum = 0;
  for (const value of sorted) sum += value;
  return { count, mean: count === 0 ? NaN : sum / count, median: at(0.5), p5: at(0.05), p95: at(0.95) };
}
