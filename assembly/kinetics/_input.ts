// The arterial input at the times of the frames: twin of InputResponse in src/kinetics/input/input-response.ts.
// Rows of frames are padded with a zero to an even number, so that loops over pairs need no rest.

import { fillSteps } from './_steps';

/** Steps whose lengths differ by less than this share of the mean step are one. */
const SAME: f64 = 1e-10;

/** Nearer to a node than this share of a step, a frame may stand on either side of it. */
const ON_NODE: f64 = 1e-9;
/** A place is found anew for every delay tried, so only the last few lengths are compared there. */
const RECENT = 4;

export let frames: i32 = 0;
/** Bytes of a row: frames rounded up to even. */
export let rowBytes: usize = 0;
let frameAt: usize = 0;
let nodes: i32 = 0;
let nodeAt: usize = 0;
let valueAt: usize = 0;
let slopeAt: usize = 0;
let integralAt: usize = 0;
/** Distinct lengths between nodes, and which of them each step has (i32). */
let stepAt: usize = 0;
let stepClassAt: usize = 0;
let stepCount: i32 = 0;
let same: f64 = 0;
/** Frames stand on the first nodes and all steps are equal: a shift moves every frame alike. */
let regular: bool = false;
/** h and g at the nodes, 16 bytes each; twice for two rates. */
let carryAt: usize = 0;
let tableAt: usize = 0;
let restTableAt: usize = 0;

/**
 * A place is the shift of the input against the frames: for each frame the node at or before it (−1: before the
 * input) and the time since. Three places: of fixed shifts, of the delay, of delay + transit time.
 */
const PLACES = 2;
const shifts = memory.data(8 * PLACES);
const restCounts = memory.data(4 * PLACES);
const aligned = memory.data(4 * PLACES);
/** Frames from `leads` up to `tails` lie equally far behind nodes that follow one another: a loop over pairs will do. */
const leads = memory.data(4 * PLACES);
const tails = memory.data(4 * PLACES);
let placeAt: usize = 0;
let placeBytes: usize = 0;

/** Bytes of workspace that `openInput` needs. */
export function inputBytes(frameCount: i32, nodeCount: i32): usize {
  const f = <usize>frameCount + 2;
  const n = <usize>nodeCount + 2;
  return 8 * n * 4 + 32 * n + 96 * (n + f) + <usize>PLACES * 32 * f + 256;
}

export function openInput(frameCount: i32, frame: usize, nodeCount: i32, node: usize, value: usize, work: usize): void {
  frames = frameCount;
  rowBytes = (<usize>((frameCount + 1) & ~1)) << 3;
  frameAt = frame;
  nodes = nodeCount;
  nodeAt = node;
  valueAt = value;
  const n = (<usize>nodeCount + 2) & ~1;
  const f = (<usize>frameCount + 2) & ~1;
  carryAt = work;
  tableAt = carryAt + 32 * n;
  restTableAt = tableAt + 96 * n;
  slopeAt = restTableAt + 96 * f;
  integralAt = slopeAt + 8 * n;
  stepAt = integralAt + 8 * n;
  stepClassAt = stepAt + 8 * n;
  placeAt = stepClassAt + 8 * n;
  placeBytes = 32 * f;
  same = (SAME * (load<f64>(nodeAt + ((<usize>nodes - 1) << 3)) - load<f64>(nodeAt))) / <f64>(nodes - 1);
  stepCount = 0;
  store<f64>(integralAt, 0);
  for (let j = 0; j + 1 < nodes; j++) {
    const o = (<usize>j) << 3;
    const step = load<f64>(nodeAt + o, 8) - load<f64>(nodeAt + o);
    const c = load<f64>(valueAt + o);
    const d = load<f64>(valueAt + o, 8);
    store<f64>(slopeAt + o, (d - c) / step);
    store<f64>(integralAt + o, load<f64>(integralAt + o) + ((c + d) / 2) * step, 8);
    stepCount = classify(step, stepAt, stepCount, stepCount, stepClassAt + ((<usize>j) << 2));
  }
  store<f64>(slopeAt + ((<usize>nodes - 1) << 3), 0);
  regular = stepCount == 1 && frames <= nodes;
  for (let f: usize = 0; regular && f < <usize>frames; f++)
    regular = load<f64>(frameAt + (f << 3)) == load<f64>(nodeAt + (f << 3));
  for (let p = 0; p < PLACES; p++) store<f64>(shifts + ((<usize>p) << 3), NaN);
}

