import { line } from '../agreement/linearity.ts';
import { isNoValue, noValue, type Estimate, type Outcome } from '../outcome.ts';
import { kendall } from '../repeatability/kendall.ts';

/** Runs that a trend looks back over. */
export const TREND_RUNS = 20;

export interface Trend {
  /** Change from run to run with its 95 % interval, least squares. */
  readonly slope: Estimate;
  /** Rank test of Mann and Kendall, two-sided. */
  readonly p: number;
  readonly runs: number;
  /** p < 0.01: the runs rise or fall. */
  readonly present: boolean;
}

/** Do the last runs rise or fall? Slope by least squares; the test is by ranks, so one outlier does not make a trend. */
export function trend(values: readonly number[]): Outcome<Trend> {
  const last = values.slice(-TREND_RUNS);
  if (last.length < 5) return noValue('too_few');
  const order = last.map((_, i) => i + 1);
  const fit = line(order, last);
  const test = kendall(order, last);
  if (isNoValue(fit)) return fit;
  if (isNoValue(test)) return test;
  return { slope: fit.slope, p: test.p, runs: last.length, present: test.p < 0.01 };
}
