// The models as sums of basis rows: C = Σ c_k·B_k, ∂C/∂p_i = Σ M_ik·B_k, with as many rows as fitted parameters.
// Twins of src/kinetics/models/*; `MODEL_NUMBERS` in src/kinetics/fit/block-kernel.ts gives the numbers.

import {
  exponentialRows,
  integralRow,
  place,
  plasmaRow,
  rowBytes,
  slopeRow,
  twoExponentialRows,
} from './_input';

export const TOFTS = 0;
export const EXTENDED_TOFTS = 1;
export const PATLAK = 2;
export const UPTAKE = 3;
export const EXCHANGE = 4;
export const HOMOGENEITY = 5;
/** Most parameters that are fitted at once. */
export const MOST = 5;

export let model: i32 = 0;
/** Fitted parameters, the delay included when it is fitted. */
export let fitted: i32 = 0;
export let derived: i32 = 0;
export let fitsDelay: bool = false;
let fixedDelay: f64 = 0;
/** Basis rows, each rowBytes long; after the last one in use (number `fitted`) stands the row of residuals. */
export let basis: usize = 0;
let whole: usize = 0;
/** c, MOST doubles, and M, MOST × MOST with a row a parameter. */
export const weights = memory.data(8 * MOST);
export const mixing = memory.data(8 * MOST * MOST);
/** Rates and share of the two-compartment exchange model and their derivatives by vp, ve, fp, ps. */
const dFast = memory.data(8 * 4);
const dSlow = memory.data(8 * 4);
const dShare = memory.data(8 * 4);
let fast: f64 = 0;
let slow: f64 = 0;
let share: f64 = 0;

/** Bytes of workspace that `openModel` needs, for rows of `rowBytes`. */
export function modelBytes(row: usize): usize {
  return <usize>(MOST + 2) * row + 32;
}

export function openModel(kind: i32, parameters: i32, withDelay: bool, delay: f64, work: usize): void {
  model = kind;
  fitsDelay = withDelay;
  fitted = parameters + (withDelay ? 1 : 0);
  derived = kind == PATLAK ? 0 : kind == UPTAKE || kind == EXCHANGE ? 3 : kind == HOMOGENEITY ? 4 : 1;
  fixedDelay = delay;
  basis = work;
  whole = work + <usize>(MOST + 1) * rowBytes;
  memory.fill(basis, 0, <usize>(MOST + 2) * rowBytes);
  memory.fill(weights, 0, 8 * MOST);
  memory.fill(mixing, 0, 8 * MOST * MOST);
  if (!withDelay) shiftRows(delay);
}

// @ts-ignore: decorator
@inline
export function row(k: usize): usize {
  return basis + k * rowBytes;
}

// @ts-ignore: decorator
@inline
function weigh(k: usize, value: f64): void {
  store<f64>(weights + (k << 3), value);
}

// @ts-ignore: decorator
@inline
function mix(parameter: usize, k: usize, value: f64): void {
  store<f64>(mixing + ((parameter * MOST + k) << 3), value);
}

/** Rows that hang on the delay alone. */
function shiftRows(delay: f64): void {
  place(delay, 0);
  if (model == TOFTS) {
    if (fitsDelay) plasmaRow(0, row(2));
  } else if (model == EXTENDED_TOFTS) {
    plasmaRow(0, row(2));
    if (fitsDelay) slopeRow(0, row(3));
  } else if (model == PATLAK) {
    plasmaRow(0, row(0));
    integralRow(0, row(1));
    if (fitsDelay) slopeRow(0, row(2));
  } else if (model == UPTAKE) {
    integralRow(0, row(2));
    if (fitsDelay) plasmaRow(0, row(3));
  } else {
    if (model == HOMOGENEITY) integralRow(0, whole);
    if (fitsDelay) plasmaRow(0, row(4));
  }
}

