import { incompleteBeta } from './beta.ts';
import { incompleteGamma } from './gamma.ts';

/** Probability below and above a point. Each is computed on its own side, so that small tails keep their digits. */
export interface Tails {
  readonly lower: number;
  readonly upper: number;
}

/** Standard normal: Φ(z) from Q(½, z²/2) (Abramowitz & Stegun 26.2.30). */
export function normalTails(z: number): Tails {
  const half = incompleteGamma(0.5, (z * z) / 2).upper / 2;
  return z < 0 ? { lower: half, upper: 1 - half } : { lower: 1 - half, upper: half };
}

/** χ² with ν degrees of freedom: P(ν/2, x/2) (Abramowitz & Stegun 26.4.19). */
export const chiSquaredTails = (x: number, df: number): Tails => incompleteGamma(df / 2, x / 2);

/** Student's t with ν degrees of freedom: I of ν/(ν+t²) (Abramowitz & Stegun 26.7.1). */
export function studentTails(t: number, df: number): Tails {
  const whole = df + t * t;
  const half = incompleteBeta(df / 2, 0.5, df / whole, (t * t) / whole).lower / 2;
  return t < 0 ? { lower: half, upper: 1 - half } : { lower: 1 - half, upper: half };
}

/** Fisher's F with d₁ and d₂ degrees of freedom, fractions allowed (Abramowitz & Stegun 26.6.2). */
export function fisherTails(f: number, d1: number, d2: number): Tails {
  if (f <= 0) return { lower: 0, upper: 1 };
  if (f === Infinity) return { lower: 1, upper: 0 };
  const whole = d1 * f + d2;
  return incompleteBeta(d1 / 2, d2 / 2, (d1 * f) / whole, d2 / whole);
}

/** z below which the standard normal has probability p, 0 < p < 1. */
export const normalQuantile = (p: number): number => symmetricQuantile(p, normalTails);

/** t below which Student's distribution has probability p, 0 < p < 1. */
export const studentQuantile = (p: number, df: number): number =>
  symmetricQuantile(p, (t) => studentTails(t, df));

export const chiSquaredQuantile = (p: number, df: number): number =>
  positiveQuantile(p, (x) => chiSquaredTails(x, df), df);

export const fisherQuantile = (p: number, d1: number, d2: number): number =>
  positiveQuantile(p, (x) => fisherTails(x, d1, d2), 1);

function symmetricQuantile(p: number, tails: (x: number) => Tails): number {
  if (p === 0.5) return 0;
  const tail = Math.min(p, 1 - p);
  const x = positiveRoot((v) => Math.log(tails(v).upper) - Math.log(tail), 1);
  return p < 0.5 ? -x : x;
}

function positiveQuantile(p: number, tails: (x: number) => Tails, start: number): number {
  return p <= 0.5
    ? positiveRoot((x) => Math.log(p) - Math.log(tails(x).lower), start)
    : positiveRoot((x) => Math.log(tails(x).upper) - Math.log(1 - p), start);
}

/**
 * Zero of a falling function of x > 0: brackets by doubling, then Illinois' false position held inside the bracket, to
 * the last digits.
 */
function positiveRoot(falling: (x: number) => number, start: number): number {
  let low = start;
  let high = start;
  while (falling(low) < 0 && low > 1e-300) low /= 2;
  while (falling(high) > 0 && high < 1e300) high *= 2;
  let atLow = falling(low);
  let atHigh = falling(high);
  if (atLow === 0) return low;
  if (atHigh === 0) return high;
  for (let i = 0; i < 200 && high - low > 4e-16 * high; i++) {
    const secant = high - (atHigh * (high - low)) / (atHigh - atLow);
    const x = secant > low && secant < high && i % 3 !== 2 ? secant : (low + high) / 2;
    const at = falling(x);
    if (at === 0) return x;
    if (at > 0) {
      [low, atLow] = [x, at];
      atHigh /= 2;
    } else {
      [high, atHigh] = [x, at];
      atLow /= 2;
    }
  }
  return (low + high) / 2;
}
