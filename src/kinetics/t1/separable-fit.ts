/**
 * A signal that is linear in its amplitudes and depends on one rate otherwise: S_i = Σ_j a_j φ_j(i; R1), with one or
 * two amplitudes. All T1 sequences here are of this kind.
 */
export interface SeparableModel {
  readonly points: number;
  readonly amplitudes: 1 | 2;
  /**
   * Writes φ_j(i) to `basis[j * points + i]` and ∂φ_j/∂R1 to `slope`, at rate R1 in 1/s.
   */
  readonly evaluate: (r1: number, basis: Float64Array, slope: Float64Array) => void;
}

export interface SeparableFit {
  readonly r1: number;
  readonly amplitudes: readonly number[];
  /** Residual sum of squares. */
  readonly rss: number;
  /** Covariance of [R1, a_0, a_1], row by row; NaN without spare measurements or when they are not independent. */
  readonly covariance: Float64Array;
  readonly status: 'ok' | 'at-bound' | 'not-converged';
}

/** Rates that are searched: T1 from 10 ms to 100 s. */
const LOWEST = 0.01;
const HIGHEST = 100;
const SCAN_STEPS = 64;
const ITERATIONS = 100;

/**
 * Least squares by a scan over R1 with the amplitudes solved exactly at each rate, then Levenberg-Marquardt on R1 with
 * the amplitudes projected out (variable projection, Golub & Pereyra 1973, in Kaufman's form of the derivative). The scan
 * makes the start independent of guesses and its basis functions are made once for all voxels; the refinement ends when R1 changes by less than 1e-12 of itself.
 */
export function separableFitter(model: SeparableModel): (signal: ArrayLike<number>) => SeparableFit {
  const { points, amplitudes } = model;
  const length = points * amplitudes;
  const basis = new Float64Array(length);
  const slope = new Float64Array(length);
  const residual = new Float64Array(points);
  const a = new Float64Array(2);
  const rates = Float64Array.from(
    { length: SCAN_STEPS + 1 },
    (_, n) => LOWEST * (HIGHEST / LOWEST) ** (n / SCAN_STEPS),
  );
  // The scanned basis functions are the same for every voxel.
  const scanned = Array.from(rates, (r1) => {
    model.evaluate(r1, basis, slope);
    return basis.slice();
  });
  return (signal) => {
    let best = LOWEST;
    let rss = Infinity;
    for (let n = 0; n <= SCAN_STEPS; n++) {
      const here = project(model, scanned[n]!, signal, a, residual);
      if (here < rss) [best, rss] = [rates[n]!, here];
    }
    return refined(model, signal, best, { basis, slope, residual, a });
  };
}

interface Workspace {
  readonly basis: Float64Array;
  readonly slope: Float64Array;
  readonly residual: Float64Array;
  readonly a: Float64Array;
}

function refined(
  model: SeparableModel,
  signal: ArrayLike<number>,
  start: number,
  { basis, slope, residual, a }: Workspace,
): SeparableFit {
  const rssAt = (rate: number): number => {
    model.evaluate(rate, basis, slope);
    return project(model, basis, signal, a, residual);
  };
  let rss = Infinity;
  let r1 = start;
  let damping = 1e-3;
  let converged = false;
  for (let n = 0; n < ITERATIONS && !converged; n++) {
    rss = rssAt(r1);
    const { gradient, curvature } = projectedDerivative(model, basis, slope, a, residual);
    if (!(curvature > 0)) break;
    let moved = false;
    while (!moved && damping < 1e12) {
      const step = gradient / (curvature * (1 + damping));
      const next = Math.min(HIGHEST, Math.max(LOWEST, r1 + step));
      if (Math.abs(next - r1) <= 1e-12 * r1) {
        converged = true;
        break;
      }
      if (rssAt(next) < rss) {
        r1 = next;
        damping = Math.max(1e-9, damping / 8);
        moved = true;
      } else damping *= 8;
    }
    if (!moved) converged = true;
  }
  rss = rssAt(r1);
  const edge = r1 <= LOWEST * 1.000001 || r1 >= HIGHEST * 0.999999;
  return {
    r1,
    amplitudes: Array.from(a.subarray(0, model.amplitudes)),
    rss,
    covariance: covarianceAt(model, basis, slope, a, rss),
    status: edge ? 'at-bound' : converged ? 'ok' : 'not-converged',
  };
}

