import { studentTails } from '../distributions/distributions.ts';
import { allFinite, isConstant, mean, meanEstimate, variance } from '../moments.ts';
import { noValue, type Estimate, type Outcome } from '../outcome.ts';

/** How a value is measured: on a ratio scale zero means none; on an interval scale zero is arbitrary. */
export type Scale = 'ratio' | 'interval';

/** The 15 % box of bias and variation. */
export const LIMIT_PERCENT = 15;

/** Bias in per cent of each measurement: 100·(y − truth)/truth. */
export function biasPercents(
  measured: readonly number[],
  truth: readonly number[],
): Outcome<readonly number[]> {
  if (measured.length !== truth.length) return noValue('lengths_differ');
  if (measured.length === 0) return noValue('too_few');
  if (!allFinite(measured) || !allFinite(truth)) return noValue('not_finite');
  if (truth.some((t) => t === 0)) return noValue('zero_truth');
  return measured.map((y, i) => (100 * (y - truth[i]!)) / truth[i]!);
}

export interface Bias {
  /** Mean bias in per cent. */
  readonly value: number;
  /** Its 95 % interval; null with one measurement. */
  readonly interval: Estimate | null;
  /** |bias| ≤ 15 %. */
  readonly passes: boolean;
}

/** Pooled bias in per cent over all levels. Per level: call it with that level alone. */
export function bias(measured: readonly number[], truth: readonly number[]): Outcome<Bias> {
  const percents = biasPercents(measured, truth);
  if ('noValue' in percents) return percents;
  const value = mean(percents);
  const interval = percents.length > 1 ? meanEstimate(percents) : null;
  return { value, interval, passes: Math.abs(value) <= LIMIT_PERCENT };
}

/**
 * Coefficient of variation in per cent, 100·s/|x̄|; `unbiased` multiplies by 1 + 1/(4n) (Sokal & Rohlf). None on an
 * interval scale, where the zero of the mean is arbitrary.
 */
export function coefficientOfVariation(
  values: readonly number[],
  { scale = 'ratio' as Scale, unbiased = false } = {},
): Outcome<number> {
  if (scale === 'interval') return noValue('interval_scale');
  if (values.length < 2) return noValue('one_replicate');
  if (!allFinite(values)) return noValue('not_finite');
  const m = mean(values);
  if (m === 0) return noValue('zero_mean');
  const cov = (100 * Math.sqrt(variance(values))) / Math.abs(m);
  return unbiased ? cov * (1 + 1 / (4 * values.length)) : cov;
}

/**
 * Equivalence by two one-sided tests (Schuirmann 1987): the mean lies within ±margin, shown when the 90 % interval
 * (t, at α = 0.05) lies inside. p is the larger of the two.
 */
export function equivalence(
  values: readonly number[],
  margin = LIMIT_PERCENT,
  alpha = 0.05,
): Outcome<{ readonly interval: Estimate; readonly p: number; readonly equivalent: boolean }> {
  if (values.length < 2) return noValue('too_few');
  if (!allFinite(values)) return noValue('not_finite');
  if (isConstant(values)) return noValue('constant');
  const interval = meanEstimate(values, 1 - 2 * alpha);
  const error = Math.sqrt(variance(values) / values.length);
  const df = values.length - 1;
  const p = Math.max(
    studentTails((interval.value + margin) / error, df).upper,
    studentTails((interval.value - margin) / error, df).lower,
  );
  return { interval, p, equivalent: p < alpha };
}
