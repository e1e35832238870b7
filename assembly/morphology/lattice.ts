// Twin of sumsReference in src/radiomics/morphology/lattice-sums.ts; the numbers agree to rounding. Row index of the
// half-transformed data is r = y·nz + z. `spectra` holds for each frequency kx of the block six arrays of rows:
// real and imaginary parts of m, y and q.

import { fillTwiddles, transform } from '../_fourier/fft';

const LINES = 32; // rows or lines that are transformed together

function even(n: i32): i32 {
  return (n + 1) & ~1;
}

function longest(a: i32, b: i32, c: i32): i32 {
  return max(a, max(b, c));
}

/** Bytes of scratch that the other functions need. */
export function morphology_lattice_scratch(ny: i32, nz: i32, px: i32, py: i32, pz: i32): i32 {
  const lines = 4 * LINES * longest(px, py, pz);
  const plane = even(py) * max(pz, 1) + py * even(nz) + 16;
  const weights = ((py >> 1) + 1) * ((pz >> 1) + 1);
  return 8 * (max(lines, 10 * plane + weights) + 64);
}

function tableOf(tables: usize, axis: i32, px: i32, py: i32, pz: i32): usize {
  return tables + <usize>(axis * longest(px, py, pz)) * 16;
}

/** Weights on the octant to their transform on the same octant, in place; both are real and even along each axis. */
export function morphology_lattice_weights(
  data: usize,
  px: i32,
  py: i32,
  pz: i32,
  tables: usize,
  scratch: usize,
): void {
  fillTwiddles(tableOf(tables, 0, px, py, pz), px);
  fillTwiddles(tableOf(tables, 1, px, py, pz), py);
  fillTwiddles(tableOf(tables, 2, px, py, pz), pz);
  const sx = (px >> 1) + 1;
  const sy = (py >> 1) + 1;
  const sz = (pz >> 1) + 1;
  alongAxis(data, px, sy * sz, 1, sx, 1, sx, tableOf(tables, 0, px, py, pz), scratch);
  alongAxis(data, py, sx * sz, sx, 1, sx, sx * sy, tableOf(tables, 1, px, py, pz), scratch);
  alongAxis(data, pz, sx * sy, sx * sy, 1, sx * sy, 0, tableOf(tables, 2, px, py, pz), scratch);
}

/**
 * `count` lines of half length; line l starts at (l mod group)·minor + ⌊l/group⌋·major, its samples are `stride`
 * apart. Two lines share one complex transform.
 */
function alongAxis(
  data: usize,
  p: i32,
  count: i32,
  stride: i32,
  minor: i32,
  group: i32,
  major: i32,
  table: usize,
  scratch: usize,
): void {
  const half = (p >> 1) + 1;
  const area = (<usize>(p * LINES)) << 3;
  const ar = scratch;
  const ai = ar + area;
  const br = ai + area;
  const bi = br + area;
  for (let first = 0; first < count; first += 2 * LINES) {
    for (let b = 0; b < 2 * LINES; b++) {
      const l = first + b;
      const to = (b < LINES ? ar : ai) + ((<usize>(b % LINES)) << 3);
      const start = lineStart(l, minor, group, major);
      for (let i = 0; i < p; i++) {
        const folded = min(i, p - i);
        const v = l < count ? load<f64>(data + ((<usize>(start + folded * stride)) << 3)) : 0;
        store<f64>(to + ((<usize>(i * LINES)) << 3), v);
      }
    }
    const swapped = transform(ar, ai, br, bi, p, LINES, table);
    for (let b = 0; b < 2 * LINES; b++) {
      const l = first + b;
      if (l >= count) break;
      const from = (b < LINES ? (swapped ? br : ar) : swapped ? bi : ai) + ((<usize>(b % LINES)) << 3);
      const start = lineStart(l, minor, group, major);
      for (let i = 0; i < half; i++) {
        store<f64>(
          data + ((<usize>(start + i * stride)) << 3),
          load<f64>(from + ((<usize>(i * LINES)) << 3)),
        );
      }
    }
  }
}

function lineStart(l: i32, minor: i32, group: i32, major: i32): i32 {
  return group <= 1 ? l * major : (l % group) * minor + (l / group) * major;
}

