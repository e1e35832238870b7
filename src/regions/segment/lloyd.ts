import type { JobContext } from '../../core/job-context.ts';
import type { KernelModule } from '../../core/kernel-module.ts';
import { Random } from '../../core/random.ts';
import { lineClusters, type Clusters } from './line-clusters.ts';
import { Unsegmentable } from './reasons.ts';
import type { PointTable } from './voxel-features.ts';

export interface LloydOptions {
  readonly classes: number;
  readonly seed: number;
  /** Starts of k-means++ that are tried on a sample; the best goes on. */
  readonly starts?: number;
  readonly steps?: number;
  readonly kernels?: KernelModule | null;
  readonly job?: JobContext;
}

/** Starts are tried on this many points at most, taken at even steps. */
const SAMPLE = 20_000;

/**
 * Clusters with the least Σ|x − c|² that Lloyd's steps reach from seeded k-means++ starts: each point goes to its
 * nearest centre (the first of equals), each centre to the mean of its points, until nothing moves. A centre left
 * without points takes the point farthest from its own. Deterministic for a seed. Of single numbers the best classes are
 * found without a start ({@link lineClusters}).
 * Source: Lloyd SP, IEEE Trans Inf Theory 1982;28:129; Arthur D, Vassilvitskii S, SODA 2007:1027.
 * @throws Unsegmentable `too_many_classes` when there are fewer different points than classes
 */
export function lloyd(points: PointTable, options: LloydOptions): Clusters {
  const { classes, seed, starts = 8, steps = 200, job } = options;
  if (points.width === 1) return lineClusters(points.data.subarray(0, points.count), classes, steps, job);
  const random = new Random(seed);
  const sample = sampleOf(points, SAMPLE);
  let best: Clusters | undefined;
  for (let s = 0; s < starts; s++) {
    job?.checkCancelled?.();
    const found = descend(sample, firstCentres(sample, points, classes, random), { ...options, steps });
    if (!best || found.withinSquares < best.withinSquares) best = found;
  }
  return sample === points ? best! : descend(points, best!.centres, { ...options, steps });
}

/** Every n-th point, so that at most `most` are left; the table itself when it is small enough. */
export function sampleOf(points: PointTable, most: number): PointTable {
  const { width, data, count } = points;
  if (count <= most) return points;
  const out = new Float64Array(most * width);
  for (let r = 0; r < most; r++) {
    const from = Math.floor((r * count) / most) * width;
    for (let f = 0; f < width; f++) out[r * width + f] = data[from + f]!;
  }
  return { count: most, width, data: out };
}

/** k-means++: each next centre is a point drawn by its squared distance to the nearest centre so far. */
function firstCentres(sample: PointTable, all: PointTable, classes: number, random: Random): Float64Array {
  const { width } = sample;
  const centres = new Float64Array(classes * width);
  let from = sample;
  let nearest = new Float64Array(from.count).fill(Infinity);
  for (let c = 0; c < classes; c++) {
    let total = 0;
    if (c > 0) for (const d of nearest) total += d;
    if (c > 0 && total === 0) {
      // The sample is spent; rare values may be left in the whole.
      if (from === all) throw new Unsegmentable('too_many_classes', { classes, distinct: c });
      from = all;
      nearest = new Float64Array(all.count).fill(Infinity);
      for (let k = 0; k < c; k++) shorten(nearest, from, centres.subarray(k * width, (k + 1) * width));
      total = nearest.reduce((s, d) => s + d, 0);
      if (total === 0) throw new Unsegmentable('too_many_classes', { classes, distinct: c });
    }
    const at = c === 0 ? Math.floor(random.uniform() * from.count) : drawn(nearest, random.uniform() * total);
    const centre = centres.subarray(c * width, (c + 1) * width);
    for (let f = 0; f < width; f++) centre[f] = from.data[at * width + f]!;
    shorten(nearest, from, centre);
  }
  return centres;
}

function drawn(weights: Float64Array, goal: number): number {
  let last = 0;
  for (let i = 0, sum = 0; i < weights.length; i++) {
    if (weights[i] === 0) continue;
    sum += weights[i]!;
    last = i;
    if (sum > goal) return i;
  }
  return last;
}

