import { normalTails } from '../distributions/distributions.ts';
import { allFinite } from '../moments.ts';
import { noValue, type Outcome } from '../outcome.ts';
import { midRanks } from '../ranks.ts';

export interface MannWhitney {
  /** U of x: pairs in which x is the larger, ties half. R calls it W. */
  readonly u: number;
  readonly p: number;
  readonly exact: boolean;
  /** U/(mn): chance that a value of x exceeds one of y. */
  readonly auc: number;
  /** 2U/(mn) − 1. */
  readonly rankBiserial: number;
}

/**
 * Mann-Whitney U (Wilcoxon rank sum), two-sided. Exact without ties and with both groups under 50; otherwise the normal
 * with continuity correction and the variance mn/12·(N + 1 − Σ(t³ − t)/(N(N − 1))) (Lehmann 1975).
 */
export function mannWhitney(
  x: readonly number[],
  y: readonly number[],
  { exact = 'auto' as 'auto' | boolean } = {},
): Outcome<MannWhitney> {
  const [m, n] = [x.length, y.length];
  if (m === 0 || n === 0) return noValue('too_few');
  if (!allFinite(x) || !allFinite(y)) return noValue('not_finite');
  const { ranks, ties } = midRanks([...x, ...y]);
  const u = ranks.slice(0, m).reduce((s, r) => s + r, 0) - (m * (m + 1)) / 2;
  const both = { u, auc: u / (m * n), rankBiserial: (2 * u) / (m * n) - 1 };
  if (exact === true ? ties === 0 : exact === 'auto' && ties === 0 && m < 50 && n < 50) {
    return { ...both, p: exactP(m, n, Math.min(u, m * n - u)), exact: true };
  }
  const N = m + n;
  const spread = ((m * n) / 12) * (N + 1 - ties / (N * (N - 1)));
  if (!(spread > 0)) return noValue('constant');
  const away = Math.max(0, Math.abs(u - (m * n) / 2) - 0.5);
  return { ...both, p: Math.min(1, 2 * normalTails(away / Math.sqrt(spread)).upper), exact: false };
}

/** Twice P(U ≤ u): shares of the orders by U, one value of x after another (Mann & Whitney 1947). */
function exactP(m: number, n: number, u: number): number {
  // shares[i][k]: of the ways to place i of x among all of y, those with U = k; built over the values of y.
  let shares = Array.from({ length: m + 1 }, () => [1]);
  for (let j = 1; j <= n; j++) {
    const next: number[][] = [[1]];
    for (let i = 1; i <= m; i++) {
      // The largest of all is of x (then it exceeds j of y) with chance i/(i+j), or of y.
      const row = new Array<number>(i * j + 1).fill(0);
      next[i - 1]!.forEach((share, k) => (row[k + j]! += (share * i) / (i + j)));
      shares[i]!.forEach((share, k) => (row[k]! += (share * j) / (i + j)));
      next.push(row);
    }
    shares = next;
  }
  return Math.min(1, 2 * shares[m]!.slice(0, u + 1).reduce((a, b) => a + b, 0));
}
