import { momentsOf } from '../masked-values.ts';

/** Places that the density is taken at, and how far on each side its kernel reaches, in bandwidths. */
const PLACES = 1024;
const REACH = 4;
/** A peak below this share of the highest one is tail. */
const MAJOR = 0.2;

export interface Density {
  readonly lower: number;
  readonly step: number;
  readonly values: Float64Array;
}

/**
 * Gaussian kernel density of values in rising order, with Silverman's bandwidth, h = 0.9·min(σ, IQR/1.34)·n^(−1/5),
 * times `smoothing`. Counts go to the two nearest places by nearness, so that the density follows a shift or a scaling of
 * the values exactly. Heights are relative: the highest is 1.
 */
export function densityOf(sorted: Float64Array, smoothing: number): Density {
  const n = sorted.length;
  const { deviation } = momentsOf(sorted);
  const quartiles = (sorted[Math.floor(0.75 * (n - 1))]! - sorted[Math.floor(0.25 * (n - 1))]!) / 1.34;
  const spread = quartiles > 0 ? Math.min(deviation, quartiles) : deviation;
  const lower = sorted[0]!;
  const step = (sorted[n - 1]! - lower) / (PLACES - 1);
  const counts = new Float64Array(PLACES);
  for (const v of sorted) {
    const at = (v - lower) / step;
    const place = Math.min(PLACES - 2, Math.floor(at));
    counts[place]! += 1 - (at - place);
    counts[place + 1]! += at - place;
  }
  // Of at least two places, for a value that many voxels share is one place.
  const width = Math.max(2, (smoothing * 0.9 * spread * n ** -0.2) / step);
  const reach = Math.ceil(REACH * width);
  const kernel = Float64Array.from({ length: 2 * reach + 1 }, (_, k) =>
    Math.exp(-0.5 * ((k - reach) / width) ** 2),
  );
  const values = new Float64Array(PLACES);
  for (let p = 0; p < PLACES; p++) {
    if (counts[p] === 0) continue;
    const [from, to] = [Math.max(0, p - reach), Math.min(PLACES - 1, p + reach)];
    for (let q = from; q <= to; q++) values[q]! += counts[p]! * kernel[q - p + reach]!;
  }
  const highest = values.reduce((a, b) => Math.max(a, b), 0);
  return { lower, step, values: values.map((v) => v / highest) };
}

/** Places of the peaks that are at least a fifth as high as the highest, in rising order; parabolas between places. */
export function majorPeaks({ lower, step, values }: Density): { place: number; height: number }[] {
  const peaks: { place: number; height: number }[] = [];
  for (let p = 0; p < values.length; p++) {
    const [a, b, c] = [values[p - 1] ?? 0, values[p]!, values[p + 1] ?? 0];
    if (b < MAJOR || b <= a || b < c) continue;
    const bend = a - 2 * b + c;
    const off = bend < 0 ? Math.max(-0.5, Math.min(0.5, (0.5 * (a - c)) / bend)) : 0;
    peaks.push({ place: lower + (p + off) * step, height: b });
  }
  return peaks;
}

export interface Stripe {
  /** Where the density peaks. */
  readonly peak: number;
  /** The stripe: values from `low` to `high`, their mean and standard deviation, their number. */
  readonly low: number;
  readonly high: number;
  readonly mean: number;
  readonly deviation: number;
  readonly voxels: number;
}

/**
 * The white stripe (Shinohara et al. 2014): the peak μ of the tissue, and the values whose rank lies within ±τ of
 * that of μ, F(μ) ± τ. T1: the rightmost major peak, white matter; T2: the highest one.
 * @param sorted values in rising order
 * @returns null when the stripe has no spread
 */
export function stripeOf(
  sorted: Float64Array,
  weighting: 't1' | 't2',
  tau: number,
  smoothing: number,
): Stripe | null {
  const peaks = majorPeaks(densityOf(sorted, smoothing));
  const found =
    weighting === 't1' ? peaks.at(-1) : peaks.reduce((a, b) => (b.height > a.height ? b : a), peaks[0]!);
  if (!found) return null;
  const n = sorted.length;
  let rank = 0;
  while (rank < n && sorted[rank]! <= found.place) rank++;
  const from = Math.max(0, Math.floor(rank - tau * n));
  const to = Math.min(n, Math.ceil(rank + tau * n));
  const { mean, deviation } = momentsOf(sorted, from, to);
  if (!(deviation > 0)) return null;
  return { peak: found.place, low: sorted[from]!, high: sorted[to - 1]!, mean, deviation, voxels: to - from };
}