/** Writes the class of a length, a new one when none of the last `back` is like it; returns the number of classes. */
function classify(length: f64, lengths: usize, count: i32, back: i32, classAt: usize): i32 {
  for (let k = count - 1; k >= max(0, count - back); k--)
    if (Math.abs(load<f64>(lengths + ((<usize>k) << 3)) - length) <= same) {
      store<i32>(classAt, k);
      return count;
    }
  store<f64>(lengths + ((<usize>count) << 3), length);
  store<i32>(classAt, count);
  return count + 1;
}

// @ts-ignore: decorator
@inline
function restsOf(p: i32): usize {
  return placeAt + <usize>p * placeBytes;
}

/** Finds where the frames lie on the input shifted by `shift`. */
export function place(shift: f64, p: i32): void {
  if (load<f64>(shifts + ((<usize>p) << 3)) == shift) return;
  store<f64>(shifts + ((<usize>p) << 3), shift);
  if (regular) {
    // Where nodes fall on frames, rounding decides between two nodes, frame by frame: as in the twin.
    const steps = shift / load<f64>(stepAt);
    if (Math.abs(steps - Math.round(steps)) > ON_NODE) {
      placeRegular(shift, p);
      return;
    }
  }
  placeAny(shift, p);
}

/** On a regular grid: one node and one rest stand for all frames but those before the input and after its last node. */
function placeRegular(shift: f64, p: i32): void {
  const quarter = placeBytes / 4;
  const rest = restsOf(p);
  const step = load<f64>(stepAt);
  const behind = Math.ceil(shift / step);
  const lead = <i32>Math.min(Math.max(behind, 0), <f64>frames);
  const tail = max(lead, <i32>Math.min(Math.max(<f64>nodes + behind, 0), <f64>frames));
  const s = behind * step - shift;
  let count = 0;
  if (tail > lead) {
    count = 1;
    store<f64>(rest + ((<usize>lead) << 3), s);
    store<f64>(rest + quarter, s);
    store<i32>(rest + 2 * quarter + ((<usize>lead) << 2), lead - <i32>behind);
    store<i32>(rest + 3 * quarter + ((<usize>lead) << 2), 0);
  }
  const end = load<f64>(nodeAt + ((<usize>nodes - 1) << 3));
  for (let f = tail; f < frames; f++) {
    const over = load<f64>(frameAt + ((<usize>f) << 3)) - shift - end;
    store<f64>(rest + ((<usize>f) << 3), over);
    store<i32>(rest + 2 * quarter + ((<usize>f) << 2), nodes - 1);
    count = classify(over, rest + quarter, count, RECENT, rest + 3 * quarter + ((<usize>f) << 2));
  }
  store<i32>(restCounts + ((<usize>p) << 2), count);
  store<i32>(leads + ((<usize>p) << 2), lead);
  store<i32>(tails + ((<usize>p) << 2), tail);
  store<i32>(aligned + ((<usize>p) << 2), 0);
}

function placeAny(shift: f64, p: i32): void {
  const quarter = placeBytes / 4;
  const rest = restsOf(p);
  const lengths = rest + quarter;
  const node = rest + 2 * quarter;
  const kind = rest + 3 * quarter;
  let count = 0;
  let onNodes = nodes >= frames;
  let j = -1;
  let lead = 0;
  let tail = 0;
  let last: f64 = NaN;
  let lastKind = 0;
  for (let f = 0; f < frames; f++) {
    const at = load<f64>(frameAt + ((<usize>f) << 3)) - shift;
    while (j + 1 < nodes && load<f64>(nodeAt + ((<usize>j + 1) << 3)) <= at) j++;
    const s = j < 0 ? 0 : at - load<f64>(nodeAt + ((<usize>j) << 3));
    const kindAt = kind + ((<usize>f) << 2);
    store<f64>(rest + ((<usize>f) << 3), s);
    store<i32>(node + ((<usize>f) << 2), j);
    if (Math.abs(s - last) <= same) store<i32>(kindAt, lastKind);
    else {
      count = classify(s, lengths, count, RECENT, kindAt);
      lastKind = load<i32>(kindAt);
      last = load<f64>(lengths + ((<usize>lastKind) << 3));
    }
    if (j < 0) {
      lead = f + 1;
      tail = lead;
    } else if (
      tail == f &&
      (f == lead ||
        (lastKind == load<i32>(kind + ((<usize>lead) << 2)) &&
          j - f == load<i32>(node + ((<usize>lead) << 2)) - lead))
    )
      tail = f + 1;
    if (j != f || s != 0) onNodes = false;
  }
  store<i32>(restCounts + ((<usize>p) << 2), count);
  store<i32>(leads + ((<usize>p) << 2), lead);
  store<i32>(tails + ((<usize>p) << 2), tail);
  store<i32>(aligned + ((<usize>p) << 2), onNodes ? 1 : 0);
}

