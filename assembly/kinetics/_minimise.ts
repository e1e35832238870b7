// Bounded Levenberg-Marquardt: twin of src/kinetics/fit/levenberg-marquardt.ts, which says more. It ends sooner than
// its twin: when a full step moves no parameter by a millionth, or promises to take less than 1e−11 of the squares.

import { dots } from './_dots';
import { frames, rowBytes } from './_input';
import {
  basis,
  EXTENDED_TOFTS,
  fillBasis,
  fillMixing,
  fitted,
  mixing,
  model,
  MOST,
  row,
  UPTAKE,
  weights,
} from './_models';

const MOST_ITERATIONS = 200;
const SMALL_STEP: f64 = 1e-6;
const TINY_STEP: f64 = 1e-9;
const SMALL_GAIN: f64 = 1e-11;
/** Up to this damping a step is as good as a full one. */
const SLIGHT: f64 = 2e-3;
/** As in the twin. */
const WATCH = 40;
const WORTH: f64 = 1e-3;
/** A search that comes this near a minimum found before, relative to the parameters, would end in it. */
const NEAR: f64 = 1e-3;

const SIDE = 8;
export const lower = memory.data(8 * SIDE);
export const upper = memory.data(8 * SIDE);
export const sizes = memory.data(8 * SIDE);
/** The parameters reached, and JᵀJ there (SIDE × SIDE). */
export const reached = memory.data(8 * SIDE);
export const normal = memory.data(8 * SIDE * SIDE);
const trial = memory.data(8 * SIDE);
const gradient = memory.data(8 * SIDE);
const gram = memory.data(8 * SIDE * SIDE);
const half = memory.data(8 * SIDE * SIDE);
const pull = memory.data(8 * SIDE);
const scale = memory.data(8 * SIDE);
const factor = memory.data(8 * SIDE * SIDE);
const step = memory.data(8 * SIDE);
const open = memory.data(4 * SIDE);
export let cost: f64 = 0;
export let converged: bool = false;
export let iterations: i32 = 0;
/** Address of the tissue curve, a padded row. */
let target: usize = 0;

// @ts-ignore: decorator
@inline
export function get(a: usize, i: i32): f64 {
  return load<f64>(a + ((<usize>i) << 3));
}

// @ts-ignore: decorator
@inline
export function put(a: usize, i: i32, v: f64): void {
  store<f64>(a + ((<usize>i) << 3), v);
}

// @ts-ignore: decorator
@inline
function clamp(v: f64, low: f64, high: f64): f64 {
  return v < low ? low : v > high ? high : v;
}

export function aim(curve: usize): void {
  target = curve;
}

/** Fills basis and residuals for parameters; returns the sum of squares. */
function residuals(p: usize): f64 {
  fillBasis(p);
  const second: usize = model == EXTENDED_TOFTS || model == UPTAKE ? 2 : 1;
  const a = f64x2.splat(load<f64>(weights));
  const b = f64x2.splat(load<f64>(weights + (second << 3)));
  const u = row(0);
  const v = row(second);
  const out = row(<usize>fitted);
  let s = f64x2.splat(0);
  for (let o: usize = 0; o < rowBytes; o += 16) {
    const r = f64x2.sub(
      f64x2.sub(v128.load(target + o), f64x2.mul(a, v128.load(u + o))),
      f64x2.mul(b, v128.load(v + o)),
    );
    v128.store(out + o, r);
    s = f64x2.add(s, f64x2.mul(r, r));
  }
  const sum = f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
  return sum < Infinity ? sum : Infinity;
}

/** JᵀJ and Jᵀ·residuals, from the dot products of the basis: M·G·Mᵀ. */
function buildNormal(p: usize): void {
  fillMixing(p);
  const n = fitted;
  for (let a = 0; a < n; a++)
    dots(row(<usize>a), row(<usize>a), n + 1 - a, rowBytes, gram + ((<usize>(a * SIDE + a)) << 3));
  for (let a = 1; a < n; a++)
    for (let b = 0; b < a; b++) put(gram, a * SIDE + b, get(gram, b * SIDE + a));
  for (let a = 0; a < n; a++) {
    let pulled: f64 = 0;
    for (let k = 0; k < n; k++) {
      pulled += get(mixing, a * MOST + k) * get(gram, k * SIDE + n);
      let sum: f64 = 0;
      for (let l = 0; l < n; l++) sum += get(mixing, a * MOST + l) * get(gram, k * SIDE + l);
      put(half, a * SIDE + k, sum);
    }
    put(gradient, a, pulled);
  }
  for (let a = 0; a < n; a++)
    for (let b = a; b < n; b++) {
      let sum: f64 = 0;
      for (let k = 0; k < n; k++) sum += get(half, a * SIDE + k) * get(mixing, b * MOST + k);
      put(normal, a * SIDE + b, sum);
      put(normal, b * SIDE + a, sum);
    }
}

