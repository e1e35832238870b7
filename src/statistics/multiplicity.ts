import { noValue, type Outcome } from './outcome.ts';

export type Correction = 'bonferroni' | 'holm' | 'benjamini-hochberg' | 'benjamini-yekutieli';

/**
 * p-values adjusted for m tests, in the order given. Bonferroni m·p; Holm 1979 (m − i + 1)·p₍ᵢ₎, running maximum from
 * the bottom; Benjamini-Hochberg 1995 p₍ᵢ₎·m/i, running minimum from the top; Benjamini-Yekutieli 2001 the same times
 * Σ1/i. All capped at 1.
 */
export function adjusted(p: readonly number[], correction: Correction): Outcome<number[]> {
  if (p.length === 0) return noValue('too_few');
  if (p.some((v) => Number.isNaN(v))) return noValue('not_finite');
  if (p.some((v) => v < 0 || v > 1)) return noValue('outside_unit');
  const m = p.length;
  if (correction === 'bonferroni') return p.map((v) => Math.min(1, v * m));
  const order = p.map((_, i) => i).sort((a, b) => p[a]! - p[b]!);
  const result = new Array<number>(m);
  if (correction === 'holm') {
    let most = 0;
    order.forEach((at, i) => {
      most = Math.max(most, (m - i) * p[at]!);
      result[at] = Math.min(1, most);
    });
    return result;
  }
  let factor = m;
  if (correction === 'benjamini-yekutieli') for (let i = 2; i <= m; i++) factor += m / i;
  let least = 1;
  for (let i = m - 1; i >= 0; i--) {
    least = Math.min(least, (p[order[i]!]! * factor) / (i + 1));
    result[order[i]!] = least;
  }
  return result;
}