/** Plasma at t − shift of place p. */
export function plasmaRow(p: i32, out: usize): void {
  const lead = leadOf(p);
  const tail = tailOf(p);
  const rest = restsOf(p);
  const node = rest + placeBytes / 2;
  memory.fill(out, 0, lead << 3);
  let f = lead;
  let o = (<usize>load<i32>(node + (lead << 2))) << 3;
  const s = v128.load64_splat(rest + (lead << 3));
  for (; f + 2 <= tail; f += 2) {
    v128.store(out + (f << 3), f64x2.add(v128.load(valueAt + o), f64x2.mul(v128.load(slopeAt + o), s)));
    o += 16;
  }
  for (; f < <usize>frames; f++) {
    const at = f < tail ? lead : f;
    const q = nodeOf(node, f, at);
    store<f64>(out + (f << 3), load<f64>(valueAt + q) + load<f64>(slopeAt + q) * load<f64>(rest + (at << 3)));
  }
}

/** Slope of the plasma curve at t − shift. */
export function slopeRow(p: i32, out: usize): void {
  const lead = leadOf(p);
  const tail = tailOf(p);
  const node = restsOf(p) + placeBytes / 2;
  memory.fill(out, 0, lead << 3);
  for (let f = lead; f < <usize>frames; f++)
    store<f64>(out + (f << 3), load<f64>(slopeAt + nodeOf(node, f, f < tail ? lead : f)));
}

/** Integral of the plasma curve up to t − shift. */
export function integralRow(p: i32, out: usize): void {
  const lead = leadOf(p);
  const tail = tailOf(p);
  const rest = restsOf(p);
  const node = rest + placeBytes / 2;
  memory.fill(out, 0, lead << 3);
  let f = lead;
  let o = (<usize>load<i32>(node + (lead << 2))) << 3;
  const s = v128.load64_splat(rest + (lead << 3));
  const halved = f64x2.mul(s, f64x2.splat(0.5));
  for (; f + 2 <= tail; f += 2) {
    const mean = f64x2.add(v128.load(valueAt + o), f64x2.mul(v128.load(slopeAt + o), halved));
    v128.store(out + (f << 3), f64x2.add(v128.load(integralAt + o), f64x2.mul(s, mean)));
    o += 16;
  }
  for (; f < <usize>frames; f++) {
    const at = f < tail ? lead : f;
    const q = nodeOf(node, f, at);
    const r = load<f64>(rest + (at << 3));
    const mean = load<f64>(valueAt + q) + (r * load<f64>(slopeAt + q)) / 2;
    store<f64>(out + (f << 3), load<f64>(integralAt + q) + r * mean);
  }
}

// @ts-ignore: decorator
@inline
function leadOf(p: i32): usize {
  return <usize>load<i32>(leads + ((<usize>p) << 2));
}

// @ts-ignore: decorator
@inline
function tailOf(p: i32): usize {
  return <usize>load<i32>(tails + ((<usize>p) << 2));
}

/** Bytes to the node of frame f, known from that of frame `at` before it. */
// @ts-ignore: decorator
@inline
function nodeOf(node: usize, f: usize, at: usize): usize {
  return (<usize>load<i32>(node + (at << 2)) + f - at) << 3;
}

