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
const TOLERANCE = 1e-9;
const MOST_STEPS = 1000;
/** Points that join the working set in one round. */
const JOINING = 4;
/** Keeps Newton's matrix invertible where several weightings give the same ellipsoid, as on a sphere. */
const RIDGE = 1e-10;

/**
 * Minimum-volume enclosing ellipsoid of points: the weights u ≥ 0, Σu = 1 that make det Σ uᵢ qᵢ qᵢᵀ, q = (x, y, z, 1),
 * largest (its dual problem). The weights of a small working set are found by Newton steps on the points that carry
 * weight; the points that stick out most join the set until none sticks out by more than 1e-9. At most ten points need
 * weight, so sets stay small. The ellipsoid is then blown up to hold all points, so its volume is at most
 * (1 + 1e-9)^{3/2} times the smallest, whatever path led there.
 * @param corners x, y, z of each point, spanning a volume
 */
export function enclosingEllipsoid(corners: Float64Array): SemiAxes {
  const all = centred(corners);
  const start = extremePoints(all);
  let working = start;
  let weights: Float64Array = new Float64Array(start.length).fill(1 / start.length);
  for (let round = 0; ; round++) {
    const points = pick(all, working);
    solve(points, weights);
    const distances = distancesOf(all, inverseOfSpread(points, weights));
    const outside = farthest(distances, working);
    if (outside.length === 0 || round === MOST_STEPS) return semiAxes(points, weights, distances);
    const kept = working.map((_, i) => i).filter((i) => weights[i]! > 0);
    const grown = new Float64Array(kept.length + outside.length);
    kept.forEach((i, k) => (grown[k] = weights[i]!));
    working = [...kept.map((i) => working[i]!), ...outside];
    weights = grown;
  }
}

function pick(all: Float64Array, chosen: readonly number[]): Float64Array {
  const points = new Float64Array(3 * chosen.length);
  chosen.forEach((i, k) => points.set(all.subarray(3 * i, 3 * i + 3), 3 * k));
  return points;
}

/** The points that stick out most of the current ellipsoid and are not in the working set yet. */
function farthest(distances: Float64Array, working: readonly number[]): number[] {
  const known = new Set(working);
  const outside: number[] = [];
  for (let i = 0; i < distances.length; i++) {
    const d = distances[i]!;
    if (d <= 4 * (1 + TOLERANCE) || known.has(i)) continue;
    let at = outside.length;
    while (at > 0 && distances[outside[at - 1]!]! < d) at--;
    if (at < JOINING) outside.splice(at, 0, i);
    if (outside.length > JOINING) outside.pop();
  }
  return outside;
}

/** Brings the weights of the points to the minimum-volume ellipsoid, in place. */
function solve(points: Float64Array, weights: Float64Array): void {
  const n = weights.length;
  for (let step = 0; step < MOST_STEPS; step++) {
    const inverse = inverseOfSpread(points, weights);
    const distances = distancesOf(points, inverse);
    let far = 0;
    let uneven = 0;
    for (let i = 0; i < n; i++) {
      if (distances[i]! > distances[far]!) far = i;
      if (weights[i]! > 0) uneven = Math.max(uneven, 4 - distances[i]!);
    }
    const above = distances[far]! - 4;
    if (above <= TOLERANCE && uneven <= TOLERANCE) return;
    if (weights[far] === 0) {
      exchange(weights, far, distances[far]!); // Khachiyan's step, the best one towards a single point
      continue;
    }
    newtonStep(points, weights, distances, inverse);
  }
}

/** Moves the best share of the weight to one point: (d − 4)/(4(d − 1)), d its distance. */
function exchange(weights: Float64Array, to: number, distance: number): void {
  const share = (distance - 4) / (4 * (distance - 1));
  for (let j = 0; j < weights.length; j++) weights[j]! *= 1 - share;
  weights[to]! += share;
}

/** Moved to their middle, which keeps the matrices well conditioned. */
function centred(corners: Float64Array): Float64Array {
  const n = corners.length / 3;
  const moved = new Float64Array(corners.length);
  for (let a = 0; a < 3; a++) {
    let mean = 0;
    for (let i = a; i < corners.length; i += 3) mean += corners[i]! / n;
    for (let i = a; i < corners.length; i += 3) moved[i] = corners[i]! - mean;
  }
  return moved;
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
    let [low, high] = [0, 0];
    let [least, most] = [Infinity, -Infinity];
    for (let i = 0; i < points.length; i += 3) {
      const value = a * points[i]! + b * points[i + 1]! + c * points[i + 2]!;
      if (value < least) [least, low] = [value, i / 3];
      if (value > most) [most, high] = [value, i / 3];
    }
    chosen.add(low).add(high);
  }
  return [...chosen];
}

