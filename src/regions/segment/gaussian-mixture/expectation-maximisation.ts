import type { JobContext } from '../../../core/job-context.ts';
import type { PointTable } from '../voxel-features.ts';

/** A mixture of normal distributions in `width` dimensions. */
export interface Mixture {
  readonly width: number;
  readonly weights: Float64Array;
  /** `classes` rows of `width`. */
  readonly means: Float64Array;
  /** `classes` matrices of `width`², row by row. */
  readonly covariances: Float64Array;
}

export interface FittedMixture extends Mixture {
  /** Class of the greatest responsibility of each point, from 0. */
  readonly labels: Uint8Array;
  /** Mean log-likelihood of a point at each step; never falls while no covariance is held up. */
  readonly course: readonly number[];
}

/**
 * Whether each class has a covariance of its own, or all the same. Where one class lies between others as a blurred border
 * does, classes of their own width are fitted best by one that spans the border, not by the tissue.
 */
export type Spread = 'own' | 'shared';

/** Free numbers of a mixture, for the information criterion: weights, means, covariances. */
export const freeNumbers = (classes: number, width: number, spread: Spread): number =>
  classes - 1 + classes * width + ((spread === 'own' ? classes : 1) * width * (width + 1)) / 2;

/** Added to each variance, in units of the (standardised) features: keeps a class on one value from collapsing. */
const FLOOR = 1e-6;

/**
 * Maximum likelihood by expectation and maximisation, full covariances, from a hard assignment. Ends when the mean
 * log-likelihood rises by less than 1e-7.
 * Source: Dempster AP, Laird NM, Rubin DB. J R Stat Soc B 1977;39:1.
 * @param assigned class of each point, from 0
 */
export function fitMixture(
  points: PointTable,
  assigned: Uint8Array,
  classes: number,
  { steps, spread }: { readonly steps: number; readonly spread: Spread },
  job: JobContext = {},
): FittedMixture {
  const { width, count } = points;
  let mixture = mixtureOf(hardSums(points, assigned, classes), count, width, spread);
  const labels = new Uint8Array(count);
  const course: number[] = [];
  for (let s = 0; s < steps; s++) {
    job.checkCancelled?.();
    job.onProgress?.(s / steps);
    const sums = emptySums(classes, width);
    course.push(expectation(points, mixture, labels, sums) / count);
    if (s > 0 && course[s]! - course[s - 1]! < 1e-7) break;
    mixture = mixtureOf(sums, count, width, spread);
  }
  return { ...mixture, labels, course };
}

/** Σ r, Σ r·x and Σ r·x·xᵀ of each class. */
interface Sums {
  readonly weight: Float64Array;
  readonly first: Float64Array;
  readonly second: Float64Array;
}

const emptySums = (classes: number, width: number): Sums => ({
  weight: new Float64Array(classes),
  first: new Float64Array(classes * width),
  second: new Float64Array(classes * width * width),
});

function addPoint(sums: Sums, c: number, r: number, x: Float64Array): void {
  const width = x.length;
  sums.weight[c]! += r;
  for (let i = 0; i < width; i++) {
    sums.first[c * width + i]! += r * x[i]!;
    for (let j = 0; j <= i; j++) sums.second[(c * width + i) * width + j]! += r * x[i]! * x[j]!;
  }
}

function hardSums({ data, width, count }: PointTable, assigned: Uint8Array, classes: number): Sums {
  const sums = emptySums(classes, width);
  const x = new Float64Array(width);
  for (let r = 0; r < count; r++) {
    for (let f = 0; f < width; f++) x[f] = data[r * width + f]!;
    addPoint(sums, assigned[r]!, 1, x);
  }
  return sums;
}

