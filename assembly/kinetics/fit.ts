// Fits a tracer-kinetic model to many tissue curves of one input: twin of CurveFitter in src/kinetics/fit/fit-curve.ts.
// Called as open_input, open_model, open_bank, then fit.

import { frames, inputBytes, openInput, rowBytes } from './_input';
import {
  aim,
  converged,
  cost,
  get,
  iterations,
  lower,
  minimise,
  normal,
  put,
  reached,
  sizes,
  solveLinear,
  upper,
} from './_minimise';
import { derive, derived, fitsDelay, fitted, model, modelBytes, MOST, openModel, PATLAK } from './_models';
import { bankBytes, findStarts, openBank, starts } from './_starts';

const SIDE = 8;
/** Numbers of FIT_STATUSES in src/kinetics/fit/fit-curve.ts, plus one: 0 is a voxel not reached. */
const CONVERGED = 1;
const AT_BOUND = 2;
const NO_ENHANCEMENT = 3;
const FAILED = 4;
const MOST_DERIVED = 4;

const bestReached = memory.data(8 * SIDE);
const bestNormal = memory.data(8 * SIDE * SIDE);
const inverse = memory.data(8 * SIDE * SIDE);
const spread = memory.data(8 * SIDE);
const derivedValues = memory.data(8 * MOST_DERIVED);
const derivedSlopes = memory.data(8 * MOST_DERIVED * MOST);
const inside = memory.data(4 * SIDE);
let plain: usize = 0;
let startCount: i32 = 0;

export function kinetics_input_bytes(frameCount: i32, nodeCount: i32): usize {
  return inputBytes(frameCount, nodeCount);
}

export function kinetics_model_bytes(frameCount: i32): usize {
  return modelBytes((<usize>((frameCount + 1) & ~1)) << 3);
}

export function kinetics_bank_bytes(curveNumber: i32, entryNumber: i32): usize {
  return bankBytes(curveNumber, entryNumber);
}

/** Times of frames and of the input's nodes (minutes, rising), the input's values; `work`: kinetics_input_bytes. */
export function kinetics_open_input(
  frameCount: i32,
  frame: usize,
  nodeCount: i32,
  node: usize,
  value: usize,
  work: usize,
): void {
  openInput(frameCount, frame, nodeCount, node, value, work);
}

/**
 * `box`: for each fitted parameter lower, upper, size and plain start, four rows of `parameters` (+1 with a fitted
 * delay) doubles; `delay`: minutes, used when it is not fitted; `work`: kinetics_model_bytes.
 */
export function kinetics_open_model(kind: i32, parameters: i32, withDelay: i32, delay: f64, box: usize, work: usize): void {
  openModel(kind, parameters, withDelay != 0, delay, work);
  const bytes = (<usize>fitted) << 3;
  memory.copy(lower, box, bytes);
  memory.copy(upper, box + bytes, bytes);
  memory.copy(sizes, box + 2 * bytes, bytes);
  plain = box + 3 * bytes;
}

/** Padded rows of basis curves, and entries of 64 bytes (see _starts.ts); `count`: starts tried for a voxel, at most 7. */
export function kinetics_open_bank(
  curveNumber: i32,
  curve: usize,
  entryNumber: i32,
  entry: usize,
  count: i32,
  work: usize,
): void {
  openBank(curveNumber, curve, entryNumber, entry, work);
  startCount = count;
}

/**
 * Fits `voxels` padded rows of tissue at `curve`. For each voxel `record` gets status, iterations, RMSE, R², AICc, then
 * the fitted and derived quantities, then their standard errors (NaN: none), in internal units.
 */
export function kinetics_fit(curve: usize, voxels: i32, record: usize): void {
  const bytes = (<usize>(5 + 2 * (fitted + derived))) << 3;
  const linear = model == PATLAK && !fitsDelay;
  let reuse = false;
  for (let v = 0; v < voxels; v++) {
    aim(curve);
    const squares = sumSquares(curve);
    if (!(squares < Infinity)) without(record, FAILED, NaN);
    else if (squares == 0) without(record, NO_ENHANCEMENT, 0);
    else if (linear) {
      solveLinear(reuse);
      reuse = true;
      report(curve, squares, record, reached, normal, cost, true, 1);
    } else search(curve, squares, record);
    curve += rowBytes;
    record += bytes;
  }
}