/** Transforms along x of all rows, of which the frequencies from ≤ kx < to are kept. */
export function morphology_lattice_rows(
  mask: usize,
  values: usize,
  nx: i32,
  ny: i32,
  nz: i32,
  px: i32,
  from: i32,
  to: i32,
  spectra: usize,
  tables: usize,
  scratch: usize,
): void {
  const rows = ny * nz;
  const area = (<usize>(px * LINES)) << 3;
  const ar = scratch;
  const ai = ar + area;
  const br = ai + area;
  const bi = br + area;
  const array = (<usize>rows) << 3;
  for (let first = 0; first < rows; first += LINES) {
    const here = min(LINES, rows - first);
    // m + i·y
    memory.fill(ar, 0, 2 * area);
    for (let b = 0; b < here; b++) {
      const r = first + b;
      const start = <usize>nx * <usize>(r / nz + ny * (r % nz));
      for (let x = 0; x < nx; x++) {
        const at = (<usize>(x * LINES + b)) << 3;
        store<f64>(ar + at, <f64>load<u8>(mask + start + x));
        store<f64>(ai + at, load<f64>(values + ((start + x) << 3)));
      }
    }
    let swapped = transform(ar, ai, br, bi, px, LINES, tables);
    let re = swapped ? br : ar;
    let im = swapped ? bi : ai;
    for (let kx = from; kx < to; kx++) {
      const p = (<usize>(kx * LINES)) << 3;
      const q = (<usize>(((px - kx) % px) * LINES)) << 3;
      let out = spectra + <usize>(kx - from) * 6 * array + ((<usize>first) << 3);
      for (let b: usize = 0; b < (<usize>here) << 3; b += 8) {
        const pr = load<f64>(re + p + b);
        const pi = load<f64>(im + p + b);
        const qr = load<f64>(re + q + b);
        const qi = load<f64>(im + q + b);
        store<f64>(out, 0.5 * (pr + qr));
        store<f64>(out + array, 0.5 * (pi - qi));
        store<f64>(out + 2 * array, 0.5 * (pi + qi));
        store<f64>(out + 3 * array, 0.5 * (qr - pr));
        out += 8;
      }
    }
    // q of two rows at a time; half of the batch is enough
    memory.fill(ar, 0, 2 * area);
    const pairs = LINES >> 1;
    for (let b = 0; b < here; b++) {
      const r = first + b;
      const start = <usize>nx * <usize>(r / nz + ny * (r % nz));
      const part = b < pairs ? ar : ai;
      for (let x = 0; x < nx; x++) {
        const v = load<f64>(values + ((start + x) << 3));
        store<f64>(part + ((<usize>(x * pairs + (b % pairs))) << 3), v * v);
      }
    }
    swapped = transform(ar, ai, br, bi, px, pairs, tables);
    re = swapped ? br : ar;
    im = swapped ? bi : ai;
    for (let kx = from; kx < to; kx++) {
      const p = (<usize>(kx * pairs)) << 3;
      const q = (<usize>(((px - kx) % px) * pairs)) << 3;
      const out = spectra + (<usize>(kx - from) * 6 + 4) * array + ((<usize>first) << 3);
      for (let b = 0; b < here; b++) {
        const at = (<usize>(b % pairs)) << 3;
        const pr = load<f64>(re + p + at);
        const pi = load<f64>(im + p + at);
        const qr = load<f64>(re + q + at);
        const qi = load<f64>(im + q + at);
        const o = out + ((<usize>b) << 3);
        store<f64>(o, b < pairs ? 0.5 * (pr + qr) : 0.5 * (pi + qi));
        store<f64>(o + array, b < pairs ? 0.5 * (pi - qi) : 0.5 * (qr - pr));
      }
    }
  }
}

