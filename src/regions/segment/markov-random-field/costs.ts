import type { Size3, Vec3 } from '../../../core/geometry.ts';
import { leastContrast } from '../class-contrast.ts';
import type { SegmentationInput } from '../method.ts';
import { Unsegmentable } from '../reasons.ts';
import type { PottsProblem } from './potts.ts';

/** Energies are whole numbers of 1/1024 of a natural unit of information. */
export const UNIT = 1024;

/** No data cost goes beyond this many units; a stroke weighs more than all neighbours together. */
const MOST = 2 ** 20;
const STROKE = 2 ** 28;

/** Normal distribution of the intensities of each class. */
export interface ClassIntensities {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/** Fewest marked voxels of a class. */
const LEAST = 2;

/**
 * Mean and deviation of each class over the voxels that carry its number (from 1). Deviations below a hundredth of the
 * whole spread are held there, so that strokes on one value do not exclude its neighbours.
 * @throws Unsegmentable `flat_image`, `few_marks`
 */
export function classIntensities(
  input: SegmentationInput,
  marks: Uint8Array,
  classes: number,
): ClassIntensities {
  const n = new Float64Array(classes + 1);
  const sum = new Float64Array(classes + 1);
  const squares = new Float64Array(classes + 1);
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < marks.length; i++) {
    if (input.active[i] === 0) continue;
    const v = input.values[i]!;
    low = Math.min(low, v);
    high = Math.max(high, v);
    n[marks[i]!]!++;
    sum[marks[i]!]! += v;
  }
  if (!(high > low)) throw new Unsegmentable('flat_image');
  for (let c = 1; c <= classes; c++)
    if (n[c]! < LEAST) throw new Unsegmentable('few_marks', { class: c, marks: n[c]!, least: LEAST });
  const mean = sum.map((s, c) => s / n[c]!);
  for (let i = 0; i < marks.length; i++)
    if (input.active[i] === 1) squares[marks[i]!]! += (input.values[i]! - mean[marks[i]!]!) ** 2;
  return {
    mean: Array.from(mean.subarray(1)),
    deviation: Array.from({ length: classes }, (_, c) =>
      Math.max(Math.sqrt(squares[c + 1]! / n[c + 1]!), 0.01 * (high - low)),
    ),
  };
}

/** Deviations of the noise that a voxel of the other class may lie off before it is believed on its own. */
const BELIEVED = 3.5;

/**
 * The smoothness that the noise asks for: β such that the borders of one voxel cost as much as its intensity can say
 * against them by noise alone. Between classes c deviations apart ln N(x; μ₁, σ) − ln N(x; μ₂, σ) is itself normal, with
 * mean −c²/2 and deviation c, so it exceeds w·β, w the weight of all borders of a voxel, by BELIEVED deviations or more
 * only where w·β < c·(BELIEVED − c/2), which is largest at c = BELIEVED; beyond, the price stays. A fixed β takes thin and
 * small things away in strong noise, whose voxels say less.
 * c: of the two classes that differ least, over the root mean square of their deviations.
 */
export function betaForNoise({ mean, deviation }: ClassIntensities, size: Size3, spacing: Vec3): number {
  const contrast = Math.min(BELIEVED, leastContrast(mean, deviation));
  const finest = Math.min(...spacing);
  let borders = 0;
  for (const axis of [0, 1, 2] as const) if (size[axis] > 1) borders += (2 * finest) / spacing[axis];
  return (contrast * (BELIEVED - contrast / 2)) / borders;
}

/**
 * D(l, p) = −ln N(xₚ; μₗ, σₗ), and weights β at every border of classes (`potts`), or β·exp(−Δ²/2σ²) with σ² the mean
 * square of the differences of neighbours (`contrast`, Boykov & Jolly 2001); both fall with the distance of the voxels.
 */
export function pottsProblem(
  { size, spacing, values, active, scribbles }: SegmentationInput,
  { mean, deviation }: ClassIntensities,
  beta: number,
  edges: 'potts' | 'contrast',
): PottsProblem {
  const count = values.length;
  const classes = mean.length;
  const data = new Int32Array(classes * count);
  for (let l = 0; l < classes; l++) {
    const norm = Math.log(deviation[l]! * Math.sqrt(2 * Math.PI));
    for (let p = 0; p < count; p++) {
      if (active[p] === 0) continue;
      const z = (values[p]! - mean[l]!) / deviation[l]!;
      const mark = scribbles?.[p] ?? 0;
      data[l * count + p] =
        mark > 0 ? (mark === l + 1 ? 0 : STROKE) : Math.min(MOST, Math.round(UNIT * (norm + (z * z) / 2)));
    }
  }
  const steps = [1, size[0], size[0] * size[1]];
  const finest = Math.min(...spacing);
  const joined = (p: number, axis: number) => active[p] === 1 && active[p + steps[axis]!] === 1;
  const scale = edges === 'contrast' ? 1 / (2 * meanSquareDifference(values, size, steps, joined)) : 0;
  const weights = ([0, 1, 2] as const).map((axis) => {
    const w = new Int32Array(count);
    forPairs(size, axis, (p) => {
      if (!joined(p, axis)) return;
      const d = values[p]! - values[p + steps[axis]!]!;
      w[p] = Math.round(((UNIT * beta * finest) / spacing[axis]) * Math.exp(-d * d * scale));
    });
    return w;
  });
  return { size, classes, data, weights: weights as unknown as PottsProblem['weights'] };
}

/** Every voxel that has a next one along the axis. */
function forPairs(size: SegmentationInput['size'], axis: 0 | 1 | 2, visit: (p: number) => void): void {
  const ends = size.map((n, a) => (a === axis ? n - 1 : n));
  for (let z = 0; z < ends[2]!; z++)
    for (let y = 0; y < ends[1]!; y++)
      for (let x = 0; x < ends[0]!; x++) visit(x + size[0] * (y + size[1] * z));
}

function meanSquareDifference(
  values: SegmentationInput['values'],
  size: SegmentationInput['size'],
  steps: readonly number[],
  joined: (p: number, axis: number) => boolean,
): number {
  let sum = 0;
  let pairs = 0;
  for (const axis of [0, 1, 2] as const)
    forPairs(size, axis, (p) => {
      if (!joined(p, axis)) return;
      sum += (values[p]! - values[p + steps[axis]!]!) ** 2;
      pairs++;
    });
  return pairs > 0 && sum > 0 ? sum / pairs : 1;
}
