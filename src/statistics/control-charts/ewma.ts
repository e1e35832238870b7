import { normalTails, studentQuantile } from '../distributions/distributions.ts';
import type { ChartBaseline, LimitKind } from './limits.ts';

/** Weight of the newest run, and width of the limits. */
export interface EwmaSettings {
  readonly lambda: number;
  readonly width: number;
}

/** λ = 0.1 with L = 2.7 (Montgomery, Introduction to Statistical Quality Control, §9.2). */
export const EWMA: EwmaSettings = { lambda: 0.1, width: 2.7 };

export interface EwmaPoint {
  readonly value: number;
  /** Half width of the limits about the mean. */
  readonly limit: number;
  readonly signal: boolean;
}

/**
 * Exponentially weighted mean z_i = λ·x_i + (1 − λ)·z_{i−1} from the mean of the baseline, with limits
 * L·s·√(λ/(2 − λ)·(1 − (1 − λ)^{2i})) (Roberts 1959). For `prediction` the error of the mean that n runs gave is added
 * under the root, (1 − (1 − λ)^i)²/n, and L becomes t_{n−1}(Φ(L)), as for the lines of the chart.
 * x = 9.45, 7.99, 9.29 about 10 ± 1 (λ = 0.1): 9.945, 9.7495, 9.70355.
 */
export function ewma(
  values: readonly number[],
  { mean, sd, n }: ChartBaseline,
  kind: LimitKind,
  { lambda, width }: EwmaSettings = EWMA,
): EwmaPoint[] {
  const wide = kind === 'plain' ? width : studentQuantile(1 - normalTails(width).upper, n - 1);
  let z = mean;
  return values.map((x, i) => {
    z = lambda * x + (1 - lambda) * z;
    const fade = (1 - lambda) ** (i + 1);
    const share = (lambda / (2 - lambda)) * (1 - fade * fade) + (kind === 'plain' ? 0 : (1 - fade) ** 2 / n);
    const limit = wide * sd * Math.sqrt(share);
    return { value: z, limit, signal: Math.abs(z - mean) > limit };
  });
}
