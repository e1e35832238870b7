/**
 * Number of frames before the contrast agent arrives, from a curve that enhances: the longest beginning after which
 * the curve has left its own noise and a tenth of its rise for good. At least 1; all frames but one when it never rises.
 * @param curve signal or concentration, one value a frame, such as the mean over an artery or a region.
 */
export function framesBeforeArrival(curve: ArrayLike<number>): number {
  const n = curve.length;
  let peak = 0;
  for (let f = 1; f < n; f++) if (Math.abs(curve[f] - curve[0]) > Math.abs(curve[peak] - curve[0])) peak = f;
  const up = curve[peak] >= curve[0] ? 1 : -1;
  // Going back from the peak, the rise has begun where the curve is last below a tenth of it.
  let before = peak;
  let count = Math.max(1, before);
  for (let round = 0; round < 3; round++) {
    const { mean, deviation } = spread(curve, Math.max(1, Math.min(count, peak)));
    const rise = Math.abs(curve[peak] - mean);
    const limit = Math.max(0.1 * rise, Math.min(3 * deviation, 0.3 * rise));
    before = peak;
    while (before > 0 && up * (curve[before - 1] - mean) > limit) before--;
    if (Math.max(1, before) === count) break;
    count = Math.max(1, before);
  }
  return Math.min(count, n - 1);
}

function spread(curve: ArrayLike<number>, count: number): { mean: number; deviation: number } {
  let mean = 0;
  for (let f = 0; f < count; f++) mean += curve[f] / count;
  let squares = 0;
  for (let f = 0; f < count; f++) squares += (curve[f] - mean) ** 2;
  return { mean, deviation: count > 1 ? Math.sqrt(squares / (count - 1)) : 0 };
}