function search(curve: usize, squares: f64, record: usize): void {
  const count = findStarts(curve, squares, startCount);
  let best: f64 = Infinity;
  let bestConverged = false;
  let bestIterations = 0;
  let any = false;
  for (let k = 0; k < max(count, 1); k++) {
    const from = count > 0 ? starts + 8 * MOST * <usize>k : plain;
    // Along the delay the squares have edges, with more than one minimum close together: no search is cut short there.
    if (!minimise(from, any && bestConverged && !fitsDelay ? bestReached : 0)) continue;
    if (any && !(cost < best)) continue;
    any = true;
    best = cost;
    bestConverged = converged;
    bestIterations = iterations;
    if (count > 1) {
      memory.copy(bestReached, reached, 8 * SIDE);
      memory.copy(bestNormal, normal, 8 * SIDE * SIDE);
    }
  }
  if (best == Infinity) without(record, FAILED, NaN);
  else if (count > 1) report(curve, squares, record, bestReached, bestNormal, best, bestConverged, bestIterations);
  else report(curve, squares, record, reached, normal, best, bestConverged, bestIterations);
}

function sumSquares(curve: usize): f64 {
  let s = f64x2.splat(0);
  for (let o: usize = 0; o < rowBytes; o += 16) {
    const x = v128.load(curve + o);
    s = f64x2.add(s, f64x2.mul(x, x));
  }
  return f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
}

/** A record without a fit: the model's own parameters are 0 or NaN, everything else is absent. */
function without(record: usize, status: i32, value: f64): void {
  const all = fitted + derived;
  const own = fitted - (fitsDelay ? 1 : 0);
  put(record, 0, <f64>status);
  put(record, 1, 0);
  put(record, 2, value);
  put(record, 3, 0);
  put(record, 4, Infinity);
  for (let i = 0; i < 2 * all; i++) put(record, 5 + i, i < own ? value : NaN);
}

function report(
  curve: usize,
  squares: f64,
  record: usize,
  at: usize,
  jtj: usize,
  left: f64,
  done: bool,
  steps: i32,
): void {
  const n = fitted;
  const all = n + derived;
  const own = n - (fitsDelay ? 1 : 0);
  let count = 0;
  let bound = false;
  for (let i = 0; i < n; i++) {
    const v = get(at, i);
    put(record, 5 + i, v);
    put(spread, i, NaN);
    const atBound = v <= get(lower, i) || v >= get(upper, i);
    if (atBound) bound = true;
    else if (get(jtj, i * SIDE + i) > 0) {
      store<i32>(inside + ((<usize>count) << 2), i);
      count++;
    }
  }
  const freedom = frames - count;
  memory.fill(inverse, 0, 8 * SIDE * SIDE);
  if (freedom > 0 && invert(jtj, count, left / <f64>freedom))
    for (let a = 0; a < count; a++) {
      const i = load<i32>(inside + ((<usize>a) << 2));
      put(spread, i, Math.sqrt(get(inverse, i * SIDE + i)));
    }
  for (let i = 0; i < n; i++) put(record, 5 + all + i, get(spread, i));
  if (derived > 0) {
    derive(at, derivedValues, derivedSlopes);
    for (let d = 0; d < derived; d++) {
      put(record, 5 + n + d, get(derivedValues, d));
      put(record, 5 + all + n + d, derivedError(derivedSlopes + ((<usize>(d * MOST)) << 3), own));
    }
  }
  const f = <f64>frames;
  const total = aboutMean(curve, f);
  const criterion = aicc(left, n);
  const idle = criterion >= aicc(squares, 0);
  put(record, 0, <f64>(idle ? NO_ENHANCEMENT : !done ? FAILED : bound ? AT_BOUND : CONVERGED));
  put(record, 1, <f64>steps);
  put(record, 2, Math.sqrt(left / f));
  put(record, 3, total > 0 ? 1 - left / total : 0);
  put(record, 4, criterion);
}

