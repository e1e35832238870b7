import type { JobContext } from '../../core/job-context.ts';
import type { Values } from './method.ts';
import { Unsegmentable } from './reasons.ts';

export interface Clusters {
  /** `classes` rows of `width` numbers. */
  readonly centres: Float64Array;
  /** Class of each point, from 0. */
  readonly labels: Uint8Array;
  readonly sizes: readonly number[];
  /** Σ over the points of the squared distance to their centre. */
  readonly withinSquares: number;
  /** The same after each step; never rises. */
  readonly course: readonly number[];
}

/** Up to so many places between classes are weighed; where fewer values differ, all of them. */
const PLACES = 2048;

/** Each makes the places about a cut a hundred times closer: more than enough for any count that fits in memory. */
const ZOOMS = 8;

/**
 * k-means of single numbers, whose classes are intervals: the least Σ(x − c)² over all ways of cutting the sorted numbers at
 * {@link PLACES} places, by dynamic programming. Where no more values differ that is the least there is; else the places are
 * drawn closer about the cuts until each lies between two neighbouring values. Lloyd's steps then see to it that nothing
 * moves. No start, no chance. Of equally near centres the lower one counts.
 * 1, 2, 3, 10, 11, 12, 50 in three classes: {1, 2, 3}, {10, 11, 12}, {50}, squares 2 + 2 + 0.
 * Source: Fisher WD. J Am Stat Assoc 1958;53:789; Wang H, Song M. R J 2011;3:29; the divided search: Grønlund A et al.
 * arXiv:1701.07204.
 * @throws Unsegmentable `too_many_classes` when fewer values differ than there are classes
 */
export function lineClusters(numbers: Values, classes: number, steps = 200, job?: JobContext): Clusters {
  const sums = sumsOf(sortedOf(numbers));
  job?.checkCancelled?.();
  let places = placesOf(sums.sorted, classes);
  let cuts = bestCuts(sums, places, classes, job);
  const course = [squaresOf(sums, cuts)];
  for (let zoom = 0; zoom < ZOOMS; zoom++) {
    const finer = zoomed(sums.sorted, places, cuts);
    if (!finer) break;
    places = finer;
    cuts = bestCuts(sums, places, classes, job);
    const squares = squaresOf(sums, cuts);
    if (squares < course.at(-1)!) course.push(squares);
  }
  for (let s = 1; s < steps; s++) {
    job?.checkCancelled?.();
    const next = nearerCuts(sums, cuts);
    if (next.every((c, k) => c === cuts[k]) || next.some((c, k) => k > 0 && c <= next[k - 1]!)) break;
    const squares = squaresOf(sums, next);
    if (!(squares < course.at(-1)!)) break;
    course.push(squares);
    cuts = next;
  }
  // Once more by itself: differences of long sums have lost some digits.
  const centres = new Float64Array(classes);
  let withinSquares = 0;
  for (let k = 0; k < classes; k++) {
    const own = sums.sorted.subarray(cuts[k]!, cuts[k + 1]!);
    let total = 0;
    for (let i = 0; i < own.length; i++) total += own[i]!;
    const centre = (centres[k] = total / own.length);
    for (let i = 0; i < own.length; i++) withinSquares += (own[i]! - centre) ** 2;
  }
  const sizes = Array.from(centres, (_, k) => cuts[k + 1]! - cuts[k]!);
  return { centres, labels: labelled(numbers, sums.sorted, cuts), sizes, withinSquares, course };
}

/** Sorted numbers, and sums of the first i of them and of their squares, taken about their middle against rounding. */
interface Sums {
  readonly sorted: Values;
  readonly middle: number;
  readonly first: Float64Array;
  readonly second: Float64Array;
}

function sumsOf(sorted: Values): Sums {
  const n = sorted.length;
  let total = 0;
  for (let i = 0; i < n; i++) total += sorted[i]!;
  const middle = total / n;
  const first = new Float64Array(n + 1);
  const second = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) {
    const v = sorted[i]! - middle;
    first[i + 1] = first[i]! + v;
    second[i + 1] = second[i]! + v * v;
  }
  return { sorted, middle, first, second };
}

/** Σ(x − mean)² of the numbers from `from` up to but without `to`. */
function squaresWithin({ first, second }: Sums, from: number, to: number): number {
  const sum = first[to]! - first[from]!;
  return Math.max(0, second[to]! - second[from]! - (sum * sum) / (to - from));
}

const meanOf = ({ first }: Sums, cuts: readonly number[], k: number): number =>
  (first[cuts[k + 1]!]! - first[cuts[k]!]!) / (cuts[k + 1]! - cuts[k]!);

function squaresOf(sums: Sums, cuts: readonly number[]): number {
  let all = 0;
  for (let k = 0; k + 1 < cuts.length; k++) all += squaresWithin(sums, cuts[k]!, cuts[k + 1]!);
  return all;
}

/**
 * Where the numbers may be cut, from 0 to their count: before each value that differs, or, of many, half of the places at
 * even shares of the count and half at even steps of the value.
 * @throws Unsegmentable
 */