/**
 * Searches from `start`. `known` are the parameters of a minimum found before, or 0; false when the search came so near it
 * that it was given up.
 */
export function minimise(start: usize, known: usize): bool {
  const n = fitted;
  for (let i = 0; i < n; i++) put(reached, i, clamp(get(start, i), get(lower, i), get(upper, i)));
  converged = false;
  iterations = 0;
  cost = residuals(reached);
  if (cost == Infinity) return true;
  let damping: f64 = 1e-3;
  let raise: f64 = 2;
  let watched = cost;
  buildNormal(reached);
  while (iterations < MOST_ITERATIONS && !converged) {
    iterations++;
    if (iterations % WATCH == 0) {
      converged = watched - cost <= (WORTH * cost) / <f64>frames;
      watched = cost;
      if (converged) break;
    }
    let count = 0;
    let largest: f64 = 0;
    for (let i = 0; i < n; i++) {
      const at = get(reached, i);
      const g = get(gradient, i);
      const stuck = (at <= get(lower, i) && g <= 0) || (at >= get(upper, i) && g >= 0);
      if (stuck) continue;
      store<i32>(open + ((<usize>count) << 2), i);
      count++;
    }
    if (count == 0) {
      converged = true;
      break;
    }
    boxedStep(count, damping);
    let expected: f64 = 0;
    for (let i = 0; i < n; i++) {
      const moved = get(trial, i) - get(reached, i);
      largest = Math.max(largest, Math.abs(moved) / (Math.abs(get(reached, i)) + get(sizes, i)));
      let sum: f64 = 2 * get(gradient, i);
      for (let j = 0; j < n; j++) sum -= get(normal, i * SIDE + j) * (get(trial, j) - get(reached, j));
      expected += moved * sum;
    }
    const full = damping <= SLIGHT;
    const threshold = full ? SMALL_STEP : TINY_STEP;
    const small = threshold > largest || (full && expected >= 0 && expected <= SMALL_GAIN * cost);
    const trialCost = residuals(trial);
    if (trialCost <= cost) {
      converged = small || (cost - trialCost <= 1e-14 * cost && largest < 1e-5);
      const gain = 2 * ((cost - trialCost) / Math.max(expected, f64.MIN_NORMAL_VALUE)) - 1;
      memory.copy(reached, trial, 8 * n);
      cost = trialCost;
      damping = Math.max(damping * Math.max(0.1, 1 - gain * gain * gain), 1e-12);
      raise = 2;
      if (known && !converged && nears(known)) return false;
      buildNormal(reached);
    } else {
      if (small || damping > 1e12) converged = true;
      damping *= raise;
      raise *= 2;
    }
  }
  return true;
}

function nears(known: usize): bool {
  for (let i = 0; i < fitted; i++)
    if (Math.abs(get(reached, i) - get(known, i)) > NEAR * (Math.abs(get(known, i)) + get(sizes, i))) return false;
  return true;
}

