// Batched complex Fourier transforms, self-sorting (Stockham), factors 4, 2, 3, 5; twin of the fft in
// src/radiomics/morphology/fft.ts. Real and imaginary parts are separate arrays [index][batch], batch fastest, so that
// every butterfly runs over contiguous numbers with one set of twiddle factors.

/** e^{−2πi j/n} for j < n, as pairs of doubles. */
export function fillTwiddles(table: usize, n: i32): void {
  for (let j = 0; j < n; j++) {
    const angle = (2 * Math.PI * <f64>j) / <f64>n;
    store<f64>(table + ((<usize>j) << 4), Math.cos(angle));
    store<f64>(table + ((<usize>j) << 4), -Math.sin(angle), 8);
  }
}

let fromRe: usize = 0;
let fromIm: usize = 0;
let toRe: usize = 0;
let toIm: usize = 0;

/**
 * Transforms `batch` sequences of length n. `batch` must be even. The result is in (aRe, aIm) when 0 is returned, in
 * (bRe, bIm) when 1 is; the other pair is scratch.
 */
export function transform(
  aRe: usize,
  aIm: usize,
  bRe: usize,
  bIm: usize,
  n: i32,
  batch: i32,
  table: usize,
): i32 {
  fromRe = aRe;
  fromIm = aIm;
  toRe = bRe;
  toIm = bIm;
  let done = 1;
  let swaps = 0;
  while (done < n) {
    const rest = n / done;
    const p = rest % 4 == 0 ? 4 : rest % 2 == 0 ? 2 : rest % 3 == 0 ? 3 : 5;
    const apart = rest / p;
    const run = (<usize>(apart * batch)) << 3;
    for (let k = 0; k < done; k++) {
      const from = <usize>k * run * <usize>p;
      const to = <usize>k * run;
      const leap = <usize>done * run;
      const w = (<usize>(k * apart)) << 4;
      if (p == 4) four(from, to, run, leap, table, w);
      else if (p == 2) two(from, to, run, leap, table, w);
      else if (p == 3) three(from, to, run, leap, table, w);
      else five(from, to, run, leap, table, w);
    }
    const r = fromRe;
    const i = fromIm;
    fromRe = toRe;
    fromIm = toIm;
    toRe = r;
    toIm = i;
    swaps ^= 1;
    done *= p;
  }
  return swaps;
}

function mulRe(ar: v128, ai: v128, c: v128, s: v128): v128 {
  return f64x2.sub(f64x2.mul(ar, c), f64x2.mul(ai, s));
}

function mulIm(ar: v128, ai: v128, c: v128, s: v128): v128 {
  return f64x2.add(f64x2.mul(ar, s), f64x2.mul(ai, c));
}

function put(at: usize, re: v128, im: v128): void {
  v128.store(toRe + at, re);
  v128.store(toIm + at, im);
}

function two(from: usize, to: usize, run: usize, leap: usize, table: usize, w: usize): void {
  const c = v128.load64_splat(table + w);
  const s = v128.load64_splat(table + w, 8);
  for (let i: usize = 0; i < run; i += 16) {
    const f = from + i;
    const ar = v128.load(fromRe + f);
    const ai = v128.load(fromIm + f);
    const xr = v128.load(fromRe + f + run);
    const xi = v128.load(fromIm + f + run);
    const br = mulRe(xr, xi, c, s);
    const bi = mulIm(xr, xi, c, s);
    put(to + i, f64x2.add(ar, br), f64x2.add(ai, bi));
    put(to + i + leap, f64x2.sub(ar, br), f64x2.sub(ai, bi));
  }
}

function three(from: usize, to: usize, run: usize, leap: usize, table: usize, w: usize): void {
  const c1 = v128.load64_splat(table + w);
  const s1 = v128.load64_splat(table + w, 8);
  const c2 = v128.load64_splat(table + 2 * w);
  const s2 = v128.load64_splat(table + 2 * w, 8);
  const half = f64x2.splat(-0.5);
  const sine = f64x2.splat(0.86602540378443864676);
  for (let i: usize = 0; i < run; i += 16) {
    const f = from + i;
    const ar = v128.load(fromRe + f);
    const ai = v128.load(fromIm + f);
    let xr = v128.load(fromRe + f + run);
    let xi = v128.load(fromIm + f + run);
    const br = mulRe(xr, xi, c1, s1);
    const bi = mulIm(xr, xi, c1, s1);
    xr = v128.load(fromRe + f + 2 * run);
    xi = v128.load(fromIm + f + 2 * run);
    const cr = mulRe(xr, xi, c2, s2);
    const ci = mulIm(xr, xi, c2, s2);
    const sr = f64x2.add(br, cr);
    const si = f64x2.add(bi, ci);
    const dr = f64x2.mul(f64x2.sub(br, cr), sine);
    const di = f64x2.mul(f64x2.sub(bi, ci), sine);
    const mr = f64x2.add(ar, f64x2.mul(sr, half));
    const mi = f64x2.add(ai, f64x2.mul(si, half));
    put(to + i, f64x2.add(ar, sr), f64x2.add(ai, si));
    put(to + i + leap, f64x2.add(mr, di), f64x2.sub(mi, dr));
    put(to + i + 2 * leap, f64x2.sub(mr, di), f64x2.add(mi, dr));
  }
}

