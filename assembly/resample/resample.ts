// Twin of src/imaging/resample/reference.ts. Arrays are float64, [outer][length][inner], inner fastest.

const POLE: f64 = -0.26794919243112270647; // √3 − 2

/** out[o][i][n] = Σ_k weight[i,k]·source[o][index[i,k]][n]; same order of additions as the reference. */
export function resample_axis(
  source: usize,
  out: usize,
  outer: i32,
  length: i32,
  inner: i32,
  newLength: i32,
  count: i32,
  index: usize,
  weight: usize,
): void {
  for (let o = 0; o < outer; o++) {
    const from = source + ((<usize>(o * length) * <usize>inner) << 3);
    let to = out + ((<usize>(o * newLength) * <usize>inner) << 3);
    if (inner == 1) {
      for (let i = 0; i < newLength; i++) {
        let sum: f64 = 0;
        for (let k = 0; k < count; k++) {
          const at = <usize>(i * count + k);
          const w = load<f64>(weight + (at << 3));
          if (w != 0) sum += w * load<f64>(from + ((<usize>load<i32>(index + (at << 2))) << 3));
        }
        store<f64>(to, sum);
        to += 8;
      }
      continue;
    }
    for (let i = 0; i < newLength; i++) {
      for (let k = 0; k < count; k++) {
        const at = <usize>(i * count + k);
        const w = load<f64>(weight + (at << 3));
        if (w == 0) continue;
        const row = from + ((<usize>load<i32>(index + (at << 2)) * <usize>inner) << 3);
        const pair = f64x2.splat(w);
        let n = 0;
        for (; n + 1 < inner; n += 2) {
          const p = to + ((<usize>n) << 3);
          v128.store(p, f64x2.add(v128.load(p), f64x2.mul(pair, v128.load(row + ((<usize>n) << 3)))));
        }
        if (n < inner) {
          const p = to + ((<usize>n) << 3);
          store<f64>(p, load<f64>(p) + w * load<f64>(row + ((<usize>n) << 3)));
        }
      }
      to += (<usize>inner) << 3;
    }
  }
}

/** Samples to cubic B-spline coefficients, in place. */
export function resample_prefilter(data: usize, outer: i32, length: i32, inner: i32): void {
  for (let o = 0; o < outer; o++) {
    const base = data + ((<usize>(o * length) * <usize>inner) << 3);
    if (inner == 1) prefilterLine(base, length, 8);
    else prefilterRows(base, length, inner);
  }
}

function prefilterLine(base: usize, length: i32, stride: usize): void {
  const end = base + <usize>(length - 1) * stride;
  const limit = load<f64>(end) / (1 - POLE);
  let c = load<f64>(base) / (1 - POLE);
  store<f64>(base, c);
  for (let p = base + stride; p <= end; p += stride) {
    c = load<f64>(p) + POLE * c;
    store<f64>(p, c);
  }
  c = -POLE * ((c - limit) / (1 - POLE * POLE) + limit / (1 - POLE));
  store<f64>(end, 6 * c);
  for (let p = end - stride; p >= base && p < end; p -= stride) {
    c = POLE * (c - load<f64>(p));
    store<f64>(p, 6 * c);
  }
}

/** Whole rows at once, so that memory is walked in order. The unscaled coefficient of the row above is row/6. */
function prefilterRows(base: usize, length: i32, inner: i32): void {
  const row = (<usize>inner) << 3;
  const last = base + <usize>(length - 1) * row;
  if (length == 1) {
    for (let n: usize = 0; n < row; n += 8) prefilterLine(base + n, 1, row);
    return;
  }
  // The last row is both sample and state, so its starting values are worked out from a first sweep of the others.
  for (let n: usize = 0; n < row; n += 8) store<f64>(base + n, load<f64>(base + n) / (1 - POLE));
  for (let p = base + row; p < last; p += row) {
    let n: usize = 0;
    for (; n + 16 <= row; n += 16) {
      const before = v128.load(p - row + n);
      v128.store(p + n, f64x2.add(v128.load(p + n), f64x2.mul(f64x2.splat(POLE), before)));
    }
    if (n < row) store<f64>(p + n, load<f64>(p + n) + POLE * load<f64>(p - row + n));
  }
  for (let n: usize = 0; n < row; n += 8) {
    const sample = load<f64>(last + n);
    const limit = sample / (1 - POLE);
    const state = sample + POLE * load<f64>(last - row + n);
    store<f64>(last + n, -POLE * ((state - limit) / (1 - POLE * POLE) + limit / (1 - POLE)));
  }
  for (let p = last - row; p >= base && p < last; p -= row) {
    let n: usize = 0;
    for (; n + 16 <= row; n += 16) {
      const after = v128.load(p + row + n);
      v128.store(p + n, f64x2.mul(f64x2.splat(POLE), f64x2.sub(after, v128.load(p + n))));
    }
    if (n < row) store<f64>(p + n, POLE * (load<f64>(p + row + n) - load<f64>(p + n)));
  }
  const bytes = <usize>length * row;
  for (let n: usize = 0; n < bytes; n += 8) store<f64>(base + n, 6 * load<f64>(base + n));
}