/** Puts the damped step from `reached` into `trial`; what would leave its bounds is set on them, the others solved again. */
function boxedStep(count: i32, damping: f64): void {
  memory.copy(trial, reached, 8 * fitted);
  memory.copy(pull, gradient, 8 * fitted);
  while (count > 0) {
    solveDamped(count, damping);
    let out = 0;
    for (let k = 0; k < count; k++) {
      const i = load<i32>(open + ((<usize>k) << 2));
      const to = get(reached, i) + get(step, k);
      put(trial, i, clamp(to, get(lower, i), get(upper, i)));
      if (to < get(lower, i) || to > get(upper, i)) out |= 1 << k;
    }
    if (out == 0) return;
    let left = 0;
    for (let k = 0; k < count; k++) {
      const i = load<i32>(open + ((<usize>k) << 2));
      if (!((out >> k) & 1)) continue;
      const moved = get(trial, i) - get(reached, i);
      for (let j = 0; j < fitted; j++) put(pull, j, get(pull, j) - get(normal, j * SIDE + i) * moved);
    }
    for (let k = 0; k < count; k++) {
      if ((out >> k) & 1) continue;
      store<i32>(open + ((<usize>left) << 2), load<i32>(open + ((<usize>k) << 2)));
      left++;
    }
    count = left;
  }
}

/** (JᵀJ + damping·diag)·step = pull over the open parameters, by Cholesky with unit scaling of the diagonal. */
function solveDamped(count: i32, damping: f64): void {
  for (let a = 0; a < count; a++) {
    const i = load<i32>(open + ((<usize>a) << 2));
    const d = get(normal, i * SIDE + i);
    const s = d > 0 ? 1 / Math.sqrt(d) : 1;
    put(scale, a, s);
    put(step, a, get(pull, i) * s);
    for (let b = 0; b <= a; b++) {
      const j = load<i32>(open + ((<usize>b) << 2));
      let sum = get(normal, i * SIDE + j) * s * get(scale, b);
      if (a == b) sum += damping;
      for (let k = 0; k < b; k++) sum -= get(factor, a * SIDE + k) * get(factor, b * SIDE + k);
      // The diagonal holds reciprocals.
      put(factor, a * SIDE + b, a == b ? 1 / Math.sqrt(Math.max(sum, 1e-30)) : sum * get(factor, b * SIDE + b));
    }
  }
  for (let a = 0; a < count; a++) {
    let x = get(step, a);
    for (let k = 0; k < a; k++) x -= get(factor, a * SIDE + k) * get(step, k);
    put(step, a, x * get(factor, a * SIDE + a));
  }
  for (let a = count - 1; a >= 0; a--) {
    let x = get(step, a);
    for (let k = a + 1; k < count; k++) x -= get(factor, k * SIDE + a) * get(step, k);
    put(step, a, x * get(factor, a * SIDE + a));
  }
  for (let a = 0; a < count; a++) put(step, a, get(step, a) * get(scale, a));
}

/**
 * Least squares of a model linear in its two parameters (Patlak with a fixed delay), exact within the bounds: inside, or
 * the best point of the four edges. `reuse`: JᵀJ of the voxel before stands, as the basis does.
 */
export function solveLinear(reuse: bool): void {
  if (!reuse) {
    memory.fill(reached, 0, 16);
    residuals(reached);
    buildNormal(reached);
  }
  dots(target, basis, 2, rowBytes, pull);
  const aa = get(normal, 0);
  const ab = get(normal, 1);
  const bb = get(normal, SIDE + 1);
  const ay = get(pull, 0);
  const by = get(pull, 1);
  const determinant = aa * bb - ab * ab;
  let a = (ay * bb - by * ab) / determinant;
  let b = (by * aa - ay * ab) / determinant;
  const inside =
    determinant > 1e-14 * aa * bb && a >= get(lower, 0) && a <= get(upper, 0) && b >= get(lower, 1) && b <= get(upper, 1);
  if (!inside) {
    let best: f64 = Infinity;
    for (let edge = 0; edge < 4; edge++) {
      const end = edge & 1 ? upper : lower;
      let u: f64;
      let v: f64;
      if (edge < 2) {
        u = get(end, 0);
        v = bb > 0 ? clamp((by - ab * u) / bb, get(lower, 1), get(upper, 1)) : get(lower, 1);
      } else {
        v = get(end, 1);
        u = aa > 0 ? clamp((ay - ab * v) / aa, get(lower, 0), get(upper, 0)) : get(lower, 0);
      }
      const value = aa * u * u + 2 * ab * u * v + bb * v * v - 2 * (ay * u + by * v);
      if (value < best) {
        best = value;
        a = u;
        b = v;
      }
    }
  }
  put(reached, 0, a);
  put(reached, 1, b);
  cost = residuals(reached);
  converged = true;
  iterations = 1;
}