/** Fills the basis rows and c for parameters at `p` (the delay last, when fitted). */
export function fillBasis(p: usize): void {
  let delay = fixedDelay;
  if (fitsDelay) {
    delay = load<f64>(p + ((<usize>fitted - 1) << 3));
    shiftRows(delay);
  }
  const p0 = load<f64>(p);
  const p1 = load<f64>(p, 8);
  const p2 = load<f64>(p, 16);
  if (model == TOFTS || model == EXTENDED_TOFTS) {
    exponentialRows(p0 / p1, 0, row(0), row(1));
    weigh(0, p0);
    if (model == EXTENDED_TOFTS) weigh(2, p2);
  } else if (model == PATLAK) {
    weigh(0, p0);
    weigh(1, p1);
  } else if (model == UPTAKE) {
    const flow = p1 + p2;
    const extraction = flow > 0 ? p2 / flow : 0;
    exponentialRows(flow / p0, 0, row(0), row(1));
    weigh(0, p1 * (1 - extraction));
    weigh(2, p1 * extraction);
  } else if (model == EXCHANGE) {
    exchange(p0, p1, p2, load<f64>(p, 24));
    twoExponentialRows(fast, slow, 0, row(0), row(2), rowBytes);
    weigh(0, p2 * share);
    weigh(1, p2 * (1 - share));
  } else {
    const uptake = p1 * p0;
    place(delay + load<f64>(p, 24), 1);
    integralRow(1, row(0));
    const plug = row(0);
    for (let o: usize = 0; o < rowBytes; o += 16)
      v128.store(plug + o, f64x2.sub(v128.load(whole + o), v128.load(plug + o)));
    exponentialRows(uptake / p2, 1, row(1), row(2));
    plasmaRow(1, row(3));
    weigh(0, p0);
    weigh(1, uptake);
  }
}

/** Fills M for the parameters for which the basis was filled last. */
export function fillMixing(p: usize): void {
  const p0 = load<f64>(p);
  const p1 = load<f64>(p, 8);
  const p2 = load<f64>(p, 16);
  const last = <usize>fitted - 1;
  if (model == TOFTS || model == EXTENDED_TOFTS) {
    const rate = p0 / p1;
    mix(0, 0, 1);
    mix(0, 1, rate);
    mix(1, 1, -rate * rate);
    if (model == EXTENDED_TOFTS) mix(2, 2, 1);
    if (fitsDelay) {
      mix(last, 0, p0 * rate);
      mix(last, 2, -p0);
      if (model == EXTENDED_TOFTS) mix(last, 3, -p2);
    }
  } else if (model == PATLAK) {
    mix(0, 0, 1);
    mix(1, 1, 1);
    if (fitsDelay) {
      mix(2, 0, -p1);
      mix(2, 2, -p0);
    }
  } else if (model == UPTAKE) {
    const flow = p1 + p2;
    const rate = flow / p0;
    const a = load<f64>(weights);
    const b = load<f64>(weights, 16);
    const some = flow > 0;
    const byFlow = some ? p1 / flow : 1;
    const byLeak = some ? p2 / flow : 0;
    mix(0, 1, (-a * rate) / p0);
    // a = fp²/(fp+ps), b = fp·ps/(fp+ps)
    mix(1, 0, some ? byFlow * (byFlow + 2 * byLeak) : 1);
    mix(1, 1, a / p0);
    mix(1, 2, byLeak * byLeak);
    mix(2, 0, -byFlow * byFlow);
    mix(2, 1, a / p0);
    mix(2, 2, byFlow * byFlow);
    if (fitsDelay) {
      mix(3, 0, a * rate);
      mix(3, 3, -a - b);
    }
  } else if (model == EXCHANGE) {
    for (let i: usize = 0; i < 4; i++) {
      const byShare = p2 * load<f64>(dShare + (i << 3));
      mix(i, 0, byShare + (i == 2 ? share : 0));
      mix(i, 1, (i == 2 ? 1 - share : 0) - byShare);
      mix(i, 2, p2 * share * load<f64>(dFast + (i << 3)));
      mix(i, 3, p2 * (1 - share) * load<f64>(dSlow + (i << 3)));
    }
    if (fitsDelay) {
      mix(4, 0, p2 * share * fast);
      mix(4, 1, p2 * (1 - share) * slow);
      mix(4, 4, -p2);
    }
  } else {
    const uptake = p0 * p1;
    const rate = uptake / p2;
    mix(0, 0, 1);
    mix(0, 1, p1);
    mix(0, 2, p1 * rate);
    mix(1, 1, p0);
    mix(1, 2, p0 * rate);
    mix(2, 2, -rate * rate);
    mix(3, 1, uptake * rate);
    mix(3, 3, p0 - uptake);
    if (fitsDelay) {
      mix(4, 1, uptake * rate);
      mix(4, 3, p0 - uptake);
      mix(4, 4, -p0);
    }
  }
}

