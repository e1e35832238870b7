import { RefusedInput } from '../../../../core/refusal.ts';
import type { LsBits } from './bits.ts';

/** Coding parameters of a scan (T.87 C.2.4.1.1). */
export interface LsParameters {
  readonly maxValue: number;
  readonly near: number;
  readonly t1: number;
  readonly t2: number;
  readonly t3: number;
  readonly reset: number;
}

/** No sound stream needs longer suffixes; without a bound, sums that overflow would never end the search. */
const MOST_K = 24;
const RUN = 365; // the contexts of run interruptions follow the 365 regular ones
/** Lengths of run segments (T.87 A.7.1.2). */
const J = [
  0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13, 14, 15,
];

/** Default thresholds for a depth and a near-lossless error (T.87 C.2.4.1.1.1). */
export function defaultParameters(maxValue: number, near: number): LsParameters {
  const clamp = (v: number, low: number) => (v > maxValue || v < low ? low : v);
  const wide = maxValue >= 128;
  const factor = wide ? Math.floor((Math.min(maxValue, 4095) + 128) / 256) : Math.floor(256 / (maxValue + 1));
  const step = (basic: number, least: number, errors: number) =>
    wide
      ? factor * (basic - least) + least + errors * near
      : Math.max(least, Math.floor(basic / factor) + errors * near);
  const t1 = clamp(step(3, 2, 3), near + 1);
  const t2 = clamp(step(7, 3, 5), t1);
  const t3 = clamp(step(21, 4, 7), t2);
  return { maxValue, near, t1, t2, t3, reset: 64 };
}

/**
 * Decoder of one scan of JPEG-LS (ITU-T T.87 Annex A). Keeps the contexts, which all components of the scan share, and
 * decodes line by line: `line` for one component, `pixels` for components interleaved pixel by pixel. Lines are arrays
 * with one value of margin on each side: value x lies at x + 1.
 */
export class LsScan {
  readonly #a = new Int32Array(RUN + 2);
  readonly #b = new Int32Array(RUN + 2);
  readonly #c = new Int32Array(RUN);
  readonly #n = new Int32Array(RUN + 2).fill(1);
  readonly #quantised: Int8Array;
  readonly #step: number;
  readonly #range: number;
  readonly #depth: number;
  readonly #limit: number;

