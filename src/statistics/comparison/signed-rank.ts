import { normalTails } from '../distributions/distributions.ts';
import { pairProblem } from '../moments.ts';
import { noValue, type Outcome } from '../outcome.ts';
import { midRanks } from '../ranks.ts';

export interface SignedRank {
  /** Sum of the ranks of positive differences x − y. */
  readonly v: number;
  readonly p: number;
  readonly exact: boolean;
  /** Differences that are not zero. */
  readonly n: number;
  /** (V₊ − V₋)/(V₊ + V₋). */
  readonly rankBiserial: number;
}

/**
 * Wilcoxon's signed rank test of paired values. Zero differences are dropped. Exact without ties, without zeros and with
 * fewer than 50 pairs; otherwise normal with continuity correction and variance n(n+1)(2n+1)/24 − Σ(t³ − t)/48.
 * @param alternative `greater`: x exceeds y
 */
export function signedRank(
  x: readonly number[],
  y: readonly number[],
  alternative: 'two-sided' | 'greater' | 'less' = 'two-sided',
): Outcome<SignedRank> {
  const problem = pairProblem(x, y, 1);
  if (problem) return noValue(problem);
  const differences = x.map((v, i) => v - y[i]!).filter((d) => d !== 0);
  const n = differences.length;
  if (n === 0) return noValue('no_differences');
  const { ranks, ties } = midRanks(differences.map(Math.abs));
  const v = ranks.reduce((s, r, i) => s + (differences[i]! > 0 ? r : 0), 0);
  const all = (n * (n + 1)) / 2;
  const rest = { v, n, rankBiserial: (2 * v) / all - 1 };
  if (ties === 0 && n === x.length && n < 50) {
    const [below, above] = [exactTail(n, v), exactTail(n, all - v)];
    const p =
      alternative === 'greater'
        ? above
        : alternative === 'less'
          ? below
          : Math.min(1, 2 * Math.min(below, above));
    return { ...rest, p, exact: true };
  }
  const spread = Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24 - ties / 48);
  const away = v - all / 2;
  if (alternative !== 'two-sided') {
    const z = (away + (alternative === 'greater' ? -0.5 : 0.5)) / spread;
    return { ...rest, p: normalTails(z)[alternative === 'greater' ? 'upper' : 'lower'], exact: false };
  }
  const z = Math.max(0, Math.abs(away) - 0.5) / spread;
  return { ...rest, p: Math.min(1, 2 * normalTails(z).upper), exact: false };
}

/** P(V ≤ v) over the 2ⁿ signs. */
function exactTail(n: number, v: number): number {
  let shares = [1];
  for (let rank = 1; rank <= n; rank++) {
    const next = new Array<number>(shares.length + rank).fill(0);
    shares.forEach((share, k) => {
      next[k]! += share / 2;
      next[k + rank]! += share / 2;
    });
    shares = next;
  }
  return Math.min(
    1,
    shares.slice(0, v + 1).reduce((a, b) => a + b, 0),
  );
}
