import type { Interval } from './curves.ts';

/** Where values lie on the screen. `from` and `to` are the pixels of `low` and `high`. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly from: number;
  readonly to: number;
  readonly log: boolean;
}

/** A scale over an interval. A logarithmic one needs bounds above zero. */
export const scaleOf = ([low, high]: Interval, from: number, to: number, log = false): Scale => ({
  low,
  high,
  from,
  to,
  log,
});

/** The pixel of a value; NaN for what a logarithmic scale does not hold. */
export function placeOf({ low, high, from, to, log }: Scale, value: number): number {
  const share = log
    ? value > 0
      ? Math.log(value / low) / Math.log(high / low)
      : NaN
    : (value - low) / (high - low);
  return from + share * (to - from);
}

/** The value at a pixel: the inverse of {@link placeOf}. */
export function valueFrom({ low, high, from, to, log }: Scale, pixel: number): number {
  const share = (pixel - from) / (to - from);
  return log ? low * (high / low) ** share : low + share * (high - low);
}

/** Hundredths of a pixel are finer than any screen and keep paths short. */
const short = (pixel: number) => String(Math.round(pixel * 100) / 100);

/**
 * The SVG path of a curve. A sample without a finite place breaks the line; one that stands alone between two breaks
 * becomes a line of no length, which a round cap shows as a dot.
 */
export function linePath(x: ArrayLike<number>, y: ArrayLike<number>, across: Scale, up: Scale): string {
  let path = '';
  let open = false;
  let alone = false;
  for (let i = 0; i < x.length; i++) {
    const [px, py] = [placeOf(across, x[i]!), placeOf(up, y[i] ?? NaN)];
    if (!Number.isFinite(px) || !Number.isFinite(py)) {
      if (alone) path += 'h0';
      open = alone = false;
      continue;
    }
    path += `${open ? 'L' : 'M'}${short(px)} ${short(py)}`;
    alone = !open;
    open = true;
  }
  return alone ? `${path}h0` : path;
}

/** Samples as lines of no length: drawn with a round cap, they are dots as wide as the line. */
export function dotsPath(x: ArrayLike<number>, y: ArrayLike<number>, across: Scale, up: Scale): string {
  let path = '';
  for (let i = 0; i < x.length; i++) {
    const [px, py] = [placeOf(across, x[i]!), placeOf(up, y[i] ?? NaN)];
    if (Number.isFinite(px) && Number.isFinite(py)) path += `M${short(px)} ${short(py)}h0`;
  }
  return path;
}

/** The area between two curves, a piece for each run of samples where both are finite. */
export function areaPath(
  x: ArrayLike<number>,
  low: ArrayLike<number>,
  high: ArrayLike<number>,
  across: Scale,
  up: Scale,
): string {
  let path = '';
  let there: string[] = [];
  let back: string[] = [];
  const close = () => {
    if (there.length > 1) path += `M${there.join('L')}L${back.reverse().join('L')}Z`;
    there = [];
    back = [];
  };
  for (let i = 0; i < x.length; i++) {
    const px = placeOf(across, x[i]!);
    const [top, bottom] = [placeOf(up, high[i] ?? NaN), placeOf(up, low[i] ?? NaN)];
    if (!Number.isFinite(px) || !Number.isFinite(top) || !Number.isFinite(bottom)) close();
    else {
      there.push(`${short(px)} ${short(top)}`);
      back.push(`${short(px)} ${short(bottom)}`);
    }
  }
  close();
  return path;
}