function mixtureOf({ weight, first, second }: Sums, count: number, width: number, spread: Spread): Mixture {
  const weights = weight.map((w) => w / count);
  const means = first.map((s, i) => s / Math.max(weight[Math.floor(i / width)]!, 1e-300));
  const covariances = new Float64Array(second.length);
  for (let c = 0; c < weight.length; c++)
    for (let i = 0; i < width; i++)
      for (let j = 0; j <= i; j++) {
        const at = (c * width + i) * width + j;
        const v = second[at]! / Math.max(weight[c]!, 1e-300) - means[c * width + i]! * means[c * width + j]!;
        covariances[at] = i === j ? Math.max(0, v) + FLOOR : v;
        covariances[(c * width + j) * width + i] = covariances[at]!;
      }
  if (spread === 'shared') pool(covariances, weights, width);
  return { width, weights, means, covariances };
}

/** The one covariance of greatest likelihood for all classes: the mean of theirs by their weights. */
function pool(covariances: Float64Array, weights: Float64Array, width: number): void {
  const step = width * width;
  for (let i = 0; i < step; i++) {
    let mean = 0;
    weights.forEach((w, c) => (mean += w * covariances[c * step + i]!));
    weights.forEach((_, c) => (covariances[c * step + i] = mean));
  }
}

/** Fills labels and sums; returns the log-likelihood. */
function expectation(
  { data, width, count }: PointTable,
  mixture: Mixture,
  labels: Uint8Array,
  sums: Sums,
): number {
  const densities = densitiesOf(mixture);
  const classes = densities.length;
  const logs = new Float64Array(classes);
  const x = new Float64Array(width);
  let total = 0;
  for (let r = 0; r < count; r++) {
    for (let f = 0; f < width; f++) x[f] = data[r * width + f]!;
    let most = 0;
    for (let c = 0; c < classes; c++) {
      logs[c] = densities[c]!(x);
      if (logs[c]! > logs[most]!) most = c;
    }
    labels[r] = most;
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += Math.exp(logs[c]! - logs[most]!);
    const log = logs[most]! + Math.log(sum);
    total += log;
    for (let c = 0; c < classes; c++) {
      const responsibility = Math.exp(logs[c]! - log);
      if (responsibility > 1e-12) addPoint(sums, c, responsibility, x);
    }
  }
  return total;
}

/** Class of the greatest responsibility of each point, from 0. */
export function likeliest({ data, width, count }: PointTable, mixture: Mixture): Uint8Array {
  const densities = densitiesOf(mixture);
  const labels = new Uint8Array(count);
  const x = new Float64Array(width);
  for (let r = 0; r < count; r++) {
    for (let f = 0; f < width; f++) x[f] = data[r * width + f]!;
    let most = -Infinity;
    for (let c = 0; c < densities.length; c++) {
      const log = densities[c]!(x);
      if (log > most) {
        most = log;
        labels[r] = c;
      }
    }
  }
  return labels;
}

/** ln(weight · normal density) of each class. */
function densitiesOf({ width, weights, means, covariances }: Mixture): ((x: Float64Array) => number)[] {
  return Array.from(weights, (weight, c) => {
    if (weight === 0) return () => -Infinity;
    const mean = means.slice(c * width, (c + 1) * width);
    const lower = cholesky(covariances.slice(c * width * width, (c + 1) * width * width), width);
    let norm = Math.log(weight) - (width / 2) * Math.log(2 * Math.PI);
    for (let i = 0; i < width; i++) norm -= Math.log(lower[i * width + i]!);
    const y = new Float64Array(width);
    return (x) => {
      let squares = 0;
      for (let i = 0; i < width; i++) {
        let v = x[i]! - mean[i]!;
        for (let j = 0; j < i; j++) v -= lower[i * width + j]! * y[j]!;
        y[i] = v / lower[i * width + i]!;
        squares += y[i]! * y[i]!;
      }
      return norm - squares / 2;
    };
  });
}

/** Lower triangle L with L·Lᵀ = A; a pivot that rounding took below the floor is held there. */
function cholesky(a: Float64Array, n: number): Float64Array {
  const l = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let s = a[i * n + j]!;
      for (let k = 0; k < j; k++) s -= l[i * n + k]! * l[j * n + k]!;
      l[i * n + j] = i === j ? Math.sqrt(Math.max(s, FLOOR)) : s / l[j * n + j]!;
    }
  return l;
}
