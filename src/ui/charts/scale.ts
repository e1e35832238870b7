/** Round numbers from `low` to `high`, about `wanted` of them: steps of 1, 2 or 5 times a power of ten. */
export function ticks(low: number, high: number, wanted: number): number[] {
  const span = high - low;
  if (!(span > 0) || !Number.isFinite(span)) return [];
  const rough = span / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((s) => s * power >= rough) ?? 10);
  const found: number[] = [];
  for (let n = Math.ceil(low / step - 1e-9); n * step <= high + 1e-9 * span; n++) {
    found.push(Number((n * step).toPrecision(12)));
  }
  return found;
}

/** Least and greatest finite value of some curves, with 0 among them; never empty. */
export function extent(curves: readonly ArrayLike<number>[]): readonly [number, number] {
  let [low, high] = [0, 0];
  for (const curve of curves) {
    for (let i = 0; i < curve.length; i++) {
      const v = curve[i]!;
      if (v < low) low = v;
      if (v > high && v < Infinity) high = v;
    }
  }
  return low === high ? [low, low + 1] : [low, high];
}
