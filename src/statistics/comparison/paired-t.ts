import { studentTails } from '../distributions/distributions.ts';
import { isConstant, meanEstimate, pairProblem, variance } from '../moments.ts';
import { noValue, type Estimate, type Outcome } from '../outcome.ts';

/** Paired t-test of x − y: t = d̄/(s_d/√n), n − 1 degrees of freedom, two-sided (Student 1908). */
export function pairedT(
  x: readonly number[],
  y: readonly number[],
): Outcome<{ readonly t: number; readonly df: number; readonly p: number; readonly difference: Estimate }> {
  const problem = pairProblem(x, y, 2);
  if (problem) return noValue(problem);
  const d = x.map((v, i) => v - y[i]!);
  if (isConstant(d)) return noValue(d[0] === 0 ? 'no_differences' : 'constant');
  const difference = meanEstimate(d);
  const t = difference.value / Math.sqrt(variance(d) / d.length);
  const df = d.length - 1;
  return { t, df, p: 2 * studentTails(Math.abs(t), df).upper, difference };
}
