/** Times of the frames in seconds, rising; enhancement of one voxel over its baseline at them. */
export interface EnhancementCurve {
  readonly seconds: Float64Array;
  readonly values: Float64Array;
}

/** Shares of the peak: where the rise has surely begun, and below what the curve still is at its baseline. */
const LOW = 0.1;
const LEVEL = 0.01;

/** Frame with the highest value at or after `from`; the first of equals. */
export function peakFrame(values: Float64Array, from: number): number {
  let best = from;
  for (let f = from + 1; f < values.length; f++) if (values[f] > values[best]) best = f;
  return best;
}

/**
 * Seconds at which the rise to the peak begins, NaN when there is none. The low level is 10 % of the peak or three
 * standard deviations of the baseline, whichever is higher. Going back from the peak, the last run of frames above it
 * is the rise: so a spike in the baseline is passed over. The line through its first frame and its first frame over
 * twice the low level meets the baseline at the arrival, but not before the last frame that was still at baseline
 * (within 1 % of the peak or one standard deviation): so one steep step arrives at its foot. A straight rise is found
 * exactly, whatever the frames. A curve that starts above the low level arrives with its first frame; a low level
 * above half the peak is no enhancement.
 *
 * @param noise standard deviation of the baseline frames; 0 when there are too few.
 */
export function arrivalTime({ seconds, values }: EnhancementCurve, peak: number, noise: number): number {
  const top = values[peak];
  const low = Math.max(LOW * top, 3 * noise);
  if (!(top > 0) || low > top / 2) return Number.NaN;
  let first = peak;
  while (first > 0 && values[first - 1] >= low) first--;
  if (first === 0) return seconds[0];
  const level = Math.max(LEVEL * top, noise);
  let rest = first - 1;
  while (rest > 0 && values[rest] > level) rest--;
  let second = first + 1;
  while (second < peak && values[second] < 2 * low) second++;
  const rise = second <= peak ? values[second] - values[first] : 0;
  if (!(rise > 0)) return seconds[rest];
  const foot = seconds[first] - (values[first] * (seconds[second] - seconds[first])) / rise;
  return Math.max(foot, seconds[rest]);
}

/** Fewest frames after the arrival and within the window for an area to be more than one guess. */
const FEWEST_IN_AREA = 3;

/**
 * Area under the curve over `window` seconds from the arrival, in value·minutes: trapezoids on the curve, straight
 * between frames, with both ends interpolated; the curve is 0 at the arrival. NaN when the frames end before the
 * window does or fewer than three lie within it.
 */
export function initialArea({ seconds, values }: EnhancementCurve, arrival: number, window: number): number {
  const end = arrival + window;
  const last = seconds.length - 1;
  if (!(seconds[last] >= end)) return Number.NaN;
  let f = 0;
  while (seconds[f] <= arrival) f++;
  let area = 0;
  let inside = 0;
  let [t, v] = f > 0 && seconds[f - 1] === arrival ? [arrival, values[f - 1]] : [arrival, 0];
  for (; f <= last && seconds[f] <= end; f++, inside++) {
    area += ((v + values[f]) / 2) * (seconds[f] - t);
    [t, v] = [seconds[f], values[f]];
  }
  if (inside < FEWEST_IN_AREA) return Number.NaN;
  if (t < end) {
    const slope = (values[f] - v) / (seconds[f] - t);
    area += (v + (slope * (end - t)) / 2) * (end - t);
  }
  return area / 60;
}

/** Slope, value a minute, of the least-squares line through frames `first` to `last`; NaN for fewer than two. */
export function slopeBetween({ seconds, values }: EnhancementCurve, first: number, last: number): number {
  const n = last - first + 1;
  if (n < 2) return Number.NaN;
  let meanTime = 0;
  let mean = 0;
  for (let f = first; f <= last; f++) {
    meanTime += seconds[f] / n;
    mean += values[f] / n;
  }
  let both = 0;
  let time = 0;
  for (let f = first; f <= last; f++) {
    both += (seconds[f] - meanTime) * (values[f] - mean);
    time += (seconds[f] - meanTime) ** 2;
  }
  return (60 * both) / time;
}
