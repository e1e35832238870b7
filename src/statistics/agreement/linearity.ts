import { studentQuantile, studentTails } from '../distributions/distributions.ts';
import { isConstant, mean, pairProblem, productsAboutMeans, squaresAboutMean } from '../moments.ts';
import { isNoValue, noValue, type Estimate, type Outcome } from '../outcome.ts';

export interface Line {
  readonly intercept: number;
  readonly slope: Estimate;
  /** Two-sided, slope against 0; null when the points lie on the line. */
  readonly p: number | null;
  /** Share of the spread of y that the line explains; null when y is constant. */
  readonly rSquared: number | null;
}

/** Ordinary least squares y = a + bx; slope b = S_xy/S_xx with b ± t_{n−2}·√(s²/S_xx). */
export function line(x: readonly number[], y: readonly number[], confidence = 0.95): Outcome<Line> {
  const problem = pairProblem(x, y, 3);
  if (problem) return noValue(problem);
  if (isConstant(x)) return noValue('constant');
  const n = x.length;
  const sxx = squaresAboutMean(x);
  const syy = squaresAboutMean(y);
  const value = productsAboutMeans(x, y) / sxx;
  const intercept = mean(y) - value * mean(x);
  const rest = x.reduce((s, v, i) => s + (y[i]! - intercept - value * v) ** 2, 0);
  const error = Math.sqrt(rest / (n - 2) / sxx);
  const half = studentQuantile((1 + confidence) / 2, n - 2) * error;
  return {
    intercept,
    slope: { value, low: value - half, high: value + half },
    p: error === 0 ? null : 2 * studentTails(Math.abs(value / error), n - 2).upper,
    rSquared: syy === 0 ? null : 1 - rest / syy,
  };
}

export interface Linearity extends Line {
  /** Coefficient of x² with its two-sided p-value, x measured from its mean; none with fewer than three levels. */
  readonly quadratic: Outcome<{ readonly coefficient: number; readonly p: number }>;
  /** Slope 0.95–1.05 and R² > 0.90: default from the literature (QIBA), to be checked against the profile in use. */
  readonly passes: boolean;
}

/** Measured on true values: line, and a quadratic term that must add nothing. */
export function linearity(truth: readonly number[], measured: readonly number[]): Outcome<Linearity> {
  const fit = line(truth, measured);
  if (isNoValue(fit)) return fit;
  const { slope, rSquared } = fit;
  const passes = slope.value >= 0.95 && slope.value <= 1.05 && rSquared !== null && rSquared > 0.9;
  return { ...fit, quadratic: quadraticTerm(truth, measured), passes };
}

/**
 * The term c·x² beside a line: x² is made orthogonal to 1 and x (Frisch-Waugh), so that c = ⟨q, y⟩/⟨q, q⟩ and its
 * t-test has n − 3 degrees of freedom.
 */
function quadraticTerm(x: readonly number[], y: readonly number[]): Linearity['quadratic'] {
  const n = x.length;
  if (n < 4) return noValue('too_few');
  if (new Set(x).size < 3) return noValue('too_few');
  const m = mean(x);
  const scale = Math.sqrt(squaresAboutMean(x) / n);
  const z = x.map((v) => (v - m) / scale);
  const square = z.map((v) => v * v);
  const q = residuals(z, square);
  const size = q.reduce((s, v) => s + v * v, 0);
  const c = q.reduce((s, v, i) => s + v * y[i]!, 0) / size;
  const left = residuals(z, y).map((v, i) => v - c * q[i]!);
  const error = Math.sqrt(left.reduce((s, v) => s + v * v, 0) / (n - 3) / size);
  const spread = Math.sqrt(squaresAboutMean(y));
  if (error <= 1e-14 * spread)
    return { coefficient: c / scale ** 2, p: Math.abs(c) <= 1e-12 * spread ? 1 : 0 };
  return { coefficient: c / scale ** 2, p: 2 * studentTails(Math.abs(c / error), n - 3).upper };
}

function residuals(x: readonly number[], y: readonly number[]): number[] {
  const slope = productsAboutMeans(x, y) / squaresAboutMean(x);
  const [mx, my] = [mean(x), mean(y)];
  return y.map((v, i) => v - my - slope * (x[i]! - mx));
}
