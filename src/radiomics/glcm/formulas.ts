import type { Outcome } from '../feature-values.ts';
import { timesLog2 } from '../times-log2.ts';
import type { PairCounts } from './counts.ts';

/**
 * The 25 features of one co-occurrence matrix (IBSI LFYI), in float64.
 *
 * One pass over the cells gives the margins p_i., p_.j, the difference and sum distributions p⁻ and p⁺, and what needs
 * single cells; all else follows from the distributions. With exact margins H_XY1 = H_XY2 = H_X + H_Y.
 * @param matrix K × K pair counts (or weighted counts) of one or more directions, counted one way
 * @param symmetric also the opposite direction of each pair
 * @returns null when there is no pair. Where all pairs hold the same level on one side, correlation has no value
 *   (0/0; others print 1), nor has information correlation 1 when both entropies are 0: `flat_region`.
 */
export function glcmFeatures(
  matrix: ArrayLike<number>,
  { ranks, values, bins }: Pick<PairCounts, 'ranks' | 'values' | 'bins'>,
  symmetric: boolean,
): Record<string, Outcome> | null {
  const highest = values[ranks]!;
  const px = new Float64Array(ranks + 1);
  const py = new Float64Array(ranks + 1);
  const difference = new Float64Array(highest);
  const sum = new Float64Array(2 * highest + 1);
  let total = 0;
  let largest = 0;
  let squares = 0;
  let logs = 0;
  for (let i = 1; i <= ranks; i++) {
    const level = values[i]!;
    const row = (i - 1) * ranks - 1;
    const end = symmetric ? i : ranks;
    for (let j = 1; j <= end; j++) {
      let n = matrix[row + j]!;
      if (symmetric) n += matrix[(j - 1) * ranks - 1 + i]!;
      if (n === 0) continue;
      // The symmetric matrix holds n at (i, j) and at (j, i); on the diagonal once.
      const times = symmetric && i !== j ? 2 : 1;
      px[i]! += n;
      py[j]! += n;
      if (times === 2) {
        px[j]! += n;
        py[i]! += n;
      }
      const other = values[j]!;
      total += times * n;
      difference[Math.abs(level - other)]! += times * n;
      sum[level + other]! += times * n;
      if (n > largest) largest = n;
      squares += times * n * n;
      logs += times * timesLog2(n);
    }
  }
  if (total === 0) return null;
  const x = marginOf(px, values, total);
  const y = symmetric ? x : marginOf(py, values, total);
  const d = differenceFeatures(difference, total, bins);
  const s = sumFeatures(sum, total, x.mean + y.mean);
  const jointEntropy = entropyOf(logs, total);
  const information = Math.max(0, x.entropy + y.entropy - jointEntropy);
  // Var(x+y) − Var(x−y) = 4·Cov(x, y), without the cancellation of Σij·p − μ².
  const covariance = (s.variance - (d.contrast - (x.mean - y.mean) ** 2)) / 4;
  const spread = Math.sqrt(x.variance * y.variance);
  const entropy = Math.max(x.entropy, y.entropy);
  return {
    cm_joint_max: largest / total,
    cm_joint_avg: x.mean,
    cm_joint_var: x.variance,
    cm_joint_entr: jointEntropy,
    cm_diff_avg: d.mean,
    cm_diff_var: d.variance,
    cm_diff_entr: d.entropy,
    cm_sum_avg: s.mean,
    cm_sum_var: s.variance,
    cm_sum_entr: s.entropy,
    cm_energy: squares / total / total,
    cm_contrast: d.contrast,
    cm_dissimilarity: d.mean,
    cm_inv_diff: d.inverse,
    cm_inv_diff_norm: d.inverseNormalised,
    cm_inv_diff_mom: d.inverseMoment,
    cm_inv_diff_mom_norm: d.inverseMomentNormalised,
    cm_inv_var: d.inverseVariance,
    cm_corr: spread === 0 ? 'flat_region' : Math.max(-1, Math.min(1, covariance / spread)),
    cm_auto_corr: covariance + x.mean * y.mean,
    cm_clust_tend: s.variance,
    cm_clust_shade: s.third,
    cm_clust_prom: s.fourth,
    cm_info_corr1: entropy === 0 ? 'flat_region' : -information / entropy,
    cm_info_corr2: Math.sqrt(1 - Math.exp(-2 * information)),
  };
}

/** −Σ p log₂ p from Σ n log₂ n of the counts. */
const entropyOf = (logs: number, total: number): number => Math.max(0, Math.log2(total) - logs / total);

function marginOf(counts: Float64Array, values: Uint32Array, total: number) {
  let weighted = 0;
  let logs = 0;
  for (let i = 1; i < counts.length; i++) {
    weighted += values[i]! * counts[i]!;
    logs += timesLog2(counts[i]!);
  }
  const mean = weighted / total;
  let variance = 0;
  for (let i = 1; i < counts.length; i++) variance += (values[i]! - mean) ** 2 * counts[i]!;
  return { mean, variance: variance / total, entropy: entropyOf(logs, total) };
}

function sumFeatures(counts: Float64Array, total: number, mean: number) {
  let logs = 0;
  let variance = 0;
  let third = 0;
  let fourth = 0;
  for (let k = 2; k < counts.length; k++) {
    const n = counts[k]!;
    if (n === 0) continue;
    const d = k - mean;
    logs += timesLog2(n);
    variance += n * d * d;
    third += n * d * d * d;
    fourth += n * d * d * (d * d);
  }
  return {
    mean,
    variance: variance / total,
    third: third / total,
    fourth: fourth / total,
    entropy: entropyOf(logs, total),
  };
}

function differenceFeatures(counts: Float64Array, total: number, bins: number) {
  let mean = 0;
  let logs = 0;
  let contrast = 0;
  let inverse = 0;
  let inverseNormalised = 0;
  let inverseMoment = 0;
  let inverseMomentNormalised = 0;
  let inverseVariance = 0;
  for (let k = 0; k < counts.length; k++) {
    const n = counts[k]!;
    if (n === 0) continue;
    mean += k * n;
    logs += timesLog2(n);
    contrast += k * k * n;
    inverse += n / (1 + k);
    inverseNormalised += n / (1 + k / bins);
    inverseMoment += n / (1 + k * k);
    inverseMomentNormalised += n / (1 + (k / bins) ** 2);
    if (k > 0) inverseVariance += n / (k * k);
  }
  mean /= total;
  let variance = 0;
  for (let k = 0; k < counts.length; k++) variance += (k - mean) ** 2 * counts[k]!;
  return {
    mean,
    variance: variance / total,
    entropy: entropyOf(logs, total),
    contrast: contrast / total,
    inverse: inverse / total,
    inverseNormalised: inverseNormalised / total,
    inverseMoment: inverseMoment / total,
    inverseMomentNormalised: inverseMomentNormalised / total,
    inverseVariance: inverseVariance / total,
  };
}
