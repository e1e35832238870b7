/** First pass of a curve: when it comes, how high and how wide it is. */
export interface BolusShape {
  /** Median of the frames before the rise, in the unit of the curve. */
  readonly baseline: number;
  /** Height of the peak above the baseline. */
  readonly height: number;
  readonly peakFrame: number;
  /** Frames before the arrival: 0 … this − 1. */
  readonly baselineFrames: number;
  /** s; where the rise crosses a tenth of the height, between frames. The first time when the curve starts above it. */
  readonly arrival: number;
  /** Full width at half height, s; Infinity when the curve does not fall to half again. */
  readonly width: number;
}

/**
 * Shape of the first pass. The baseline ends at the steepest rise before the peak; from the peak back, the first frame at
 * or below a tenth of the height is the last before the arrival. Between frames the curve is taken as straight.
 *
 * @param times s, rising, one a frame; at least 3 frames, all values finite.
 */
export function bolusShape(curve: ArrayLike<number>, times: ArrayLike<number>): BolusShape {
  let peakFrame = 0;
  for (let f = 1; f < curve.length; f++) if (curve[f]! > curve[peakFrame]!) peakFrame = f;
  let rise = 1;
  for (let f = 2; f <= peakFrame; f++)
    if (curve[f]! - curve[f - 1]! > curve[rise]! - curve[rise - 1]!) rise = f;
  const baseline = peakFrame === 0 ? curve[0]! : median(Array.from({ length: rise }, (_, f) => curve[f]!));
  return shapeAbove(curve, times, baseline, peakFrame);
}

/** {@link BolusShape} over a baseline that is known. */
export function shapeAbove(
  curve: ArrayLike<number>,
  times: ArrayLike<number>,
  baseline: number,
  peakFrame: number,
): BolusShape {
  const height = curve[peakFrame]! - baseline;
  const before = (level: number): number => {
    let f = peakFrame;
    while (f >= 0 && curve[f]! > level) f--;
    return f;
  };
  const crossing = (below: number, above: number, level: number): number => {
    const share = (level - curve[below]!) / (curve[above]! - curve[below]!);
    return times[below]! + share * (times[above]! - times[below]!);
  };
  const tenth = baseline + height / 10;
  const half = baseline + height / 2;
  const foot = Math.min(before(tenth), peakFrame - 1);
  const left = before(half);
  let right = peakFrame;
  while (right < curve.length && curve[right]! > half) right++;
  const start = left < 0 ? times[0]! : crossing(left, left + 1, half);
  const end = right >= curve.length ? Infinity : crossing(right, right - 1, half);
  return {
    baseline,
    height,
    peakFrame,
    baselineFrames: foot + 1,
    arrival: foot < 0 ? times[0]! : crossing(foot, foot + 1, tenth),
    width: end - start,
  };
}

/** Middle value; NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const n = sorted.length;
  return n % 2 === 1 ? sorted[(n - 1) / 2]! : (sorted[n / 2 - 1]! + sorted[n / 2]!) / 2;
}