function four(from: usize, to: usize, run: usize, leap: usize, table: usize, w: usize): void {
  const c1 = v128.load64_splat(table + w);
  const s1 = v128.load64_splat(table + w, 8);
  const c2 = v128.load64_splat(table + 2 * w);
  const s2 = v128.load64_splat(table + 2 * w, 8);
  const c3 = v128.load64_splat(table + 3 * w);
  const s3 = v128.load64_splat(table + 3 * w, 8);
  for (let i: usize = 0; i < run; i += 16) {
    const f = from + i;
    const ar = v128.load(fromRe + f);
    const ai = v128.load(fromIm + f);
    let xr = v128.load(fromRe + f + run);
    let xi = v128.load(fromIm + f + run);
    const br = mulRe(xr, xi, c1, s1);
    const bi = mulIm(xr, xi, c1, s1);
    xr = v128.load(fromRe + f + 2 * run);
    xi = v128.load(fromIm + f + 2 * run);
    const cr = mulRe(xr, xi, c2, s2);
    const ci = mulIm(xr, xi, c2, s2);
    xr = v128.load(fromRe + f + 3 * run);
    xi = v128.load(fromIm + f + 3 * run);
    const dr = mulRe(xr, xi, c3, s3);
    const di = mulIm(xr, xi, c3, s3);
    const pr = f64x2.add(ar, cr);
    const pi = f64x2.add(ai, ci);
    const qr = f64x2.sub(ar, cr);
    const qi = f64x2.sub(ai, ci);
    const rr = f64x2.add(br, dr);
    const ri = f64x2.add(bi, di);
    const tr = f64x2.sub(br, dr);
    const ti = f64x2.sub(bi, di);
    put(to + i, f64x2.add(pr, rr), f64x2.add(pi, ri));
    put(to + i + leap, f64x2.add(qr, ti), f64x2.sub(qi, tr));
    put(to + i + 2 * leap, f64x2.sub(pr, rr), f64x2.sub(pi, ri));
    put(to + i + 3 * leap, f64x2.sub(qr, ti), f64x2.add(qi, tr));
  }
}

function five(from: usize, to: usize, run: usize, leap: usize, table: usize, w: usize): void {
  const c1 = v128.load64_splat(table + w);
  const s1 = v128.load64_splat(table + w, 8);
  const c2 = v128.load64_splat(table + 2 * w);
  const s2 = v128.load64_splat(table + 2 * w, 8);
  const c3 = v128.load64_splat(table + 3 * w);
  const s3 = v128.load64_splat(table + 3 * w, 8);
  const c4 = v128.load64_splat(table + 4 * w);
  const s4 = v128.load64_splat(table + 4 * w, 8);
  const cosA = f64x2.splat(0.3090169943749474241); // cos 72°
  const sinA = f64x2.splat(0.95105651629515357212);
  const cosB = f64x2.splat(-0.8090169943749474241); // cos 144°
  const sinB = f64x2.splat(0.58778525229247312917);
  for (let i: usize = 0; i < run; i += 16) {
    const f = from + i;
    const ar = v128.load(fromRe + f);
    const ai = v128.load(fromIm + f);
    let xr = v128.load(fromRe + f + run);
    let xi = v128.load(fromIm + f + run);
    const br = mulRe(xr, xi, c1, s1);
    const bi = mulIm(xr, xi, c1, s1);
    xr = v128.load(fromRe + f + 2 * run);
    xi = v128.load(fromIm + f + 2 * run);
    const cr = mulRe(xr, xi, c2, s2);
    const ci = mulIm(xr, xi, c2, s2);
    xr = v128.load(fromRe + f + 3 * run);
    xi = v128.load(fromIm + f + 3 * run);
    const dr = mulRe(xr, xi, c3, s3);
    const di = mulIm(xr, xi, c3, s3);
    xr = v128.load(fromRe + f + 4 * run);
    xi = v128.load(fromIm + f + 4 * run);
    const er = mulRe(xr, xi, c4, s4);
    const ei = mulIm(xr, xi, c4, s4);
    const s1r = f64x2.add(br, er);
    const s1i = f64x2.add(bi, ei);
    const d1r = f64x2.sub(br, er);
    const d1i = f64x2.sub(bi, ei);
    const s2r = f64x2.add(cr, dr);
    const s2i = f64x2.add(ci, di);
    const d2r = f64x2.sub(cr, dr);
    const d2i = f64x2.sub(ci, di);
    const m1r = f64x2.add(ar, f64x2.add(f64x2.mul(s1r, cosA), f64x2.mul(s2r, cosB)));
    const m1i = f64x2.add(ai, f64x2.add(f64x2.mul(s1i, cosA), f64x2.mul(s2i, cosB)));
    const m2r = f64x2.add(ar, f64x2.add(f64x2.mul(s1r, cosB), f64x2.mul(s2r, cosA)));
    const m2i = f64x2.add(ai, f64x2.add(f64x2.mul(s1i, cosB), f64x2.mul(s2i, cosA)));
    const n1r = f64x2.add(f64x2.mul(d1r, sinA), f64x2.mul(d2r, sinB));
    const n1i = f64x2.add(f64x2.mul(d1i, sinA), f64x2.mul(d2i, sinB));
    const n2r = f64x2.sub(f64x2.mul(d1r, sinB), f64x2.mul(d2r, sinA));
    const n2i = f64x2.sub(f64x2.mul(d1i, sinB), f64x2.mul(d2i, sinA));
    put(to + i, f64x2.add(ar, f64x2.add(s1r, s2r)), f64x2.add(ai, f64x2.add(s1i, s2i)));
    put(to + i + leap, f64x2.add(m1r, n1i), f64x2.sub(m1i, n1r));
    put(to + i + 2 * leap, f64x2.add(m2r, n2i), f64x2.sub(m2i, n2r));
    put(to + i + 3 * leap, f64x2.sub(m2r, n2i), f64x2.add(m2i, n2r));
    put(to + i + 4 * leap, f64x2.sub(m1r, n1i), f64x2.add(m1i, n1r));
  }
}