/** Rates, share and derivatives; see `exchange` in src/kinetics/models/two-compartment-exchange. */
function exchange(vp: f64, ve: f64, fp: f64, ps: f64): void {
  const perVp = 1 / vp;
  const perVe = 1 / ve;
  const s = (fp + ps) * perVp + ps * perVe;
  const q = fp * ps * (perVp * perVe);
  const apart = (fp + ps) * perVp - ps * perVe;
  const root = Math.max(Math.sqrt(apart * apart + 4 * ps * ps * (perVp * perVe)), 1e-12);
  const perRoot = 1 / root;
  fast = (s + root) / 2;
  slow = fast > 0 ? q / fast : 0;
  const wash = fp * perVp;
  share = (wash - slow) * perRoot;
  for (let i: usize = 0; i < 4; i++) {
    let ds: f64;
    let dq: f64;
    let dWash: f64 = 0;
    if (i == 0) {
      ds = -(fp + ps) * perVp * perVp;
      dq = -q * perVp;
      dWash = -wash * perVp;
    } else if (i == 1) {
      ds = -ps * perVe * perVe;
      dq = -q * perVe;
    } else if (i == 2) {
      ds = perVp;
      dq = ps * (perVp * perVe);
      dWash = perVp;
    } else {
      ds = perVp + perVe;
      dq = fp * (perVp * perVe);
    }
    const dRoot = (s * ds - 2 * dq) * perRoot;
    const late = (ds - dRoot) / 2;
    store<f64>(dFast + (i << 3), (ds + dRoot) / 2);
    store<f64>(dSlow + (i << 3), late);
    store<f64>(dShare + (i << 3), (dWash - late - share * dRoot) * perRoot);
  }
}

/**
 * Derived quantities of parameters at `p` into `out`, and their derivatives by each of the model's own parameters into
 * `slopes`, MOST doubles a quantity.
 */
export function derive(p: usize, out: usize, slopes: usize): void {
  memory.fill(slopes, 0, 8 * MOST * 4);
  const p0 = load<f64>(p);
  const p1 = load<f64>(p, 8);
  const p2 = load<f64>(p, 16);
  const next: usize = 8 * MOST;
  if (model == TOFTS || model == EXTENDED_TOFTS) {
    store<f64>(out, p0 / p1);
    store<f64>(slopes, 1 / p1);
    store<f64>(slopes, -p0 / (p1 * p1), 8);
  } else if (model == UPTAKE || model == EXCHANGE) {
    const ps = model == UPTAKE ? p2 : load<f64>(p, 24);
    const fp = model == UPTAKE ? p1 : p2;
    const flow = fp + ps;
    const e = flow > 0 ? ps / flow : 0;
    const byFlow = slopes + (model == UPTAKE ? 8 : 16);
    store<f64>(out, e);
    store<f64>(byFlow, -ps / (flow * flow));
    store<f64>(byFlow, fp / (flow * flow), 8);
    store<f64>(out, e * fp, 8);
    store<f64>(byFlow + next, e * e);
    store<f64>(byFlow + next, (1 - e) * (1 - e), 8);
    store<f64>(out, p0 / flow, 16);
    store<f64>(slopes + 2 * next, 1 / flow);
    store<f64>(byFlow + 2 * next, -p0 / (flow * flow));
    store<f64>(byFlow + 2 * next, -p0 / (flow * flow), 8);
  } else if (model == HOMOGENEITY) {
    const tc = load<f64>(p, 24);
    const lost = Math.log1p(-p1);
    store<f64>(out, p1 * p0);
    store<f64>(slopes, p1);
    store<f64>(slopes, p0, 8);
    store<f64>(out, p0 * tc, 8);
    store<f64>(slopes + next, tc);
    store<f64>(slopes + next, p0, 24);
    store<f64>(out, -p0 * lost, 16);
    store<f64>(slopes + 2 * next, -lost);
    store<f64>(slopes + 2 * next, p0 / (1 - p1), 8);
    store<f64>(out, (p1 * p0) / p2, 24);
    store<f64>(slopes + 3 * next, p1 / p2);
    store<f64>(slopes + 3 * next, p0 / p2, 8);
    store<f64>(slopes + 3 * next, (-p1 * p0) / (p2 * p2), 16);
  }
}
