/** Counts of values in bins of equal width, with the sum of the values of each. */
export interface Histogram {
  /** Lower edge of the first bin and width of all. */
  readonly lower: number;
  readonly width: number;
  readonly counts: Float64Array;
  readonly sums: Float64Array;
}

/** How values are given: `each` meets every one that counts. */
export type Values = (meet: (value: number) => void) => void;

/** A histogram over the span of the values; null when there are none, or all are equal. */
export function histogramOf(each: Values, bins: number): Histogram | null {
  let low = Infinity;
  let high = -Infinity;
  each((v) => {
    if (v < low) low = v;
    if (v > high) high = v;
  });
  if (!(high > low) || !Number.isFinite(high - low)) return null;
  const width = (high - low) / bins;
  const counts = new Float64Array(bins);
  const sums = new Float64Array(bins);
  each((v) => {
    if (Number.isNaN(v)) return;
    const bin = Math.min(bins - 1, Math.floor((v - low) / width));
    counts[bin]++;
    sums[bin] += v;
  });
  return { lower: low, width, counts, sums };
}

export interface OtsuResult {
  /** Levels below are background; levels from it on are the object. */
  readonly level: number;
  /** Variance within the two classes, weighted, and between them, in squared levels. */
  readonly within: number;
  readonly between: number;
}

/**
 * The threshold that parts a histogram into two classes with the least variance within them, and so the greatest between
 * them: σ_b² = w₀·w₁·(μ₀ − μ₁)² (Otsu 1979, eq. 14 and 17). Of equal splits the first.
 * Counts 8, 7, 2, 6, 9, 4: level 3, within 0.490884, between 2.628715.
 */
export function otsu(counts: ArrayLike<number>): OtsuResult {
  let total = 0;
  let sum = 0;
  let squares = 0;
  for (let level = 0; level < counts.length; level++) {
    total += counts[level];
    sum += level * counts[level];
    squares += level * level * counts[level];
  }
  const variance = squares / total - (sum / total) ** 2;
  let best: OtsuResult = { level: 0, within: variance, between: 0 };
  let below = 0;
  let sumBelow = 0;
  for (let level = 1; level < counts.length; level++) {
    below += counts[level - 1];
    sumBelow += (level - 1) * counts[level - 1];
    if (below === 0 || below === total) continue;
    const distance = sumBelow / below - (sum - sumBelow) / (total - below);
    const between = (below / total) * (1 - below / total) * distance ** 2;
    if (between > best.between) best = { level, between, within: variance - between };
  }
  return best;
}

/**
 * The threshold half way between the means of the values below it and from it on, found by going there until it stays
 * (Ridler and Calvard 1978, from the mean of all). In the unit of the values, true to a bin.
 */
export function ridlerCalvard({ lower, width, counts, sums }: Histogram): number {
  const mean = (from: number, to: number): number => {
    let [n, sum] = [0, 0];
    for (let bin = from; bin < to; bin++) {
      n += counts[bin];
      sum += sums[bin];
    }
    return n === 0 ? NaN : sum / n;
  };
  const bins = counts.length;
  let threshold = mean(0, bins);
  const seen = new Set<number>();
  for (;;) {
    // The first and last bin hold the extremes, so both sides always have values.
    const bin = Math.min(bins - 1, Math.max(1, Math.round((threshold - lower) / width)));
    if (seen.has(bin)) return threshold;
    seen.add(bin);
    threshold = (mean(0, bin) + mean(bin, bins)) / 2;
  }
}
