import type { Outcome } from '../feature-values.ts';
import type { ToneDifferences } from './differences.ts';

/** Where all neighbours are equal, coarseness would be infinite; Amadasun and King's limit, kept by IBSI. */
const COARSEST = 1e6;

interface Level {
  /** i, p_i, s_i */
  readonly i: number;
  readonly p: number;
  readonly s: number;
}

/**
 * The 5 features of IBSI IPET. Limits by definition: one level only (N_gp = 1) has contrast and busyness 0; no
 * difference anywhere (Σ s_i = 0) has coarseness 10⁶ and strength 0.
 * @returns null when no voxel has a neighbour
 */
export function ngtdmFeatures({
  columns,
  voxels,
  differences,
}: ToneDifferences): Record<string, Outcome> | null {
  const found: { i: number; n: number; s: number }[] = [];
  let total = 0;
  for (let i = 1; i * columns < voxels.length; i++) {
    let n = 0;
    let s = 0;
    for (let c = 1; c < columns; c++) {
      const k = i * columns + c;
      if (voxels[k] === 0) continue;
      n += voxels[k]!;
      s += differences[k]! / c;
    }
    if (n > 0) found.push({ i, n, s });
    total += n;
  }
  if (total === 0) return null;
  const levels = found.map(({ i, n, s }) => ({ i, p: n / total, s }));
  let differenceSum = 0;
  let weighted = 0;
  for (const { p, s } of levels) {
    differenceSum += s;
    weighted += p * s;
  }
  const several = levels.length > 1;
  const { contrast, strength } = squares(levels);
  const coarseness = weighted === 0 ? COARSEST : Math.min(COARSEST, 1 / weighted);
  const steps = several ? absoluteDifferences(levels.map(({ i, p }) => i * p)) : 0;
  return {
    ngt_coarseness: coarseness,
    ngt_contrast: several ? (contrast / (levels.length * (levels.length - 1))) * (differenceSum / total) : 0,
    ngt_busyness: !several ? 0 : steps === 0 ? 'zero_denominator' : weighted / steps,
    ngt_complexity: complexity(levels) / total,
    ngt_strength: differenceSum === 0 ? 0 : strength / differenceSum,
  };
}

/** Σ_ij p_i p_j (i−j)² and Σ_ij (p_i + p_j)(i−j)², from the moments of the levels instead of all pairs. */
function squares(levels: readonly Level[]): { contrast: number; strength: number } {
  let mean = 0;
  let plain = 0;
  for (const { i, p } of levels) {
    mean += p * i;
    plain += i;
  }
  const middle = plain / levels.length;
  let variance = 0;
  let spread = 0;
  let aroundMiddle = 0;
  for (const { i, p } of levels) {
    variance += p * (i - mean) ** 2;
    spread += (i - middle) ** 2;
    aroundMiddle += p * (i - middle) ** 2;
  }
  // Σ_ij p_i (i−j)² = N·Σ p_i (i−m)² + Σ_j (j−m)² with m the plain mean of the levels; and so for p_j.
  return { contrast: 2 * variance, strength: 2 * (levels.length * aroundMiddle + spread) };
}

/** Σ_ij |a_i − a_j| over all ordered pairs: in rising order each value adds as often as it is the larger one. */
function absoluteDifferences(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  let sum = 0;
  for (let k = 0; k < sorted.length; k++) sum += (2 * k - sorted.length + 1) * sorted[k]!;
  return 2 * sum;
}

/** Σ_ij |i−j| (p_i s_i + p_j s_j)/(p_i + p_j). */
function complexity(levels: readonly Level[]): number {
  let sum = 0;
  for (let a = 0; a < levels.length; a++) {
    const { i, p, s } = levels[a]!;
    for (let b = 0; b < a; b++) {
      const other = levels[b]!;
      sum += ((i - other.i) * (p * s + other.p * other.s)) / (p + other.p);
    }
  }
  return 2 * sum;
}