/** Inverse of Σ uᵢ qᵢ qᵢᵀ with q = (x, y, z, 1), row by row. */
function inverseOfSpread(points: Float64Array, weights: Float64Array): Float64Array {
  const m = new Float64Array(16);
  const q = new Float64Array(4).fill(1);
  for (let i = 0; i < weights.length; i++) {
    const w = weights[i]!;
    if (w === 0) continue;
    for (let a = 0; a < 3; a++) q[a] = points[3 * i + a]!;
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
  const [xx, yy, zz, one] = [m[0]!, m[5]!, m[10]!, m[15]!];
  const [xy, xz, yz] = [m[1]!, m[2]!, m[6]!];
  const [x1, y1, z1] = [m[3]!, m[7]!, m[11]!];
  const distances = new Float64Array(points.length / 3);
  for (let i = 0; i < distances.length; i++) {
    const [x, y, z] = [points[3 * i]!, points[3 * i + 1]!, points[3 * i + 2]!];
    distances[i] =
      xx * x * x +
      yy * y * y +
      zz * z * z +
      one +
      2 * (xy * x * y + xz * x * z + yz * y * z + x1 * x + y1 * y + z1 * z);
  }
  return distances;
}

/**
 * One damped Newton step of log det on the points that carry weight, with Σu kept at 1: gradient dᵢ, Hessian
 * −(qᵢᵀM⁻¹qⱼ)². The function is self-concordant, so 1/(1 + λ) of the step never overshoots. A weight that the step
 * would make negative ends at 0, and the step with it.
 */
function newtonStep(
  points: Float64Array,
  weights: Float64Array,
  distances: Float64Array,
  m: Float64Array,
): void {
  const carrying: number[] = [];
  for (let i = 0; i < weights.length; i++) if (weights[i]! > 0) carrying.push(i);
  const n = carrying.length;
  // Rows of n unknowns, the multiplier of Σu, and the right side.
  const width = n + 2;
  const rows = new Float64Array((n + 1) * width).fill(1);
  for (let r = 0; r < n; r++) {
    for (let c = 0; c < n; c++) rows[width * r + c] = between(points, carrying[r]!, carrying[c]!, m) ** 2;
    rows[(width + 1) * r]! += RIDGE;
    rows[width * r + n + 1] = distances[carrying[r]!]!;
  }
  rows.fill(0, width * n + n);
  const change = eliminated(rows, n + 1);
  let decrement = 0; // gᵀδ = δᵀHδ, for the changes add up to 0
  for (let r = 0; r < n; r++) decrement += change[r]! * (distances[carrying[r]!]! - 4);
  const length = Math.sqrt(Math.max(0, decrement));
  let share = length > 0.2 ? 1 / (1 + length) : 1;
  let dropped = -1;
  for (let r = 0; r < n; r++) {
    const room = -weights[carrying[r]!]! / change[r]!;
    if (change[r]! >= 0 || room >= share) continue;
    share = room;
    dropped = carrying[r]!;
  }
  for (let r = 0; r < n; r++) {
    const i = carrying[r]!;
    weights[i] = Math.max(0, weights[i]! + share * change[r]!);
  }
  if (dropped >= 0) weights[dropped] = 0;
  let sum = 0; // off by rounding
  for (const w of weights) sum += w;
  for (const i of carrying) weights[i]! /= sum;
}

/** qᵢᵀ M⁻¹ qⱼ. */
function between(points: Float64Array, i: number, j: number, m: Float64Array): number {
  const [x, y, z] = [points[3 * j]!, points[3 * j + 1]!, points[3 * j + 2]!];
  return (
    points[3 * i]! * (m[0]! * x + m[1]! * y + m[2]! * z + m[3]!) +
    points[3 * i + 1]! * (m[4]! * x + m[5]! * y + m[6]! * z + m[7]!) +
    points[3 * i + 2]! * (m[8]! * x + m[9]! * y + m[10]! * z + m[11]!) +
    (m[12]! * x + m[13]! * y + m[14]! * z + m[15]!)
  );
}

/** Solution of `n` equations, rows that end with their right side; Gauss-Jordan with pivoting, in place. */
function eliminated(rows: Float64Array, n: number): Float64Array {
  const width = n + 1;
  for (let c = 0; c < n; c++) {
    let pivot = c;
    for (let r = c + 1; r < n; r++) {
      if (Math.abs(rows[width * r + c]!) > Math.abs(rows[width * pivot + c]!)) pivot = r;
    }
    for (let k = 0; k < width; k++) {
      const t = rows[width * c + k]!;
      rows[width * c + k] = rows[width * pivot + k]!;
      rows[width * pivot + k] = t;
    }
    for (let r = 0; r < n; r++) {
      const f = rows[width * r + c]! / rows[width * c + c]!;
      if (r === c || f === 0) continue;
      for (let k = c; k < width; k++) rows[width * r + k]! -= f * rows[width * c + k]!;
    }
  }
  return Float64Array.from({ length: n }, (_, r) => rows[width * r + n]! / rows[(width + 1) * r]!);
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