/** Transforms of the planes from ≤ kx < to along y and z, and their part of the three sums, added to `out`. */
export function morphology_lattice_planes(
  spectra: usize,
  weights: usize,
  ny: i32,
  nz: i32,
  px: i32,
  py: i32,
  pz: i32,
  from: i32,
  to: i32,
  tables: usize,
  scratch: usize,
  out: usize,
): void {
  const zs = even(nz);
  const ys = even(py);
  const plane = (<usize>(ys * pz + py * zs + 16)) << 3;
  const yTable = tableOf(tables, 1, px, py, pz);
  const zTable = tableOf(tables, 2, px, py, pz);
  const array = (<usize>(ny * nz)) << 3;
  const sx = (px >> 1) + 1;
  const sy = (py >> 1) + 1;
  const sz = (pz >> 1) + 1;
  const wp = scratch + 10 * plane; // weights of this plane, [z][y]
  for (let kx = from; kx < to; kx++) {
    for (let i = 0; i < sy * sz; i++) {
      store<f64>(wp + ((<usize>i) << 3), load<f64>(weights + ((<usize>i * <usize>sx + <usize>kx) << 3)));
    }
    const here = spectra + <usize>(kx - from) * 6 * array;
    for (let f = 0; f < 3; f++) {
      const ar = scratch + <usize>(2 * f) * plane; // the result ends here
      const ai = ar + plane;
      const br = scratch + 6 * plane;
      const bi = br + plane;
      const cr = bi + plane;
      const ci = cr + plane;
      // columns along y, [y][z]
      spread(here + <usize>(2 * f) * array, br, ny, nz, zs, py);
      spread(here + <usize>(2 * f + 1) * array, bi, ny, nz, zs, py);
      const first = transform(br, bi, cr, ci, py, zs, yTable);
      // columns along z, [z][y]
      transpose(first ? cr : br, ar, py, nz, zs, ys, pz);
      transpose(first ? ci : bi, ai, py, nz, zs, ys, pz);
      const second = transform(ar, ai, br, bi, pz, ys, zTable);
      if (second) {
        memory.copy(ar, br, (<usize>(ys * pz)) << 3);
        memory.copy(ai, bi, (<usize>(ys * pz)) << 3);
      }
    }
    const twice: f64 = kx == 0 || 2 * kx == px ? 1 : 2;
    addSums(scratch, plane, wp, py, pz, ys, sy, twice, out);
  }
}

/** Rows of nz numbers to rows of zs, and zero rows up to py. */
function spread(from: usize, to: usize, ny: i32, nz: i32, zs: i32, py: i32): void {
  for (let y = 0; y < ny; y++) {
    const row = to + ((<usize>(y * zs)) << 3);
    memory.copy(row, from + ((<usize>(y * nz)) << 3), (<usize>nz) << 3);
    if (zs > nz) store<f64>(row + ((<usize>nz) << 3), 0);
  }
  memory.fill(to + ((<usize>(ny * zs)) << 3), 0, (<usize>((py - ny) * zs)) << 3);
}

/** [y][z] of width zs to [z][y] of width ys, and zero rows up to pz. */
function transpose(from: usize, to: usize, py: i32, nz: i32, zs: i32, ys: i32, pz: i32): void {
  for (let y0 = 0; y0 < py; y0 += 8) {
    const y1 = min(py, y0 + 8);
    for (let z = 0; z < nz; z++) {
      for (let y = y0; y < y1; y++) {
        store<f64>(to + ((<usize>(z * ys + y)) << 3), load<f64>(from + ((<usize>(y * zs + z)) << 3)));
      }
    }
  }
  if (ys > py) for (let z = 0; z < nz; z++) store<f64>(to + ((<usize>(z * ys + py)) << 3), 0);
  memory.fill(to + ((<usize>(nz * ys)) << 3), 0, (<usize>((pz - nz) * ys)) << 3);
}

function addSums(
  data: usize,
  plane: usize,
  weights: usize,
  py: i32,
  pz: i32,
  ys: i32,
  sy: i32,
  factor: f64,
  out: usize,
): void {
  let sumW: f64 = 0;
  let sumY: f64 = 0;
  let sumQ: f64 = 0;
  for (let z = 0; z < pz; z++) {
    const row = <usize>(min(z, pz - z) * sy);
    for (let y = 0; y < py; y++) {
      const w = load<f64>(weights + ((row + <usize>min(y, py - y)) << 3));
      const at = data + ((<usize>(z * ys + y)) << 3);
      const mr = load<f64>(at);
      const mi = load<f64>(at + plane);
      const yr = load<f64>(at + 2 * plane);
      const yi = load<f64>(at + 3 * plane);
      const qr = load<f64>(at + 4 * plane);
      const qi = load<f64>(at + 5 * plane);
      sumW += w * (mr * mr + mi * mi);
      sumY += w * (yr * yr + yi * yi);
      sumQ += w * (mr * qr + mi * qi);
    }
  }
  store<f64>(out, load<f64>(out) + factor * sumW);
  store<f64>(out, load<f64>(out, 8) + factor * sumY, 8);
  store<f64>(out, load<f64>(out, 16) + factor * sumQ, 16);
}