/** Amplitudes of least squares at given basis functions; fills `residual` and returns its sum of squares. */
function project(
  { points, amplitudes }: SeparableModel,
  basis: Float64Array,
  signal: ArrayLike<number>,
  a: Float64Array,
  residual: Float64Array,
): number {
  let [m00, m01, m11, b0, b1] = [0, 0, 0, 0, 0];
  for (let i = 0; i < points; i++) {
    const f = basis[i]!;
    m00 += f * f;
    b0 += f * signal[i]!;
    if (amplitudes === 2) {
      const g = basis[points + i]!;
      m01 += f * g;
      m11 += g * g;
      b1 += g * signal[i]!;
    }
  }
  const determinant = m00 * m11 - m01 * m01;
  if (amplitudes === 2 && determinant > 1e-14 * m00 * m11) {
    a[0] = (b0 * m11 - b1 * m01) / determinant;
    a[1] = (b1 * m00 - b0 * m01) / determinant;
  } else {
    a[0] = m00 > 0 ? b0 / m00 : 0;
    a[1] = 0;
  }
  let rss = 0;
  for (let i = 0; i < points; i++) {
    const fitted = a[0]! * basis[i]! + (amplitudes === 2 ? a[1]! * basis[points + i]! : 0);
    const r = signal[i]! - fitted;
    residual[i] = r;
    rss += r * r;
  }
  return rss;
}

/** Gradient and Gauss-Newton curvature in R1 of the residual with the amplitudes projected out. */
function projectedDerivative(
  model: SeparableModel,
  basis: Float64Array,
  slope: Float64Array,
  a: Float64Array,
  residual: Float64Array,
): { gradient: number; curvature: number } {
  const { points, amplitudes } = model;
  const derivative = new Float64Array(points);
  for (let i = 0; i < points; i++)
    derivative[i] = a[0]! * slope[i]! + (amplitudes === 2 ? a[1]! * slope[points + i]! : 0);
  const across = new Float64Array(points);
  const curvature = project(model, basis, derivative, new Float64Array(2), across);
  let gradient = 0;
  for (let i = 0; i < points; i++) gradient += across[i]! * residual[i]!;
  return { gradient, curvature };
}

/** s² (JᵀJ)⁻¹ of [R1, amplitudes], by Gauss-Jordan on columns scaled to length 1. */
function covarianceAt(
  { points, amplitudes }: SeparableModel,
  basis: Float64Array,
  slope: Float64Array,
  a: Float64Array,
  rss: number,
): Float64Array {
  const size = amplitudes + 1;
  const covariance = new Float64Array(size * size).fill(NaN);
  const spare = points - size;
  if (spare <= 0) return covariance;
  const column = (j: number, i: number): number => {
    if (j > 0) return basis[(j - 1) * points + i]!;
    return a[0]! * slope[i]! + (amplitudes === 2 ? a[1]! * slope[points + i]! : 0);
  };
  const matrix = Array.from({ length: size }, (_, j) =>
    Array.from({ length: size }, (_, k) => {
      let sum = 0;
      for (let i = 0; i < points; i++) sum += column(j, i) * column(k, i);
      return sum;
    }),
  );
  const scale = matrix.map((row, j) => 1 / Math.sqrt(row[j]!));
  const inverse = inverted(matrix.map((row, j) => row.map((value, k) => value * scale[j]! * scale[k]!)));
  if (!inverse) return covariance;
  for (let j = 0; j < size; j++)
    for (let k = 0; k < size; k++)
      covariance[j * size + k] = (rss / spare) * inverse[j]![k]! * scale[j]! * scale[k]!;
  return covariance;
}

/** Inverse of a small symmetric matrix with a unit diagonal, or null when it is singular. */
function inverted(matrix: number[][]): number[][] | null {
  const n = matrix.length;
  const work = matrix.map((row, j) => [...row, ...row.map((_, k) => Number(j === k))]);
  for (let j = 0; j < n; j++) {
    const pivot = work[j]![j]!;
    if (!(pivot > 1e-13)) return null;
    work[j] = work[j]!.map((v) => v / pivot);
    for (let k = 0; k < n; k++) {
      if (k === j) continue;
      const factor = work[k]![j]!;
      work[k] = work[k]!.map((v, m) => v - factor * work[j]![m]!);
    }
  }
  return work.map((row) => row.slice(n));
}
