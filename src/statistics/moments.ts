import { studentQuantile } from './distributions/distributions.ts';
import type { Estimate } from './outcome.ts';

export const sum = (values: readonly number[]): number => values.reduce((s, v) => s + v, 0);
export const mean = (values: readonly number[]): number => sum(values) / values.length;

/** Σ(v − v̄)². */
export function squaresAboutMean(values: readonly number[]): number {
  const m = mean(values);
  return values.reduce((s, v) => s + (v - m) ** 2, 0);
}

/** Sample variance, ÷(n − 1); at least two values. */
export const variance = (values: readonly number[]): number => squaresAboutMean(values) / (values.length - 1);

/** Σ(x − x̄)(y − ȳ). */
export function productsAboutMeans(x: readonly number[], y: readonly number[]): number {
  const [mx, my] = [mean(x), mean(y)];
  return x.reduce((s, v, i) => s + (v - mx) * (y[i]! - my), 0);
}

/** Numbers whose squares and their sums stay numbers too: beyond 1e100 nothing was measured. */
export const allFinite = (values: readonly number[]): boolean => values.every((v) => Math.abs(v) <= 1e100);
export const isConstant = (values: readonly number[]): boolean => values.every((v) => v === values[0]);

/** Mean with its confidence interval x̄ ± t·s/√n. */
export function meanEstimate(values: readonly number[], confidence = 0.95): Estimate {
  const half =
    studentQuantile((1 + confidence) / 2, values.length - 1) * Math.sqrt(variance(values) / values.length);
  const value = mean(values);
  return { value, low: value - half, high: value + half };
}

/** Why two lists cannot be compared pair by pair, or null. */
export function pairProblem(x: readonly number[], y: readonly number[], least: number) {
  if (x.length !== y.length) return 'lengths_differ';
  if (!allFinite(x) || !allFinite(y)) return 'not_finite';
  return x.length < least ? 'too_few' : null;
}
