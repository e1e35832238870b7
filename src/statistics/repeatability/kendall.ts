import { normalTails } from '../distributions/distributions.ts';
import { isConstant, pairProblem } from '../moments.ts';
import { noValue, type Outcome } from '../outcome.ts';

export interface Kendall {
  readonly tau: number;
  /** Two-sided; exact without ties and for fewer than 50 pairs, else the normal with correction for ties. */
  readonly p: number;
  readonly exact: boolean;
}

/** Kendall's τ_b = (C − D)/√((N − T_x)(N − T_y)), N = n(n−1)/2 (Kendall 1970; ties as there, p. 55). */
export function kendall(x: readonly number[], y: readonly number[]): Outcome<Kendall> {
  const problem = pairProblem(x, y, 3);
  if (problem) return noValue(problem);
  if (isConstant(x) || isConstant(y)) return noValue('constant');
  const n = x.length;
  let s = 0;
  for (let i = 1; i < n; i++)
    for (let j = 0; j < i; j++) s += Math.sign(x[i]! - x[j]!) * Math.sign(y[i]! - y[j]!);
  const pairs = (n * (n - 1)) / 2;
  const [tx, ty] = [tieSums(x), tieSums(y)];
  const tau = s / Math.sqrt((pairs - tx.pairs) * (pairs - ty.pairs));
  if (tx.pairs === 0 && ty.pairs === 0 && n < 50) return { tau, p: exactP(n, s, pairs), exact: true };
  const spread =
    (n * (n - 1) * (2 * n + 5) - tx.cubic - ty.cubic) / 18 +
    (tx.triple * ty.triple) / (9 * n * (n - 1) * (n - 2)) +
    (tx.pairs * 2 * (ty.pairs * 2)) / (2 * n * (n - 1));
  return { tau, p: 2 * normalTails(Math.abs(s) / Math.sqrt(spread)).upper, exact: false };
}

function tieSums(values: readonly number[]) {
  const counts = new Map<number, number>();
  for (const v of values) counts.set(v, (counts.get(v) ?? 0) + 1);
  const sums = { pairs: 0, cubic: 0, triple: 0 };
  for (const t of counts.values()) {
    sums.pairs += (t * (t - 1)) / 2;
    sums.cubic += t * (t - 1) * (2 * t + 5);
    sums.triple += t * (t - 1) * (t - 2);
  }
  return sums;
}

/** Orders with a given number of inversions, as shares of n!; both tails. */
function exactP(n: number, s: number, pairs: number): number {
  let shares = [1];
  for (let m = 2; m <= n; m++) {
    const next = new Array<number>((m * (m - 1)) / 2 + 1).fill(0);
    shares.forEach((share, i) => {
      for (let k = 0; k < m; k++) next[i + k]! += share / m;
    });
    shares = next;
  }
  const inversions = (pairs - Math.abs(s)) / 2;
  const tail = shares.slice(0, inversions + 1).reduce((a, b) => a + b, 0);
  return Math.min(1, 2 * tail);
}