/** Convolution with exp(−rate·t), and its derivative by the rate, at place p. */
export function exponentialRows(rate: f64, p: i32, hOut: usize, gOut: usize): void {
  fillSteps(rate, stepAt, stepCount, tableAt, 48, 8);
  if (load<i32>(aligned + ((<usize>p) << 2))) {
    if (stepCount == 1) carryEven(frames, hOut, gOut);
    else carryUneven(frames, hOut, gOut);
    return;
  }
  const g = carryAt + (((<usize>nodes + 1) & ~1) << 3);
  if (stepCount == 1) carryEven(nodes, carryAt, g);
  else carryUneven(nodes, carryAt, g);
  const rest = restsOf(p);
  const quarter = placeBytes / 4;
  const node = rest + 2 * quarter;
  const kind = rest + 3 * quarter;
  fillSteps(rate, rest + quarter, load<i32>(restCounts + ((<usize>p) << 2)), restTableAt, 48, 8);
  const lead = leadOf(p);
  const tail = tailOf(p);
  memory.fill(hOut, 0, lead << 3);
  memory.fill(gOut, 0, lead << 3);
  let f = lead;
  if (tail > lead) {
    const t = restTableAt + 48 * <usize>load<i32>(kind + (lead << 2));
    const k0 = v128.load64_splat(t);
    const k1 = v128.load64_splat(t, 8);
    const k2 = v128.load64_splat(t, 16);
    const k3 = v128.load64_splat(t, 24);
    const k4 = v128.load64_splat(t, 32);
    const k5 = v128.load64_splat(t, 40);
    let o = (<usize>load<i32>(node + (lead << 2))) << 3;
    for (; f + 2 <= tail; f += 2) {
      const h0 = v128.load(carryAt + o);
      const c = v128.load(valueAt + o);
      const m = v128.load(slopeAt + o);
      const drive = f64x2.add(f64x2.mul(c, k4), f64x2.mul(m, k5));
      v128.store(hOut + (f << 3), f64x2.add(f64x2.mul(h0, k0), f64x2.add(f64x2.mul(c, k1), f64x2.mul(m, k2))));
      v128.store(gOut + (f << 3), f64x2.add(f64x2.sub(f64x2.mul(v128.load(g + o), k0), f64x2.mul(h0, k3)), drive));
      o += 16;
    }
  }
  for (; f < <usize>frames; f++) {
    const at = f < tail ? lead : f;
    const o = nodeOf(node, f, at);
    const t = restTableAt + 48 * <usize>load<i32>(kind + (at << 2));
    const h0 = load<f64>(carryAt + o);
    const c = load<f64>(valueAt + o);
    const m = load<f64>(slopeAt + o);
    store<f64>(hOut + (f << 3), h0 * load<f64>(t) + (c * load<f64>(t, 8) + m * load<f64>(t, 16)));
    store<f64>(
      gOut + (f << 3),
      load<f64>(g + o) * load<f64>(t) - h0 * load<f64>(t, 24) + (c * load<f64>(t, 32) + m * load<f64>(t, 40)),
    );
  }
}

/** h and g at the first `count` nodes when all steps are equal: the coefficients stay in registers. */
function carryEven(count: i32, hOut: usize, gOut: usize): void {
  const k0 = load<f64>(tableAt);
  const k1 = load<f64>(tableAt, 8);
  const k2 = load<f64>(tableAt, 16);
  const k3 = load<f64>(tableAt, 24);
  const k4 = load<f64>(tableAt, 32);
  const k5 = load<f64>(tableAt, 40);
  let h: f64 = 0;
  let g: f64 = 0;
  store<f64>(hOut, 0);
  store<f64>(gOut, 0);
  const end = ((<usize>count) - 1) << 3;
  for (let o: usize = 0; o < end; o += 8) {
    const c = load<f64>(valueAt + o);
    const m = load<f64>(slopeAt + o);
    g = g * k0 + (c * k4 + m * k5 - h * k3);
    h = h * k0 + (c * k1 + m * k2);
    store<f64>(hOut + o, h, 8);
    store<f64>(gOut + o, g, 8);
  }
}

function carryUneven(count: i32, hOut: usize, gOut: usize): void {
  let h: f64 = 0;
  let g: f64 = 0;
  store<f64>(hOut, 0);
  store<f64>(gOut, 0);
  for (let j: usize = 0; j + 1 < <usize>count; j++) {
    const o = j << 3;
    const t = tableAt + 48 * <usize>load<i32>(stepClassAt + (j << 2));
    const c = load<f64>(valueAt + o);
    const m = load<f64>(slopeAt + o);
    const k0 = load<f64>(t);
    g = g * k0 + (c * load<f64>(t, 32) + m * load<f64>(t, 40) - h * load<f64>(t, 24));
    h = h * k0 + (c * load<f64>(t, 8) + m * load<f64>(t, 16));
    store<f64>(hOut + o, h, 8);
    store<f64>(gOut + o, g, 8);
  }
}

