/**
 * Percentile by linear interpolation between the two nearest ranks (Hyndman & Fan type 7, the default of NumPy and
 * R): position h = (N−1)·q/100 among the sorted values. IBSI leaves the choice open; for the IBSI data all give the
 * reference values.
 * @param sorted rising, at least one value
 * @param percent 0 to 100
 */
export function percentile(sorted: ArrayLike<number>, percent: number): number {
  return atRank(sorted.length, percent, (i) => sorted[i]!);
}

/** The same from a histogram: `counts[i]` voxels of the value i + 1. */
export function percentileOfCounts(counts: ArrayLike<number>, total: number, percent: number): number {
  return atRank(total, percent, (rank) => {
    let level = 0;
    let below = counts[0]!;
    while (below <= rank) below += counts[++level]!;
    return level + 1;
  });
}

function atRank(n: number, percent: number, valueAt: (rank: number) => number): number {
  const h = ((n - 1) * percent) / 100;
  const low = Math.floor(h);
  const a = valueAt(low);
  return h === low ? a : a + (h - low) * (valueAt(low + 1) - a);
}
