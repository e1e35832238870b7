// Choice of starts from a bank of linear problems: twin of StartBank.best in src/kinetics/fit/starts.ts. The bank itself is
// made there, once an input.

import { dots } from './_dots';
import { rowBytes } from './_input';
import { EXCHANGE, EXTENDED_TOFTS, fitsDelay, fitted, HOMOGENEITY, model, MOST, PATLAK, TOFTS, UPTAKE } from './_models';

/** An entry: i32 curve a, curve b (−1: none), group, delay number; f64 aa, ab, bb, delay, two rates. */
const ENTRY = 64;

let curves: usize = 0;
let curveCount: i32 = 0;
let entries: usize = 0;
let entryCount: i32 = 0;
let products: usize = 0;
let costs: usize = 0;
const amplitudes = memory.data(16);
const MOST_STARTS = 8;
/** Starts found, MOST doubles each. */
export const starts = memory.data(8 * MOST * MOST_STARTS);
const taken = memory.data(8 * MOST_STARTS);

/** Bytes of workspace that `openBank` needs. */
export function bankBytes(curveNumber: i32, entryNumber: i32): usize {
  return 8 * (<usize>curveNumber + <usize>entryNumber + 4);
}

export function openBank(curveNumber: i32, curve: usize, entryNumber: i32, entry: usize, work: usize): void {
  curveCount = curveNumber;
  curves = curve;
  entryCount = entryNumber;
  entries = entry;
  products = work;
  costs = work + (((<usize>curveNumber + 1) & ~1) << 3);
}

/** Least squares with amplitudes ≥ 0 into `amplitudes`; returns what they take from the squared curve. */
function solveNonNegative(e: usize): f64 {
  const aa = load<f64>(e, 16);
  const ay = load<f64>(products + ((<usize>load<i32>(e)) << 3));
  const first = aa > 0 ? Math.max(0, ay / aa) : 0;
  const other = load<i32>(e, 4);
  store<f64>(amplitudes, first);
  store<f64>(amplitudes, 0, 8);
  if (other < 0) return first * ay;
  const ab = load<f64>(e, 24);
  const bb = load<f64>(e, 32);
  const by = load<f64>(products + ((<usize>other) << 3));
  const determinant = aa * bb - ab * ab;
  if (determinant > 1e-12 * aa * bb) {
    const a = (ay * bb - by * ab) / determinant;
    const b = (by * aa - ay * ab) / determinant;
    if (a >= 0 && b >= 0) {
      store<f64>(amplitudes, a);
      store<f64>(amplitudes, b, 8);
      return a * ay + b * by;
    }
  }
  const second = bb > 0 ? Math.max(0, by / bb) : 0;
  if (first * ay >= second * by) return first * ay;
  store<f64>(amplitudes, 0);
  store<f64>(amplitudes, second, 8);
  return second * by;
}

/** Parameters of the amplitudes found, into `out`; false when these amplitudes have no meaning. */
function toParameters(e: usize, out: usize): bool {
  const a = load<f64>(amplitudes);
  const b = load<f64>(amplitudes, 8);
  const first = load<f64>(e, 48);
  const second = load<f64>(e, 56);
  if (model == PATLAK) {
    store<f64>(out, a);
    store<f64>(out, b, 8);
    return true;
  }
  if (!(a > 0)) return false;
  if (model == TOFTS || model == EXTENDED_TOFTS) {
    store<f64>(out, a);
    store<f64>(out, a / first, 8);
    if (model == EXTENDED_TOFTS) store<f64>(out, b, 16);
    return true;
  }
  if (model == UPTAKE) {
    const fp = a + b;
    const ps = (b * fp) / a;
    store<f64>(out, (fp + ps) / first);
    store<f64>(out, fp, 8);
    store<f64>(out, ps, 16);
    return true;
  }
  if (!(b > 0)) return false;
  if (model == EXCHANGE) {
    const fp = a + b;
    const wash = (a * first + b * second) / fp;
    const psByVe = (second * first) / wash;
    const vp = fp / wash;
    const ps = (second + first - wash - psByVe) * vp;
    store<f64>(out, vp);
    store<f64>(out, ps / psByVe, 8);
    store<f64>(out, fp, 16);
    store<f64>(out, ps, 24);
    return ps > 0;
  }
  store<f64>(out, a);
  store<f64>(out, Math.min(b / a, 1), 8);
  store<f64>(out, Math.min(b, a) / second, 16);
  store<f64>(out, first, 24);
  return model == HOMOGENEITY;
}

/** Finds up to `count` starts for a tissue curve whose squares sum to `squares`; returns how many. */
export function findStarts(curve: usize, squares: f64, count: i32): i32 {
  dots(curve, curves, curveCount, rowBytes, products);
  const scratch = starts + 8 * MOST * (MOST_STARTS - 1);
  let best: f64 = Infinity;
  let which = -1;
  for (let i = 0; i < entryCount; i++) {
    const e = entries + <usize>i * ENTRY;
    const left = squares - solveNonNegative(e);
    const value = toParameters(e, scratch) ? left : Infinity;
    store<f64>(costs + ((<usize>i) << 3), value);
    if (value < best) {
      best = value;
      which = i;
    }
  }
  let found = 0;
  while (which >= 0) {
    const e = entries + <usize>which * ENTRY;
    const out = starts + 8 * MOST * <usize>found;
    solveNonNegative(e);
    toParameters(e, out);
    if (fitsDelay) store<f64>(out + ((<usize>fitted - 1) << 3), load<f64>(e, 40));
    store<i32>(taken + ((<usize>found) << 3), load<i32>(e, 8));
    store<i32>(taken + ((<usize>found) << 3), load<i32>(e, 12), 4);
    found++;
    if (found == count) break;
    best = Infinity;
    which = -1;
    for (let i = 0; i < entryCount; i++) {
      const value = load<f64>(costs + ((<usize>i) << 3));
      if (value < best && !isNear(entries + <usize>i * ENTRY, found)) {
        best = value;
        which = i;
      }
    }
  }
  return found;
}

function isNear(e: usize, found: i32): bool {
  for (let k: usize = 0; k < <usize>found; k++) {
    const group = load<i32>(taken + (k << 3)) - load<i32>(e, 8);
    const delay = load<i32>(taken + (k << 3), 4) - load<i32>(e, 12);
    if (group <= 1 && group >= -1 && delay <= 1 && delay >= -1) return true;
  }
  return false;
}