  constructor(
    readonly bits: LsBits,
    readonly p: LsParameters,
  ) {
    const { maxValue, near } = p;
    this.#step = 2 * near + 1;
    this.#range = Math.floor((maxValue + 2 * near) / this.#step) + 1;
    this.#depth = Math.ceil(Math.log2(this.#range));
    const bpp = Math.max(2, Math.ceil(Math.log2(maxValue + 1)));
    this.#limit = 2 * (bpp + Math.max(8, bpp));
    this.#a.fill(Math.max(2, Math.floor((this.#range + 32) / 64)));
    this.#quantised = Int8Array.from({ length: 2 * maxValue + 1 }, (_, i) => {
      const d = Math.abs(i - maxValue);
      const q = d <= near ? 0 : d < p.t1 ? 1 : d < p.t2 ? 2 : d < p.t3 ? 3 : 4;
      return i < maxValue ? -q : q;
    });
  }

  /** One line of one component below `above`; takes and gives the run index. */
  line(above: Int32Array, line: Int32Array, width: number, runIndex: number): number {
    const q = this.#quantised;
    const { maxValue, near } = this.p;
    line[0] = above[1];
    above[width + 1] = above[width];
    let left = line[0];
    let aboveLeft = above[0];
    let up = above[1];
    for (let x = 1; x <= width; x++) {
      const right = above[x + 1];
      const d1 = right - up;
      const d2 = up - aboveLeft;
      const d3 = aboveLeft - left;
      if (d1 <= near && d1 >= -near && d2 <= near && d2 >= -near && d3 <= near && d3 >= -near) {
        const most = width - x + 1;
        const run = this.#run(most, runIndex);
        runIndex = run.index;
        for (let i = 0; i < run.length; i++) line[x + i] = left;
        x += run.length;
        if (run.length === most) break;
        left = this.#interruption(left, above[x], runIndex, Math.abs(left - above[x]) <= near ? 1 : 0);
        if (runIndex > 0) runIndex--;
      } else {
        const context = 81 * q[d1 + maxValue] + 9 * q[d2 + maxValue] + q[d3 + maxValue];
        left = this.#regular(context, left, up, aboveLeft);
      }
      line[x] = left;
      aboveLeft = above[x];
      up = above[x + 1];
    }
    return runIndex;
  }

  /** One line of all components, interleaved pixel by pixel: a run is one of all components. */
  pixels(
    above: readonly Int32Array[],
    lines: readonly Int32Array[],
    width: number,
    runIndex: number,
  ): number {
    const q = this.#quantised;
    const { maxValue } = this.p;
    lines.forEach((line, s) => {
      line[0] = above[s][1];
      above[s][width + 1] = above[s][width];
    });
    const contexts = new Int32Array(lines.length);
    for (let x = 1; x <= width; x++) {
      let flat = true;
      for (let s = 0; s < lines.length; s++) {
        const up = above[s];
        const c =
          81 * q[up[x + 1] - up[x] + maxValue] +
          9 * q[up[x] - up[x - 1] + maxValue] +
          q[up[x - 1] - lines[s][x - 1] + maxValue];
        contexts[s] = c;
        if (c !== 0) flat = false;
      }
      if (!flat) {
        for (let s = 0; s < lines.length; s++)
          lines[s][x] = this.#regular(contexts[s], lines[s][x - 1], above[s][x], above[s][x - 1]);
        continue;
      }
      const most = width - x + 1;
      const run = this.#run(most, runIndex);
      runIndex = run.index;
      for (const line of lines) line.fill(line[x - 1], x, x + run.length);
      x += run.length;
      if (run.length === most) break;
      for (let s = 0; s < lines.length; s++)
        lines[s][x] = this.#interruption(lines[s][x - 1], above[s][x], runIndex, 0);
      if (runIndex > 0) runIndex--;
    }
    return runIndex;
  }

  /** Length of a run of at most `most` pixels (T.87 A.7.1). */
  #run(most: number, index: number): { length: number; index: number } {
    let length = 0;
    while (this.bits.bits(1) === 1) {
      const segment = 1 << J[index];
      length += segment;
      if (length <= most && index < 31) index++;
      if (length >= most) return { length: most, index };
    }
    length += this.bits.bits(J[index]);
    if (length >= most) throw new RefusedInput('decode_failed', { what: 'JPEG-LS: run' });
    return { length, index };
  }

  /** Limited Golomb code (T.87 A.5.3). */
  #golomb(k: number, limit: number): number {
    const longest = limit - this.#depth - 1;
    const high = this.bits.zeros(longest);
    const value = high < longest ? (high << k) + this.bits.bits(k) : this.bits.bits(this.#depth) + 1;
    // An error cannot be larger than the range, nor its mapped form than twice that.
    if (value > 2 * this.#range) throw new RefusedInput('decode_failed', { what: 'JPEG-LS: error' });
    return value;
  }

  /** A sample in regular mode (T.87 A.4 to A.6). */
  #regular(context: number, left: number, up: number, aboveLeft: number): number {
    const { maxValue, near, reset } = this.p;
    const a = this.#a;
    const b = this.#b;
    const c = this.#c;
    const n = this.#n;
    const negative = context < 0;
    const q = negative ? -context : context;
    let predicted: number;
    if (aboveLeft >= left && aboveLeft >= up) predicted = left < up ? left : up;
    else if (aboveLeft <= left && aboveLeft <= up) predicted = left > up ? left : up;
    else predicted = left + up - aboveLeft;
    predicted += negative ? -c[q] : c[q];
    if (predicted < 0) predicted = 0;
    else if (predicted > maxValue) predicted = maxValue;
    let k = 0;
    while (n[q] << k < a[q] && k < MOST_K) k++;
    const mapped = this.#golomb(k, this.#limit);
    let error: number;
    if (k === 0 && near === 0 && 2 * b[q] <= -n[q])
      error = mapped & 1 ? (mapped - 1) >> 1 : -(mapped >> 1) - 1;
    else error = mapped & 1 ? -((mapped + 1) >> 1) : mapped >> 1;
    a[q] += error < 0 ? -error : error;
    b[q] += error * this.#step;
    if (n[q] === reset) {
      a[q] >>= 1;
      b[q] >>= 1;
      n[q] >>= 1;
    }
    n[q]++;
    if (b[q] <= -n[q]) {
      b[q] += n[q];
      if (c[q] > -128) c[q]--;
      if (b[q] <= -n[q]) b[q] = -n[q] + 1;
    } else if (b[q] > 0) {
      b[q] -= n[q];
      if (c[q] < 127) c[q]++;
      if (b[q] > 0) b[q] = 0;
    }
    return this.#reconstruct(predicted, negative ? -error : error);
  }

  /** The sample that ends a run (T.87 A.7.2); `type` 1 when its neighbours are alike. */
  #interruption(left: number, up: number, runIndex: number, type: 0 | 1): number {
    const a = this.#a;
    const b = this.#b; // counts the negative errors here
    const n = this.#n;
    const q = RUN + type;
    const measure = type === 1 ? a[q] + (n[q] >> 1) : a[q];
    let k = 0;
    while (n[q] << k < measure && k < MOST_K) k++;
    const mapped = this.#golomb(k, this.#limit - J[runIndex] - 1);
    const map = (mapped + type) & 1;
    const size = (mapped + type + map) >> 1;
    const error = (map === 1) === (k !== 0 || 2 * b[q] >= n[q]) ? -size : size;
    if (error < 0) b[q]++;
    a[q] += (mapped + 1 - type) >> 1;
    if (n[q] === this.p.reset) {
      a[q] >>= 1;
      b[q] >>= 1;
      n[q] >>= 1;
    }
    n[q]++;
    if (type === 1) return this.#reconstruct(left, error);
    return this.#reconstruct(up, left > up ? -error : error);
  }

  #reconstruct(predicted: number, error: number): number {
    const { maxValue, near } = this.p;
    let v = predicted + error * this.#step;
    if (v < -near) v += this.#range * this.#step;
    else if (v > maxValue + near) v -= this.#range * this.#step;
    return v < 0 ? 0 : v > maxValue ? maxValue : v;
  }
}