function shorten(nearest: Float64Array, { data, width }: PointTable, centre: Float64Array): void {
  for (let r = 0; r < nearest.length; r++) {
    let d = 0;
    for (let f = 0; f < width; f++) d += (data[r * width + f]! - centre[f]!) ** 2;
    if (d < nearest[r]!) nearest[r] = d;
  }
}

function descend(
  points: PointTable,
  start: Float64Array,
  { classes, steps = 200, job, kernels }: LloydOptions,
): Clusters {
  const { width, count } = points;
  const assign = kernels?.has('lloyd_assign')
    ? assignByKernel(points, classes, kernels)
    : assignPlain(points, classes);
  const centres = start.slice();
  const course: number[] = [];
  let step = assign(centres);
  for (let s = 1; s < steps; s++) {
    job?.checkCancelled?.();
    job?.onProgress?.(s / steps);
    course.push(step.squares);
    for (let c = 0; c < classes; c++) {
      const size = step.sizes[c]!;
      if (size > 0) for (let f = 0; f < width; f++) centres[c * width + f] = step.sums[c * width + f]! / size;
      else moveToFarthest(points, step.labels, centres, c);
    }
    const next = assign(centres);
    if (next.moved === 0) {
      step = next;
      break;
    }
    step = next;
  }
  course.push(step.squares);
  return {
    centres,
    labels: step.labels.slice(0, count),
    sizes: Array.from(step.sizes),
    withinSquares: step.squares,
    course,
  };
}

/** One assignment: what each class holds, and how many points changed theirs. `labels` is one array for all calls. */
interface Assignment {
  readonly labels: Uint8Array;
  readonly sums: Float64Array;
  readonly sizes: Float64Array;
  readonly squares: number;
  readonly moved: number;
}

/** The plain twin of `lloyd_assign`. */
function assignPlain(
  { data, width, count }: PointTable,
  classes: number,
): (centres: Float64Array) => Assignment {
  const labels = new Uint8Array(count).fill(255);
  return (centres) => {
    const sums = new Float64Array(classes * width);
    const sizes = new Float64Array(classes);
    let squares = 0;
    let moved = 0;
    for (let r = 0; r < count; r++) {
      let nearest = Infinity;
      let label = 0;
      for (let c = 0; c < classes; c++) {
        let d = 0;
        for (let f = 0; f < width; f++) {
          const e = data[r * width + f]! - centres[c * width + f]!;
          d += e * e;
        }
        if (d < nearest) {
          nearest = d;
          label = c;
        }
      }
      if (labels[r] !== label) moved++;
      labels[r] = label;
      squares += nearest;
      sizes[label]!++;
      for (let f = 0; f < width; f++) sums[label * width + f]! += data[r * width + f]!;
    }
    return { labels, sums, sizes, squares, moved };
  };
}

/** By the Wasm kernel, which holds the points as float32. */
function assignByKernel(
  { data, width, count }: PointTable,
  classes: number,
  { arena, call }: KernelModule,
): (centres: Float64Array) => Assignment {
  arena.reset();
  const points = arena.alloc(4 * count * width);
  const labels = arena.alloc(count);
  const at = arena.alloc(8 * classes * width);
  const sums = arena.alloc(8 * classes * width);
  const sizes = arena.alloc(8 * classes);
  const squares = arena.alloc(8);
  new Float32Array(arena.buffer, points, count * width).set(data);
  new Uint8Array(arena.buffer, labels, count).fill(255);
  return (centres) => {
    new Float64Array(arena.buffer, at, classes * width).set(centres);
    const moved = call('lloyd_assign', points, count, width, at, classes, labels, sums, sizes, squares);
    return {
      labels: new Uint8Array(arena.buffer, labels, count),
      sums: new Float64Array(arena.buffer, sums, classes * width),
      sizes: new Float64Array(arena.buffer, sizes, classes),
      squares: new Float64Array(arena.buffer, squares, 1)[0]!,
      moved,
    };
  };
}

function moveToFarthest(
  { data, width, count }: PointTable,
  labels: Uint8Array,
  centres: Float64Array,
  empty: number,
): void {
  let far = -1;
  let at = 0;
  for (let r = 0; r < count; r++) {
    let d = 0;
    for (let f = 0; f < width; f++) d += (data[r * width + f]! - centres[labels[r]! * width + f]!) ** 2;
    if (d > far) {
      far = d;
      at = r;
    }
  }
  for (let f = 0; f < width; f++) centres[empty * width + f] = data[at * width + f]!;
}
