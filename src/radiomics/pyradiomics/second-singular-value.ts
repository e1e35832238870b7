/**
 * Second largest singular value of A = D_x^(−½) P D_y^(−½): the square root of the second largest eigenvalue of
 * PyRadiomics' Q(i, j) = Σ_k p(i,k) p(j,k)/(p_x(i) p_y(k)), which is similar to the symmetric A·Aᵀ.
 * Householder reduction to three diagonals, then bisection with Sturm sequences.
 * @param counts n × n, divided by `total` a distribution with the margins px and py
 */
export function secondSingularValue(
  counts: ArrayLike<number>,
  n: number,
  px: Float64Array,
  py: Float64Array,
  total: number,
): number {
  const rows = Array.from({ length: n }, (_, i) => i).filter((i) => px[i]! > 0);
  const columns = Array.from({ length: n }, (_, j) => j).filter((j) => py[j]! > 0);
  const a = rows.map((i) =>
    Float64Array.from(columns, (j) => counts[i * n + j]! / total / Math.sqrt(px[i]! * py[j]!)),
  );
  // Without pairs a level has the eigenvalue 0, so that there are always n of them.
  if (rows.length < 2) return 0;
  const product = a.map((row) => Float64Array.from(a, (other) => dot(row, other)));
  const { diagonal, beside } = tridiagonal(product);
  return Math.sqrt(Math.max(0, secondLargest(diagonal, beside)));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}

/** Householder reduction of a symmetric matrix; the matrix is overwritten. */
function tridiagonal(m: Float64Array[]): { diagonal: Float64Array; beside: Float64Array } {
  const n = m.length;
  const beside = new Float64Array(n);
  for (let k = 0; k < n - 2; k++) {
    const v = Float64Array.from({ length: n }, (_, i) => (i > k ? m[i]![k]! : 0));
    const length = Math.sqrt(dot(v, v));
    const alpha = v[k + 1]! > 0 ? -length : length;
    beside[k + 1] = alpha;
    v[k + 1]! -= alpha;
    const square = dot(v, v);
    if (square === 0) continue;
    const w = Float64Array.from(m, (row) => (2 * dot(row, v)) / square);
    const half = dot(v, w) / square;
    for (let i = k; i < n; i++) w[i]! -= half * v[i]!;
    for (let i = k; i < n; i++) {
      const row = m[i]!;
      for (let j = k; j < n; j++) row[j]! -= v[i]! * w[j]! + w[i]! * v[j]!;
    }
  }
  beside[n - 1] = m[n - 1]![n - 2]!;
  return { diagonal: Float64Array.from(m, (row, i) => row[i]!), beside };
}

/** Second largest eigenvalue in 0 … 1 by bisection: the place above which exactly one eigenvalue lies. */
function secondLargest(diagonal: Float64Array, beside: Float64Array): number {
  let low = -1e-12;
  let high = 1 + 1e-12;
  for (let step = 0; step < 100 && high - low > 1e-17; step++) {
    const middle = (low + high) / 2;
    if (above(diagonal, beside, middle) >= 2) low = middle;
    else high = middle;
  }
  return Math.min(1, (low + high) / 2);
}

/** Number of eigenvalues above x (Sturm). */
function above(diagonal: Float64Array, beside: Float64Array, x: number): number {
  let count = 0;
  let d = 1;
  for (let i = 0; i < diagonal.length; i++) {
    d = diagonal[i]! - x - (i === 0 ? 0 : (beside[i]! * beside[i]!) / d);
    if (d === 0) d = -Number.EPSILON * 1e-10;
    if (d > 0) count++;
  }
  return count;
}
