import { chiSquaredTails } from '../distributions/distributions.ts';
import { allFinite } from '../moments.ts';
import { noValue, type Outcome } from '../outcome.ts';
import { midRanks } from '../ranks.ts';

/**
 * Kruskal-Wallis test of k groups (1952): H = [12/(N(N+1))·ΣRᵢ²/nᵢ − 3(N+1)]/(1 − Σ(t³ − t)/(N³ − N)), χ² with k − 1
 * degrees of freedom.
 */
export function kruskalWallis(
  groups: readonly (readonly number[])[],
): Outcome<{ readonly h: number; readonly df: number; readonly p: number }> {
  const filled = groups.filter((g) => g.length > 0);
  if (filled.length < 2) return noValue('too_few');
  if (!filled.every(allFinite)) return noValue('not_finite');
  const { ranks, ties } = midRanks(filled.flat());
  const N = ranks.length;
  const correction = 1 - ties / (N ** 3 - N);
  if (!(correction > 0)) return noValue('constant');
  let at = 0;
  let squares = 0;
  for (const group of filled) {
    const total = ranks.slice(at, (at += group.length)).reduce((a, b) => a + b, 0);
    squares += total ** 2 / group.length;
  }
  const h = Math.max(0, ((12 / (N * (N + 1))) * squares - 3 * (N + 1)) / correction);
  const df = filled.length - 1;
  return { h, df, p: chiSquaredTails(h, df).upper };
}