/** Error by the delta method; NaN when it hangs on a parameter that has none. */
function derivedError(slope: usize, own: i32): f64 {
  let variance: f64 = 0;
  for (let i = 0; i < own; i++) {
    if (get(slope, i) == 0) continue;
    if (isNaN(get(spread, i))) return NaN;
    for (let j = 0; j < own; j++) variance += get(slope, i) * get(slope, j) * get(inverse, i * SIDE + j);
  }
  return variance >= 0 && variance < Infinity ? Math.sqrt(variance) : NaN;
}

/** variance·(JᵀJ)⁻¹ over the `count` parameters in `inside`, into `inverse`; false when singular. By Cholesky, scaled. */
function invert(jtj: usize, count: i32, variance: f64): bool {
  const l = memory.data(8 * SIDE * SIDE);
  const m = memory.data(8 * SIDE * SIDE);
  const scale = memory.data(8 * SIDE);
  for (let a = 0; a < count; a++) {
    const i = load<i32>(inside + ((<usize>a) << 2));
    put(scale, a, 1 / Math.sqrt(get(jtj, i * SIDE + i)));
    for (let b = 0; b <= a; b++) {
      const j = load<i32>(inside + ((<usize>b) << 2));
      let sum = get(jtj, i * SIDE + j) * get(scale, a) * get(scale, b);
      for (let k = 0; k < b; k++) sum -= get(l, a * SIDE + k) * get(l, b * SIDE + k);
      if (a == b) {
        // The pivots of Gauss elimination, which the twin does, are these before the root.
        if (!(sum > 1e-13)) return false;
        put(l, a * SIDE + a, 1 / Math.sqrt(sum));
      } else put(l, a * SIDE + b, sum * get(l, b * SIDE + b));
    }
  }
  // m = l⁻¹, lower triangular.
  for (let a = 0; a < count; a++) {
    put(m, a * SIDE + a, get(l, a * SIDE + a));
    for (let b = 0; b < a; b++) {
      let sum: f64 = 0;
      for (let k = b; k < a; k++) sum -= get(l, a * SIDE + k) * get(m, k * SIDE + b);
      put(m, a * SIDE + b, sum * get(l, a * SIDE + a));
    }
  }
  for (let a = 0; a < count; a++)
    for (let b = 0; b <= a; b++) {
      let sum: f64 = 0;
      for (let k = a; k < count; k++) sum += get(m, k * SIDE + a) * get(m, k * SIDE + b);
      sum *= variance * get(scale, a) * get(scale, b);
      const i = load<i32>(inside + ((<usize>a) << 2));
      const j = load<i32>(inside + ((<usize>b) << 2));
      put(inverse, i * SIDE + j, sum);
      put(inverse, j * SIDE + i, sum);
    }
  return true;
}

function aicc(squares: f64, parameters: i32): f64 {
  const k = <f64>(parameters + 1);
  const n = <f64>frames;
  if (n - k - 1 <= 0) return Infinity;
  return n * Math.log(squares / n) + 2 * k + (2 * k * (k + 1)) / (n - k - 1);
}

function aboutMean(curve: usize, n: f64): f64 {
  let sum = f64x2.splat(0);
  for (let o: usize = 0; o < rowBytes; o += 16) sum = f64x2.add(sum, v128.load(curve + o));
  const mean = (f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)) / n;
  const m = f64x2.splat(mean);
  let total = f64x2.splat(0);
  for (let o: usize = 0; o < rowBytes; o += 16) {
    const d = f64x2.sub(v128.load(curve + o), m);
    total = f64x2.add(total, f64x2.mul(d, d));
  }
  const all = f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1);
  return frames & 1 ? all - mean * mean : all;
}
