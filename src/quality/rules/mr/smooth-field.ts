import { Random } from '../../../core/random.ts';
import { sharpened } from '../../../imaging/bias-field/sharpen.ts';
import type { BodyBlocks } from './body-blocks.ts';

/** What a smooth field of an image comes to. */
export interface SmoothField {
  /** 99th over 1st percentile of the field in the body. */
  readonly range: number;
  /** By how much dividing by the field lowers the entropy of the histogram of logarithms, nats. */
  readonly gain: number;
  /** Range of the field that explains the image as well and differs most in range. */
  readonly rival: number;
}

/** As N4 has them. */
const SHARPENING = { width: 0.15, noise: 0.01 };
/** Blocks that take part in the search, at most. */
const MOST = 8000;
const ROUNDS = 60;
const LAST_ROUNDS = 200;
/** A search ends when a round moves the logarithm of the field by less than this. */
const SETTLED = 3e-4;
/** Largest over smallest of the fields that the searches start from, besides none. */
const START = 3;
/** A start other than none must sharpen the histogram by so much more, nats; and fields within this are equally good. */
const MARGIN = 0.03;
const EQUAL = 0.02;

const TERMS = 10;

/**
 * The smooth multiplicative field of the body. The logarithm of the field is a quadratic in place. As in N4 (Tustison
 * 2010, on Sled 1998) the histogram of the logarithms is sharpened, and the field takes up what each block lies off its
 * sharpened value; but the quadratic is fitted to all blocks by least squares, so that a strong field is reached in tens of
 * rounds where N4's local splines need hundreds, and no finer lattice takes up anatomy. Sharpening finds the nearest
 * sharp histogram: where a field blurs two tissues into one peak that may be the wrong one. Therefore the search starts
 * from several fields, and that which leaves the histogram of least entropy is kept (Likar, Viergever, Pernuš 2001 judge
 * shading by it).
 * @returns null when all blocks are equal
 */
export function smoothField(blocks: BodyBlocks): SmoothField | null {
  const { logs, terms } = sampled(blocks);
  const fit = fitting(terms);
  const plainly = entropy(logs);
  const found: { field: Float64Array; entropy: number; range: number }[] = [];
  for (const start of starts(terms)) {
    const field = settled(logs, start, fit, ROUNDS);
    if (!field) return null;
    found.push({ field, entropy: entropy(less(logs, field)), range: rangeOf(field) });
  }
  const [none] = found;
  const least = found.reduce((a, b) => (b.entropy < a.entropy ? b : a));
  const best = least.entropy < none!.entropy - MARGIN ? least : none!;
  const field = settled(logs, best.field, fit, LAST_ROUNDS) ?? best.field;
  const range = rangeOf(field);
  const apart = (r: number) => Math.abs(Math.log(r / range));
  const rival = found
    .filter((f) => f.entropy < best.entropy + EQUAL)
    .reduce((worst, f) => (apart(f.range) > apart(worst) ? f.range : worst), range);
  return { range, gain: plainly - entropy(less(logs, field)), rival };
}

/** Blocks of the search, chosen by chance with a fixed seed, and the terms 1, x, y, z, x², y², z², xy, xz, yz of each. */
function sampled({ logs, places }: BodyBlocks): { logs: Float64Array; terms: Float64Array } {
  const random = new Random(1);
  const share = MOST / logs.length;
  const chosen: number[] = [];
  for (let n = 0; n < logs.length; n++) if (share >= 1 || random.uniform() < share) chosen.push(n);
  const terms = new Float64Array(TERMS * chosen.length);
  chosen.forEach((from, n) => {
    const [x, y, z] = [places[3 * from]!, places[3 * from + 1]!, places[3 * from + 2]!];
    terms.set([1, x, y, z, x * x, y * y, z * z, x * y, x * z, y * z], TERMS * n);
  });
  return { logs: Float64Array.from(chosen, (n) => logs[n]!), terms };
}

/** No field, and fields of {@link START} along each axis and from the middle of the plane outwards, either way. */
function starts(terms: Float64Array): Float64Array[] {
  const n = terms.length / TERMS;
  const shapes = [(t: number) => terms[t + 1]!, (t: number) => terms[t + 2]!, (t: number) => terms[t + 3]!];
  shapes.push((t) => terms[t + 4]! + terms[t + 5]!);
  const fields = [new Float64Array(n)];
  for (const shape of shapes) {
    const raw = Float64Array.from({ length: n }, (_, i) => shape(TERMS * i));
    const spread = Math.log(rangeOf(raw));
    // A body of one or two blocks along the axis tells nothing of a field along it.
    if (spread < 0.05) continue;
    for (const sign of [1, -1]) fields.push(raw.map((v) => (sign * v * Math.log(START)) / spread));
  }
  return fields;
}

