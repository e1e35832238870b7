/**
 * Number of frames before the contrast agent arrives, from a curve that enhances: the longest beginning after which
 * the curve has left its own noise and a twentieth of its rise for good. At least 1; all frames but one when it never rises.
 * @param curve signal or concentration, one value a frame, such as the mean over an artery or a region.
 */
export function framesBeforeArrival(curve: ArrayLike<number>): number {
  const n = curve.length;
  let peak = 0;
  for (let f = 1; f < n; f++) if (Math.abs(curve[f] - curve[0]) > Math.abs(curve[peak] - curve[0])) peak = f;
  if (peak === 0) return Math.max(1, n - 1);
  const up = curve[peak] >= curve[0] ? 1 : -1;
  // Going back from the peak, the rise has begun where the curve is last below a small share of it.
  let count = Math.max(1, peak);
  for (let round = 0; round < 8; round++) {
    const { middle, deviation } = spread(curve, count);
    const rise = Math.abs(curve[peak] - middle);
    const limit = Math.max(0.05 * rise, Math.min(3 * deviation, 0.3 * rise));
    let before = Math.max(1, peak);
    while (before > 1 && up * (curve[before - 1] - middle) > limit) before--;
    if (before === count) break;
    count = before;
  }
  return Math.min(count, n - 1);
}

/** Median and 1.4826 × median absolute deviation: one frame of the rise among them does not count. */
function spread(curve: ArrayLike<number>, count: number): { middle: number; deviation: number } {
  const first = Array.from({ length: count }, (_, f) => curve[f]);
  const middle = median(first);
  return { middle, deviation: 1.4826 * median(first.map((v) => Math.abs(v - middle))) };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