function placesOf(sorted: Values, classes: number): Int32Array {
  const n = sorted.length;
  const every: number[] = [0];
  for (let i = 1; i < n && every.length <= PLACES; i++) if (sorted[i]! > sorted[i - 1]!) every.push(i);
  if (every.length < classes)
    throw new Unsegmentable('too_many_classes', { classes, distinct: every.length });
  if (every.length <= PLACES) return Int32Array.of(...every, n);
  const some = new Set([0, n]);
  const span = sorted[n - 1]! - sorted[0]!;
  for (let p = 1; p < PLACES / 2; p++) {
    some.add(firstAbove(sorted, sorted[Math.floor((2 * p * n) / PLACES)]!));
    some.add(firstAbove(sorted, sorted[0]! + (2 * p * span) / PLACES));
  }
  return Int32Array.from(some).sort();
}

/** Places closer about the cuts, the cuts among them; null when they cannot lie closer. */
function zoomed(sorted: Values, places: Int32Array, cuts: readonly number[]): Int32Array | null {
  const each = Math.floor(PLACES / cuts.length);
  const some = new Set(cuts);
  const before = new Set(places);
  let closer = false;
  for (const cut of cuts.slice(1, -1)) {
    const at = places.indexOf(cut);
    const low = places[Math.max(0, at - 2)]!;
    const high = places[Math.min(places.length - 1, at + 2)]!;
    some.add(low).add(high);
    const step = Math.max(1, (high - low) / each);
    for (let i = low + step; i < high; i += step) {
      // Behind all that are equal, as a cut must be.
      const place = firstAbove(sorted, sorted[Math.floor(i) - 1]!);
      if (place <= low || place >= high) continue;
      some.add(place);
      closer ||= !before.has(place);
    }
  }
  return closer ? Int32Array.from(some).sort() : null;
}

/** How many of the sorted numbers are at most `value`. */
function firstAbove(sorted: Values, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Cuts into classes with the least squares over all choices of places: for each number of classes the least of the first
 * p places, where the best last cut never falls as p rises, so that halves of the places are searched apart.
 */
function bestCuts(sums: Sums, places: Int32Array, classes: number, job?: JobContext): readonly number[] {
  const last = places.length - 1;
  let least = Float64Array.from(places, (to) => (to === 0 ? 0 : squaresWithin(sums, 0, to)));
  const chosen: Int32Array[] = [];
  for (let k = 1; k < classes; k++) {
    job?.checkCancelled?.();
    const before = least;
    const now = new Float64Array(places.length).fill(Infinity);
    const from = new Int32Array(places.length);
    // p places hold k + 1 classes from p = k + 1 on.
    const search = (low: number, high: number, left: number, right: number): void => {
      if (low > high) return;
      const p = (low + high) >> 1;
      for (let c = Math.max(left, k); c <= Math.min(right, p - 1); c++) {
        const squares = before[c]! + squaresWithin(sums, places[c]!, places[p]!);
        if (squares < now[p]!) {
          now[p] = squares;
          from[p] = c;
        }
      }
      search(low, p - 1, left, from[p]!);
      search(p + 1, high, from[p]!, right);
    };
    search(k + 1, last, k, last - 1);
    chosen.push(from);
    least = now;
  }
  const cuts = [last];
  for (const from of chosen.reverse()) cuts.unshift(from[cuts[0]!]!);
  return [0, ...cuts.map((p) => places[p]!)];
}

/** Each number to its nearest mean. */
function nearerCuts(sums: Sums, cuts: readonly number[]): number[] {
  const inner = cuts.slice(1, -1).map((_, k) => {
    const border = sums.middle + (meanOf(sums, cuts, k) + meanOf(sums, cuts, k + 1)) / 2;
    return firstAbove(sums.sorted, border);
  });
  return [0, ...inner, cuts.at(-1)!];
}

function labelled(numbers: Values, sorted: Values, cuts: readonly number[]): Uint8Array {
  const tops = cuts.slice(1, -1).map((c) => sorted[c - 1]!);
  const labels = new Uint8Array(numbers.length);
  for (const top of tops) for (let i = 0; i < labels.length; i++) labels[i]! += Number(numbers[i]! > top);
  return labels;
}

/** A sorted copy. Of many float32 by their bits, eleven at a time, which read as whole numbers order as the numbers do. */
function sortedOf(numbers: Values): Values {
  if (!(numbers instanceof Float32Array) || numbers.length < 10_000) return numbers.slice().sort();
  const n = numbers.length;
  const bits = new Uint32Array(numbers.slice().buffer);
  // Below zero all bits turn over, above it the sign alone.
  for (let i = 0; i < n; i++) bits[i]! ^= (bits[i]! >> 31) | 0x80000000;
  let from = bits;
  let to = new Uint32Array(n);
  for (const shift of [0, 11, 22]) {
    const at = new Uint32Array(2049);
    for (let i = 0; i < n; i++) at[((from[i]! >>> shift) & 2047) + 1]!++;
    for (let d = 1; d < 2049; d++) at[d]! += at[d - 1]!;
    for (let i = 0; i < n; i++) {
      const v = from[i]!;
      to[at[(v >>> shift) & 2047]!++] = v;
    }
    [from, to] = [to, from];
  }
  for (let i = 0; i < n; i++) from[i]! ^= (~from[i]! >> 31) | 0x80000000;
  return new Float32Array(from.buffer);
}