type Fit = (values: Float64Array) => Float64Array;

/** Least squares on the terms, a whiff of ridge for those that the body does not tell apart; without the constant. */
function fitting(terms: Float64Array): Fit {
  const n = terms.length / TERMS;
  const normal = Array.from({ length: TERMS }, () => new Float64Array(2 * TERMS));
  for (let i = 0; i < n; i++)
    for (let p = 0; p < TERMS; p++)
      for (let q = 0; q < TERMS; q++) normal[p]![q]! += (terms[TERMS * i + p]! * terms[TERMS * i + q]!) / n;
  for (let p = 0; p < TERMS; p++) {
    normal[p]![p]! += 1e-9;
    normal[p]![TERMS + p] = 1;
  }
  eliminate(normal);
  return (values) => {
    const right = new Float64Array(TERMS);
    for (let i = 0; i < n; i++)
      for (let p = 0; p < TERMS; p++) right[p]! += (terms[TERMS * i + p]! * values[i]!) / n;
    const weights = normal.map((row) => right.reduce((sum, r, q) => sum + row[TERMS + q]! * r, 0));
    const out = new Float64Array(n);
    for (let i = 0; i < n; i++)
      for (let p = 1; p < TERMS; p++) out[i]! += weights[p]! * terms[TERMS * i + p]!;
    return out;
  };
}

/** Gauss and Jordan on a symmetric positive matrix beside the unit matrix: the right half becomes its inverse. */
function eliminate(rows: Float64Array[]): void {
  for (let p = 0; p < rows.length; p++) {
    const own = rows[p]!;
    const pivot = own[p]!;
    for (let k = 0; k < own.length; k++) own[k]! /= pivot;
    for (let q = 0; q < rows.length; q++) {
      const f = rows[q]![p]!;
      if (q === p || f === 0) continue;
      for (let k = 0; k < own.length; k++) rows[q]![k]! -= f * own[k]!;
    }
  }
}

function settled(logs: Float64Array, start: Float64Array, fit: Fit, rounds: number): Float64Array | null {
  const field = start.slice();
  const all = new Float64Array(logs.length).fill(1);
  for (let round = 0; round < rounds; round++) {
    const left = less(logs, field);
    const expected = sharpened(left, all, SHARPENING);
    if (expected === null) return null;
    const step = fit(less(left, expected));
    let [mean, squares] = [0, 0];
    for (const s of step) {
      mean += s / step.length;
      squares += (s * s) / step.length;
    }
    for (let i = 0; i < field.length; i++) field[i]! += step[i]!;
    if (squares - mean * mean < SETTLED ** 2) break;
  }
  return field;
}

const less = (a: Float64Array, b: Float64Array): Float64Array => a.map((v, i) => v - b[i]!);

/** Width of a bin of the entropy, and of the Gaussian that smooths the counts, bins. */
const BIN = 0.015;
const BLUR = 2;

/** Entropy of the histogram of values, nats, after smoothing with a Gaussian of 0.03. */
function entropy(values: Float64Array): number {
  const low = values.reduce((a, b) => Math.min(a, b), Infinity);
  const high = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const reach = 4 * BLUR;
  const counts = new Float64Array(Math.floor((high - low) / BIN) + 1 + 2 * reach);
  for (const v of values) counts[reach + Math.floor((v - low) / BIN)]!++;
  const weights = Array.from({ length: 2 * reach + 1 }, (_, d) => Math.exp(-(((d - reach) / BLUR) ** 2) / 2));
  const total = weights.reduce((a, b) => a + b, 0) * values.length;
  let sum = 0;
  for (let b = 0; b < counts.length; b++) {
    let p = 0;
    for (let d = 0; d <= 2 * reach; d++) p += weights[d]! * (counts[b + d - reach] ?? 0);
    p /= total;
    if (p > 0) sum -= p * Math.log(p);
  }
  return sum;
}

function rangeOf(field: Float64Array): number {
  const sorted = field.slice().sort();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  return Math.exp(at(0.99) - at(0.01));
}
