/** What a list says about a map: middle and spread of its values. */
export interface Spread {
  readonly voxels: number;
  readonly median: number;
  /** Share of the fullest bin, 0 to 1, for equal bins over the range; what lies outside is left out. */
  readonly bins: Float32Array;
}

/** Median and histogram of the finite values of a map within a range. NaN median where there is no value. */
export function spreadOf(data: ArrayLike<number>, [low, high]: readonly [number, number], bins = 24): Spread {
  const values = Float32Array.from(data).filter(Number.isFinite).sort();
  const counts = new Float32Array(bins);
  for (const v of values) {
    const at = Math.floor((bins * (v - low)) / (high - low));
    const bin = v === high ? bins - 1 : at;
    if (bin >= 0 && bin < bins) counts[bin]! += 1;
  }
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  const middle = values.length >> 1;
  return {
    voxels: values.length,
    median:
      values.length === 0
        ? Number.NaN
        : values.length % 2 === 1
          ? values[middle]!
          : (values[middle - 1]! + values[middle]!) / 2,
    bins: most > 0 ? counts.map((c) => c / most) : counts,
  };
}
