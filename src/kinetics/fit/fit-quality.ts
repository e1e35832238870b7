/** Standard errors from σ²(JᵀJ)⁻¹ over the parameters inside their bounds; NaN for one at a bound or not told apart. */
export function standardErrors(
  normal: readonly Float64Array[],
  atBound: Int8Array,
  squares: number,
  frames: number,
): { readonly errors: Float64Array; readonly covariance: readonly Float64Array[] } {
  const n = atBound.length;
  const errors = new Float64Array(n).fill(Number.NaN);
  const covariance = Array.from({ length: n }, () => new Float64Array(n));
  const free = [...atBound.keys()].filter((i) => atBound[i] === 0 && normal[i][i] > 0);
  const freedom = frames - free.length;
  const inverse = freedom > 0 ? invert(free.map((i) => free.map((j) => normal[i][j]))) : undefined;
  if (!inverse) return { errors, covariance };
  const variance = squares / freedom;
  for (const [a, i] of free.entries()) {
    for (const [b, j] of free.entries()) covariance[i][j] = variance * inverse[a][b];
    errors[i] = Math.sqrt(covariance[i][i]);
  }
  return { errors, covariance };
}

/** Inverse of a symmetric positive definite matrix, scaled to a unit diagonal first; undefined when it is singular. */
function invert(matrix: readonly (readonly number[])[]): number[][] | undefined {
  const n = matrix.length;
  const scale = matrix.map((row, i) => 1 / Math.sqrt(row[i]));
  const work = matrix.map((row, i) => [
    ...row.map((v, j) => v * scale[i] * scale[j]),
    ...row.map((_, j) => (i === j ? 1 : 0)),
  ]);
  for (let i = 0; i < n; i++) {
    if (!(work[i][i] > 1e-13)) return undefined;
    for (let r = 0; r < n; r++) {
      if (r === i) continue;
      const factor = work[r][i] / work[i][i];
      for (let c = i; c < 2 * n; c++) work[r][c] -= factor * work[i][c];
    }
  }
  return work.map((row, i) => row.slice(n).map((v, j) => (v / row[i]) * scale[i] * scale[j]));
}

/**
 * Akaike's criterion, corrected for small samples (Hurvich and Tsai 1989): n·ln(SS/n) + 2k + 2k(k+1)/(n−k−1), k with the
 * variance counted. Infinity when there are too few frames.
 */
export function aicc(squares: number, frames: number, parameters: number): number {
  const k = parameters + 1;
  if (frames - k - 1 <= 0) return Infinity;
  return frames * Math.log(squares / frames) + 2 * k + (2 * k * (k + 1)) / (frames - k - 1);
}

/** 1 − SS/SS about the mean; 0 for a level curve. */
export function rSquared(curve: Float64Array, squares: number): number {
  let mean = 0;
  for (const v of curve) mean += v / curve.length;
  let total = 0;
  for (const v of curve) total += (v - mean) ** 2;
  return total > 0 ? 1 - squares / total : 0;
}
