/** How a curve is drawn: measured samples as dots, models as lines, a comparison dashed. */
export type CurveKind = 'line' | 'dots' | 'dashed';

/** A colour of the interface by the name of its token, such as `--curve-1`. */
export type ColourToken = `--${string}`;

/** Samples of a quantity over time. `x` ascends and may be uneven; NaN in `y` is a gap. */
export interface Curve {
  readonly id: string;
  readonly label: string;
  readonly colour: ColourToken;
  readonly kind: CurveKind;
  readonly x: Float64Array;
  readonly y: ArrayLike<number>;
}

/** A vertical line with a word: an arrival, the phase on screen. */
export interface Mark {
  readonly at: number;
  readonly label: string;
  readonly colour?: ColourToken;
}

/** A shaded part: a span of time (a baseline), or the room between two curves (an interval of confidence). */
export type Band =
  | { readonly from: number; readonly to: number; readonly label: string; readonly colour?: ColourToken }
  | {
      readonly x: Float64Array;
      readonly low: ArrayLike<number>;
      readonly high: ArrayLike<number>;
      readonly label: string;
      readonly colour?: ColourToken;
    };

export type Interval = readonly [low: number, high: number];

/**
 * The interval that holds every finite value of `series`, or null when there is none.
 * @param positive only values above zero count, for a logarithmic axis
 */
export function extentOf(series: Iterable<ArrayLike<number>>, positive = false): Interval | null {
  let [low, high] = [Infinity, -Infinity];
  for (const values of series) {
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      if (!Number.isFinite(value) || (positive && value <= 0)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low <= high ? [low, high] : null;
}

/** Makes room on both sides by `share` of the width; an interval of one value becomes one around it. */
export function widened([low, high]: Interval, share: number, log = false): Interval {
  if (log) {
    const factor = high > low ? (high / low) ** share : 2;
    return [low / factor, high * factor];
  }
  const room = high > low ? (high - low) * share : Math.abs(low) * 0.5 || 1;
  return [low - room, high + room];
}

/**
 * The index of the finite sample nearest to `at` in ascending or unordered `x`; the earlier one of two that are
 * equally near. −1 when there is none.
 */
export function nearest(x: ArrayLike<number>, at: number): number {
  let [best, distance] = [-1, Infinity];
  for (let i = 0; i < x.length; i++) {
    const d = Math.abs(x[i]! - at);
    if (d < distance) [best, distance] = [i, d];
  }
  return best;
}

/**
 * The times that a crosshair stops at and a table lists: those of the dots, which were measured, else those of all
 * curves. Ascending, each once.
 */
export function stopsOf(curves: readonly Curve[]): Float64Array {
  const measured = curves.filter((curve) => curve.kind === 'dots');
  const times = new Set<number>();
  for (const { x } of measured.length > 0 ? measured : curves) {
    for (const time of x) if (Number.isFinite(time)) times.add(time);
  }
  return Float64Array.from(times).sort();
}

/**
 * The value of a curve at a time: the sample there; on lines else the straight line between the two samples beside
 * it, as it is drawn. NaN in a gap, outside the curve, and between dots.
 */
export function valueAt({ kind, x, y }: Curve, at: number): number {
  const after = x.findIndex((time) => time >= at);
  if (after < 0) return NaN;
  if (x[after] === at) return y[after] ?? NaN;
  if (kind === 'dots' || after === 0) return NaN;
  const [x0, x1] = [x[after - 1]!, x[after]!];
  const [y0, y1] = [y[after - 1] ?? NaN, y[after] ?? NaN];
  return y0 + ((y1 - y0) * (at - x0)) / (x1 - x0);
}

/** The largest value of a curve and when it is reached, for its description; null without finite samples. */
export function peakOf({ x, y }: Curve): { readonly at: number; readonly value: number } | null {
  let peak: { at: number; value: number } | null = null;
  for (let i = 0; i < x.length; i++) {
    const value = y[i] ?? NaN;
    if (Number.isFinite(value) && (peak === null || value > peak.value)) peak = { at: x[i]!, value };
  }
  return peak;
}
