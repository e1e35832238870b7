import { secondSingularValue } from './second-singular-value.ts';

/** What NumPy's `spacing(1)` is: added inside logarithms so that log 0 does not occur. */
export const EPSILON = 2 ** -52;

/** −Σ p log₂(p + ε): the entropy of PyRadiomics, which for p = 1 is −3.2·10⁻¹⁶ and not 0. */
export function entropyWithEpsilon(probabilities: Iterable<number>): number {
  let sum = 0;
  for (const p of probabilities) if (p !== 0) sum -= p * Math.log2(p + EPSILON);
  return sum;
}

/** Most grey levels for which the eigenvalue of MCC is sought. */
const MOST_FOR_MCC = 1024;

/**
 * The 24 GLCM features of PyRadiomics for one matrix, in float64. NaN where the original gets NaN and leaves the
 * angle out of the mean.
 * @param counts K × K pair counts of one angle (or a weighted sum), symmetrical already where wanted
 * @param values grey level of each rank, `values[0]` not used
 * @param bins N_g: the highest grey level that occurs in the region
 * @returns null for a matrix without pairs
 */
export function glcmValues(
  counts: ArrayLike<number>,
  values: ArrayLike<number>,
  bins: number,
): Record<string, number> | null {
  const n = values.length - 1;
  let total = 0;
  for (let c = 0; c < counts.length; c++) total += counts[c]!;
  if (total === 0) return null;
  const px = new Float64Array(n);
  const py = new Float64Array(n);
  const difference = new Float64Array(bins);
  const sum = new Float64Array(2 * bins + 1);
  const f = { auto: 0, energy: 0, max: 0, hxy: 0 };
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const count = counts[i * n + j]!;
      if (count === 0) continue;
      const p = count / total;
      const [a, b] = [values[i + 1]!, values[j + 1]!];
      px[i]! += p;
      py[j]! += p;
      difference[Math.abs(a - b)]! += p;
      sum[a + b]! += p;
      f.auto += p * a * b;
      f.energy += p * p;
      f.max = Math.max(f.max, p);
      f.hxy -= p * Math.log2(p + EPSILON);
    }
  }
  const ux = meanOf(px, values);
  const uy = meanOf(py, values);
  const vx = varianceOf(px, values, ux);
  const vy = varianceOf(py, values, uy);
  let covariance = 0;
  let hxy1 = 0;
  let hxy2 = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const independent = px[i]! * py[j]!;
      if (independent === 0) continue;
      const log = Math.log2(independent + EPSILON);
      hxy2 -= independent * log;
      const p = counts[i * n + j]! / total;
      if (p === 0) continue;
      hxy1 -= p * log;
      covariance += p * (values[i + 1]! - ux) * (values[j + 1]! - uy);
    }
  }
  const spread = Math.sqrt(vx) * Math.sqrt(vy);
  const widest = Math.max(entropyWithEpsilon(px), entropyWithEpsilon(py));
  const cluster = centralMoments(sum, ux + uy);
  return {
    Autocorrelation: f.auto,
    ClusterProminence: cluster[4],
    ClusterShade: cluster[3],
    ClusterTendency: cluster[2],
    Correlation: spread === 0 ? 1 : covariance / (spread + EPSILON),
    ...differenceValues(difference, bins),
    Imc1: widest === 0 ? 0 : (f.hxy - hxy1) / widest,
    Imc2: hxy2 === f.hxy ? 0 : Math.sqrt(1 - Math.exp(-2 * (hxy2 - f.hxy))),
    JointAverage: ux,
    JointEnergy: f.energy,
    JointEntropy: f.hxy,
    MCC: n < 2 ? 1 : n > MOST_FOR_MCC ? NaN : secondSingularValue(counts, n, px, py, total),
    MaximumProbability: f.max,
    SumAverage: meanOfIndex(sum),
    SumEntropy: entropyWithEpsilon(sum),
    SumSquares: vx,
  };
}

function differenceValues(p: Float64Array, bins: number): Record<string, number> {
  const average = meanOfIndex(p);
  const v = { contrast: 0, variance: 0, id: 0, idm: 0, idn: 0, idmn: 0, inverse: 0 };
  for (let k = 0; k < p.length; k++) {
    const q = p[k]!;
    if (q === 0) continue;
    v.contrast += k * k * q;
    v.variance += (k - average) ** 2 * q;
    v.id += q / (1 + k);
    v.idm += q / (1 + k * k);
    v.idn += q / (1 + k / bins);
    v.idmn += q / (1 + (k * k) / (bins * bins));
    if (k > 0) v.inverse += q / (k * k);
  }
  return {
    Contrast: v.contrast,
    DifferenceAverage: average,
    DifferenceEntropy: entropyWithEpsilon(p),
    DifferenceVariance: v.variance,
    Id: v.id,
    Idm: v.idm,
    Idmn: v.idmn,
    Idn: v.idn,
    InverseVariance: v.inverse,
  };
}

function meanOf(p: Float64Array, values: ArrayLike<number>): number {
  let mean = 0;
  for (let i = 0; i < p.length; i++) mean += p[i]! * values[i + 1]!;
  return mean;
}

function varianceOf(p: Float64Array, values: ArrayLike<number>, mean: number): number {
  let variance = 0;
  for (let i = 0; i < p.length; i++) variance += p[i]! * (values[i + 1]! - mean) ** 2;
  return variance;
}

function meanOfIndex(p: Float64Array): number {
  let mean = 0;
  for (let k = 0; k < p.length; k++) mean += k * p[k]!;
  return mean;
}

/** Σ (k − centre)ᵐ p_k for m = 2, 3, 4. */
function centralMoments(p: Float64Array, centre: number): { 2: number; 3: number; 4: number } {
  const m = { 2: 0, 3: 0, 4: 0 };
  for (let k = 0; k < p.length; k++) {
    if (p[k] === 0) continue;
    const d = k - centre;
    m[2] += d * d * p[k]!;
    m[3] += d * d * d * p[k]!;
    m[4] += d * d * (d * d) * p[k]!;
  }
  return m;
}
