import { eigenOf } from './symmetric-matrix.ts';

/** Semi-axes of an ellipsoid, mm, falling. */
export type SemiAxes = readonly [number, number, number];

export const ellipsoidVolume = ([a, b, c]: SemiAxes): number => (4 / 3) * Math.PI * a * b * c;

/**
 * Surface area of an ellipsoid as IBSI defines it (RDD2): 4πab Σ_{ν=0}^{20} (αβ)^ν/(1−4ν²)·P_ν((α²+β²)/2αβ), with
 * α² = 1 − b²/a² and β² = 1 − c²/a². With these α and β the sum lies a few per cent below the true area (for a
 * disc and a sphere they agree); the reference values follow the formula, and so does this.
 */
export function ellipsoidArea([a, b, c]: SemiAxes): number {
  if (a === 0) return 0;
  const alpha2 = 1 - (b / a) ** 2;
  const beta2 = 1 - (c / a) ** 2;
  // q_ν = (αβ)^ν P_ν, by the recurrence of the Legendre polynomials, which needs no division by αβ.
  let before = 1;
  let q = (alpha2 + beta2) / 2;
  let sum = 1 - q / 3;
  for (let v = 1; v < 20; v++) {
    const next = ((2 * v + 1) * ((alpha2 + beta2) / 2) * q - v * alpha2 * beta2 * before) / (v + 1);
    before = q;
    q = next;
    sum += q / (1 - 4 * (v + 1) ** 2);
  }
  return 4 * Math.PI * a * b * sum;
}

/** Farthest a point may stick out of the ellipsoid before it is blown up to hold all points: relative, squared. */
const TOLERANCE = 1e-6;
const MOST_STEPS = 20_000;
/** Points that join the working set in one round. */
const JOINING = 12;

/**
 * Minimum-volume enclosing ellipsoid of points. The ellipsoid of a small working set is found by Khachiyan's algorithm
 * with away steps (Todd & Yıldırım 2007); the points that stick out most join the set until none sticks out by more
 * than 1e-6. The ellipsoid is then blown up to hold all points, so its volume is at most (1 + 1e-6)^{3/2} times the
 * smallest.
 * @param corners x, y, z of each point, spanning a volume
 */
export function enclosingEllipsoid(corners: Float64Array): SemiAxes {
  const all = centred(corners);
  const working = extremePoints(all);
  let weights: Float64Array = new Float64Array(working.length).fill(1 / working.length);
  for (;;) {
    const points = Float64Array.from(working.flatMap((i) => [all[3 * i]!, all[3 * i + 1]!, all[3 * i + 2]!]));
    solve(points, weights);
    const distances = distancesOf(all, inverseOfSpread(points, weights));
    const outside = farthest(distances, working);
    if (outside.length === 0) return semiAxes(points, weights, distances);
    working.push(...outside);
    const grown = new Float64Array(working.length);
    grown.set(weights);
    weights = grown;
  }
}

/** The points that stick out most of the current ellipsoid and are not in the working set yet. */
function farthest(distances: Float64Array, working: readonly number[]): number[] {
  const known = new Set(working);
  const outside: number[] = [];
  for (let i = 0; i < distances.length; i++) {
    if (distances[i]! > 4 * (1 + TOLERANCE) && !known.has(i)) outside.push(i);
  }
  return outside.sort((a, b) => distances[b]! - distances[a]!).slice(0, JOINING);
}

/** Brings the weights of the points to the minimum-volume ellipsoid, in place. */
function solve(points: Float64Array, weights: Float64Array): void {
  const n = weights.length;
  let inverse = inverseOfSpread(points, weights);
  let distances = distancesOf(points, inverse);
  for (let step = 1; step <= MOST_STEPS; step++) {
    let far = 0;
    let near = -1;
    for (let i = 0; i < n; i++) {
      if (distances[i]! > distances[far]!) far = i;
      if (weights[i]! > 0 && (near < 0 || distances[i]! < distances[near]!)) near = i;
    }
    const above = distances[far]! / 4 - 1;
    const below = 1 - distances[near]! / 4;
    if (above <= TOLERANCE / 2 && below <= TOLERANCE / 2) return;
    const i = above >= below ? far : near;
    const k = distances[i]!;
    // Best weight change along this point; an away step may not take more than the point has.
    let beta = (k - 4) / (4 * (k - 1));
    if (beta < 0) beta = Math.max(beta, -weights[i]! / (1 - weights[i]!));
    for (let j = 0; j < n; j++) weights[j]! *= 1 - beta;
    weights[i]! += beta;
    if (weights[i]! < 1e-14) weights[i] = 0;
    if (step % 50 === 0) {
      inverse = inverseOfSpread(points, weights);
      distances = distancesOf(points, inverse);
    } else {
      updateInverse(inverse, points, i, beta, distances);
    }
  }
}

/** Moved to their middle, which keeps the matrices well conditioned. */
function centred(corners: Float64Array): Float64Array {
  const n = corners.length / 3;
  const mean = [0, 0, 0];
  for (let i = 0; i < corners.length; i++) mean[i % 3]! += corners[i]! / n;
  return Float64Array.from(corners, (x, i) => x - mean[i % 3]!);
}

