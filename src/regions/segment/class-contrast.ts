/** How far the two classes that differ least stand apart: difference of means over root mean square of deviations. */
export function leastContrast(mean: readonly number[], deviation: readonly number[]): number {
  let least = Infinity;
  for (let a = 0; a < mean.length; a++)
    for (let b = 0; b < a; b++) {
      const spread = Math.hypot(deviation[a]!, deviation[b]!) / Math.SQRT2;
      least = Math.min(least, Math.abs(mean[a]! - mean[b]!) / Math.max(spread, Number.MIN_VALUE));
    }
  return least;
}