/** As exponentialRows for two rates, one in each lane: rows of the first rate, and of the second `apart` bytes on. */
export function twoExponentialRows(first: f64, second: f64, p: i32, hOut: usize, gOut: usize, apart: usize): void {
  fillSteps(first, stepAt, stepCount, tableAt, 96, 16);
  fillSteps(second, stepAt, stepCount, tableAt + 8, 96, 16);
  if (load<i32>(aligned + ((<usize>p) << 2))) {
    carryTwo(frames, hOut, hOut + apart, gOut, gOut + apart, 8);
    return;
  }
  carryTwo(nodes, carryAt, carryAt + 8, carryAt + 16, carryAt + 24, 32);
  const rest = restsOf(p);
  const quarter = placeBytes / 4;
  const node = rest + 2 * quarter;
  const kind = rest + 3 * quarter;
  const count = load<i32>(restCounts + ((<usize>p) << 2));
  fillSteps(first, rest + quarter, count, restTableAt, 96, 16);
  fillSteps(second, rest + quarter, count, restTableAt + 8, 96, 16);
  const lead = leadOf(p);
  const tail = tailOf(p);
  memory.fill(hOut, 0, lead << 3);
  memory.fill(gOut, 0, lead << 3);
  memory.fill(hOut + apart, 0, lead << 3);
  memory.fill(gOut + apart, 0, lead << 3);
  for (let f = lead; f < <usize>frames; f++) {
    const at = f < tail ? lead : f;
    const o = nodeOf(node, f, at);
    const t = restTableAt + 96 * <usize>load<i32>(kind + (at << 2));
    const c = v128.load64_splat(valueAt + o);
    const m = v128.load64_splat(slopeAt + o);
    const k0 = v128.load(t);
    const h0 = v128.load(carryAt + 4 * o);
    let g = f64x2.sub(
      f64x2.add(f64x2.mul(c, v128.load(t, 64)), f64x2.mul(m, v128.load(t, 80))),
      f64x2.mul(h0, v128.load(t, 48)),
    );
    g = f64x2.add(f64x2.mul(v128.load(carryAt + 4 * o, 16), k0), g);
    const h = f64x2.add(
      f64x2.mul(h0, k0),
      f64x2.add(f64x2.mul(c, v128.load(t, 16)), f64x2.mul(m, v128.load(t, 32))),
    );
    v128.store64_lane(hOut + (f << 3), h, 0);
    v128.store64_lane(hOut + apart + (f << 3), h, 1);
    v128.store64_lane(gOut + (f << 3), g, 0);
    v128.store64_lane(gOut + apart + (f << 3), g, 1);
  }
}

/** Outputs of a node lie `stride` bytes from those of the node before it. */
function carryTwo(count: i32, h0: usize, h1: usize, g0: usize, g1: usize, stride: usize): void {
  let h = f64x2.splat(0);
  let g = h;
  let t = tableAt;
  const even = stepCount == 1;
  let k0 = v128.load(t);
  let k1 = v128.load(t, 16);
  let k2 = v128.load(t, 32);
  let k3 = v128.load(t, 48);
  let k4 = v128.load(t, 64);
  let k5 = v128.load(t, 80);
  let to: usize = 0;
  for (let j: usize = 0; ; j++) {
    v128.store64_lane(h0 + to, h, 0);
    v128.store64_lane(h1 + to, h, 1);
    v128.store64_lane(g0 + to, g, 0);
    v128.store64_lane(g1 + to, g, 1);
    if (j + 1 >= <usize>count) break;
    if (!even) {
      t = tableAt + 96 * <usize>load<i32>(stepClassAt + (j << 2));
      k0 = v128.load(t);
      k1 = v128.load(t, 16);
      k2 = v128.load(t, 32);
      k3 = v128.load(t, 48);
      k4 = v128.load(t, 64);
      k5 = v128.load(t, 80);
    }
    const c = v128.load64_splat(valueAt + (j << 3));
    const m = v128.load64_splat(slopeAt + (j << 3));
    const drive = f64x2.sub(f64x2.add(f64x2.mul(c, k4), f64x2.mul(m, k5)), f64x2.mul(h, k3));
    g = f64x2.add(f64x2.mul(g, k0), drive);
    h = f64x2.add(f64x2.mul(h, k0), f64x2.add(f64x2.mul(c, k1), f64x2.mul(m, k2)));
    to += stride;
  }
}