/** The ends along the three axes and the four diagonals. */
function extremePoints(points: Float64Array): number[] {
  const chosen = new Set<number>();
  const directions = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
    [1, 1, 1],
    [1, 1, -1],
    [1, -1, 1],
    [-1, 1, 1],
  ] as const;
  for (const [a, b, c] of directions) {
    let low = 0;
    let high = 0;
    const value = (i: number): number => a * points[3 * i]! + b * points[3 * i + 1]! + c * points[3 * i + 2]!;
    for (let i = 1; i < points.length / 3; i++) {
      if (value(i) < value(low)) low = i;
      if (value(i) > value(high)) high = i;
    }
    chosen.add(low).add(high);
  }
  return [...chosen];
}

/** Inverse of Σ uᵢ qᵢ qᵢᵀ with q = (x, y, z, 1), row by row. */
function inverseOfSpread(points: Float64Array, weights: Float64Array): Float64Array {
  const m = new Float64Array(16);
  for (let i = 0; i < weights.length; i++) {
    const w = weights[i]!;
    if (w === 0) continue;
    const q = [points[3 * i]!, points[3 * i + 1]!, points[3 * i + 2]!, 1];
    for (let r = 0; r < 4; r++) for (let c = 0; c < 4; c++) m[4 * r + c]! += w * q[r]! * q[c]!;
  }
  return inverted(m);
}

/** Gauss-Jordan with pivoting, 4×4. */
function inverted(m: Float64Array): Float64Array {
  const a = m.slice();
  const b = new Float64Array(16);
  for (let i = 0; i < 4; i++) b[5 * i] = 1;
  for (let c = 0; c < 4; c++) {
    let pivot = c;
    for (let r = c + 1; r < 4; r++) if (Math.abs(a[4 * r + c]!) > Math.abs(a[4 * pivot + c]!)) pivot = r;
    for (const x of [a, b]) {
      for (let k = 0; k < 4; k++) {
        const t = x[4 * c + k]!;
        x[4 * c + k] = x[4 * pivot + k]!;
        x[4 * pivot + k] = t;
      }
    }
    const scale = 1 / a[5 * c]!;
    for (let k = 0; k < 4; k++) {
      a[4 * c + k]! *= scale;
      b[4 * c + k]! *= scale;
    }
    for (let r = 0; r < 4; r++) {
      const f = a[4 * r + c]!;
      if (r === c || f === 0) continue;
      for (let k = 0; k < 4; k++) {
        a[4 * r + k]! -= f * a[4 * c + k]!;
        b[4 * r + k]! -= f * b[4 * c + k]!;
      }
    }
  }
  return b;
}

/** qᵢᵀ M⁻¹ qᵢ of each point: 4 on the ellipsoid of the current weights. */
function distancesOf(points: Float64Array, m: Float64Array): Float64Array {
  return Float64Array.from({ length: points.length / 3 }, (_, i) => {
    const [x, y, z] = [points[3 * i]!, points[3 * i + 1]!, points[3 * i + 2]!];
    return (
      m[0]! * x * x +
      m[5]! * y * y +
      m[10]! * z * z +
      m[15]! +
      2 * (m[1]! * x * y + m[2]! * x * z + m[6]! * y * z + m[3]! * x + m[7]! * y + m[11]! * z)
    );
  });
}

/** M ← (1−β)M + β q qᵀ in the inverse and in the distances (Sherman-Morrison). */
function updateInverse(
  m: Float64Array,
  points: Float64Array,
  i: number,
  beta: number,
  distances: Float64Array,
): void {
  const q = [points[3 * i]!, points[3 * i + 1]!, points[3 * i + 2]!, 1];
  const g = [0, 1, 2, 3].map(
    (r) => m[4 * r]! * q[0]! + m[4 * r + 1]! * q[1]! + m[4 * r + 2]! * q[2]! + m[4 * r + 3]!,
  ) as [number, number, number, number];
  const f = beta / (1 - beta + beta * distances[i]!);
  const scale = 1 / (1 - beta);
  for (let j = 0; j < distances.length; j++) {
    const h = g[0] * points[3 * j]! + g[1] * points[3 * j + 1]! + g[2] * points[3 * j + 2]! + g[3];
    distances[j] = (distances[j]! - f * h * h) * scale;
  }
  for (let r = 0; r < 4; r++)
    for (let c = 0; c < 4; c++) m[4 * r + c] = (m[4 * r + c]! - f * g[r]! * g[c]!) * scale;
}

function semiAxes(points: Float64Array, weights: Float64Array, distances: Float64Array): SemiAxes {
  const mean = [0, 0, 0];
  weights.forEach((w, i) => {
    for (let a = 0; a < 3; a++) mean[a]! += w * points[3 * i + a]!;
  });
  const s: [number, number, number, number, number, number] = [0, 0, 0, 0, 0, 0];
  weights.forEach((w, i) => {
    if (w === 0) return;
    const [x, y, z] = [0, 1, 2].map((a) => points[3 * i + a]! - mean[a]!) as [number, number, number];
    s[0] += w * x * x;
    s[1] += w * y * y;
    s[2] += w * z * z;
    s[3] += w * x * y;
    s[4] += w * x * z;
    s[5] += w * y * z;
  });
  // (x−c)ᵀ S⁻¹ (x−c) = distance − 1; the farthest point decides the size.
  let most = 0;
  for (const d of distances) if (d > most) most = d;
  const { values } = eigenOf(s);
  const axis = (i: 0 | 1 | 2): number => Math.sqrt(Math.max(0, values[i]) * (most - 1));
  return [axis(0), axis(1), axis(2)];
}
