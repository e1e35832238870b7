import { studentQuantile } from '../distributions/distributions.ts';
import { mean, meanEstimate, pairProblem, variance } from '../moments.ts';
import { isNoValue, noValue, type Estimate, type Outcome } from '../outcome.ts';
import { line, type Line } from './linearity.ts';

export interface BlandAltman {
  readonly n: number;
  readonly bias: Estimate;
  /** Standard deviation of the differences, ÷(n − 1). */
  readonly sd: number;
  readonly lower: Estimate;
  readonly upper: Estimate;
  /** Difference on mean: a slope that differs from 0 is a bias that grows with size. */
  readonly proportional: Outcome<Line>;
}

/**
 * Limits of agreement of x − y (Bland & Altman 1986; 1999 for the intervals): d̄ ± m·s_d; interval of the bias
 * t_{n−1}·s/√n, of a limit t_{n−1}·s·√(1/n + m²/(2(n−1))).
 * @param multiple m, 1.96 by default; the paper of 1986 used 2
 */
export function blandAltman(
  x: readonly number[],
  y: readonly number[],
  { multiple = 1.96, confidence = 0.95 } = {},
): Outcome<BlandAltman> {
  const problem = pairProblem(x, y, 2);
  if (problem) return noValue(problem);
  const n = x.length;
  const differences = x.map((v, i) => v - y[i]!);
  const sd = Math.sqrt(variance(differences));
  const half =
    studentQuantile((1 + confidence) / 2, n - 1) * sd * Math.sqrt(1 / n + multiple ** 2 / (2 * (n - 1)));
  const limit = (value: number): Estimate => ({ value, low: value - half, high: value + half });
  const bias = meanEstimate(differences, confidence);
  return {
    n,
    bias,
    sd,
    lower: limit(mean(differences) - multiple * sd),
    upper: limit(mean(differences) + multiple * sd),
    proportional: line(
      x.map((v, i) => (v + y[i]!) / 2),
      differences,
      confidence,
    ),
  };
}

/** The same on logarithms, given back as ratios x/y: for differences that grow with size. Positive values only. */
export function blandAltmanRatio(
  x: readonly number[],
  y: readonly number[],
  options: { multiple?: number; confidence?: number } = {},
): Outcome<BlandAltman> {
  if ([...x, ...y].some((v) => v <= 0)) return noValue('not_positive');
  const logs = blandAltman(x.map(Math.log), y.map(Math.log), options);
  if (isNoValue(logs)) return logs;
  const back = ({ value, low, high }: Estimate): Estimate => ({
    value: Math.exp(value),
    low: Math.exp(low),
    high: Math.exp(high),
  });
  return { ...logs, bias: back(logs.bias), lower: back(logs.lower), upper: back(logs.upper) };
}
