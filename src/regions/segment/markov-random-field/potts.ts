import { voxelCount, type Size3 } from '../../../core/geometry.ts';
import type { JobContext } from '../../../core/job-context.ts';
import type { KernelModule } from '../../../core/kernel-module.ts';
import { gridCut, type GridNetwork } from './grid-cut.ts';

/**
 * E(l) = Σₚ D(lₚ, p) + Σ w(p, q)·[lₚ ≠ l_q] over neighbours along the axes. Whole numbers, so that energies compare
 * exactly and minimum cuts are exact.
 */
export interface PottsProblem {
  readonly size: Size3;
  readonly classes: number;
  /** Cost of each class for each voxel: `data[l·count + p]`. */
  readonly data: Int32Array;
  /** For each axis the weight between a voxel and the next along it; 0 at the border. None below 0. */
  readonly weights: readonly [Int32Array, Int32Array, Int32Array];
}

export interface Labelling {
  /** Class of each voxel, from 0. */
  readonly labels: Uint8Array;
  readonly energy: number;
  /** Energy at the start and after each step; never rises. */
  readonly course: readonly number[];
}

const stepsOf = (size: Size3) => [1, size[0], size[0] * size[1]] as const;

export function pottsEnergy({ size, data, weights }: PottsProblem, labels: Uint8Array): number {
  const count = voxelCount(size);
  const steps = stepsOf(size);
  let energy = 0;
  for (let p = 0; p < count; p++) {
    energy += data[labels[p]! * count + p]!;
    for (let a = 0; a < 3; a++) {
      const w = weights[a]![p]!;
      if (w !== 0 && labels[p] !== labels[p + steps[a]!]) energy += w;
    }
  }
  return energy;
}

/** Each voxel in the class of least cost by itself: the start of every solver. */
export function cheapestLabels({ size, classes, data }: PottsProblem): Uint8Array {
  const count = voxelCount(size);
  return Uint8Array.from({ length: count }, (_, p) => {
    let best = 0;
    for (let l = 1; l < classes; l++) if (data[l * count + p]! < data[best * count + p]!) best = l;
    return best;
  });
}

/** The global optimum of two classes by one minimum cut. Source: Greig DM et al., J R Stat Soc B 1989;51:271. */
export function solveBinary(problem: PottsProblem, kernels: KernelModule | null): Labelling {
  const { size, data, weights } = problem;
  const count = voxelCount(size);
  const steps = stepsOf(size);
  const terminal = new Int32Array(count);
  const edges = new Int32Array(6 * count);
  for (let p = 0; p < count; p++) {
    terminal[p] = data[p]! - data[count + p]!; // the source keeps those for whom class 1 is cheaper
    for (let a = 0; a < 3; a++) {
      const w = weights[a]![p]!;
      if (w === 0) continue;
      edges[6 * p + 2 * a] = w;
      edges[6 * (p + steps[a]!) + 2 * a + 1] = w;
    }
  }
  const start = pottsEnergy(problem, cheapestLabels(problem));
  const { side: labels } = gridCut({ size, terminal, edges }, kernels);
  const energy = pottsEnergy(problem, labels);
  return { labels, energy, course: [start, energy] };
}

/**
 * Expansion moves: each class in turn takes all voxels whose change lowers the energy most, by one minimum cut each,
 * until a round of all classes changes nothing. Within twice the optimum for Potts energies.
 * Source: Boykov Y, Veksler O, Zabih R. IEEE Trans Pattern Anal Mach Intell 2001;23:1222.
 */
export function expandClasses(
  problem: PottsProblem,
  rounds: number,
  kernels: KernelModule | null,
  job: JobContext = {},
): Labelling {
  let labels = cheapestLabels(problem);
  let energy = pottsEnergy(problem, labels);
  const course = [energy];
  const { classes } = problem;
  for (let round = 0, unchanged = 0; round < rounds; round++)
    for (let alpha = 0; alpha < classes; alpha++) {
      job.checkCancelled?.();
      job.onProgress?.((round * classes + alpha) / (rounds * classes));
      const { side } = gridCut(expansionNetwork(problem, labels, alpha), kernels);
      const moved = labels.map((l, p) => (side[p] === 1 ? alpha : l));
      const lower = pottsEnergy(problem, moved);
      unchanged = lower < energy ? 0 : unchanged + 1;
      if (lower < energy) {
        labels = moved;
        energy = lower;
        course.push(energy);
      }
      if (unchanged >= classes) return { labels, energy, course };
    }
  return { labels, energy, course };
}

/**
 * The cut whose source side changes to `alpha`. A pair with energies A, B, C, D for (keep, keep), (keep, α),
 * (α, keep), (α, α) becomes A + (C − A)·xₚ + (D − C)·x_q + (B + C − A − D)·(1 − xₚ)·x_q.
 * Source: Kolmogorov V, Zabih R. IEEE Trans Pattern Anal Mach Intell 2004;26:147.
 */
function expansionNetwork(problem: PottsProblem, labels: Uint8Array, alpha: number): GridNetwork {
  const { size, data, weights } = problem;
  const count = voxelCount(size);
  const steps = stepsOf(size);
  const terminal = new Int32Array(count);
  const edges = new Int32Array(6 * count);
  for (let p = 0; p < count; p++) {
    terminal[p]! += data[labels[p]! * count + p]! - data[alpha * count + p]!;
    for (let axis = 0; axis < 3; axis++) {
      const w = weights[axis]![p]!;
      if (w === 0) continue;
      const q = p + steps[axis]!;
      const a = labels[p] === labels[q] ? 0 : w;
      const b = labels[p] === alpha ? 0 : w;
      const c = labels[q] === alpha ? 0 : w;
      terminal[p]! -= c - a;
      terminal[q]! += c;
      edges[6 * q + 2 * axis + 1] = b + c - a; // cut when q changes and p stays
    }
  }
  return { size, terminal, edges };
}

/**
 * Iterated conditional modes: voxel after voxel takes the class of least energy given its neighbours, and keeps its
 * own among equals, until a sweep changes nothing. Ends in a local optimum.
 * Source: Besag J. J R Stat Soc B 1986;48:259.
 */
export function iterateModes(problem: PottsProblem, sweeps: number, job: JobContext = {}): Labelling {
  const { size, classes, data, weights } = problem;
  const count = voxelCount(size);
  const steps = stepsOf(size);
  const labels = cheapestLabels(problem);
  const course = [pottsEnergy(problem, labels)];
  const cost = new Float64Array(classes);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    job.checkCancelled?.();
    job.onProgress?.(sweep / sweeps);
    let changed = 0;
    for (let p = 0; p < count; p++) {
      for (let l = 0; l < classes; l++) cost[l] = data[l * count + p]!;
      for (let a = 0; a < 3; a++) {
        const step = steps[a]!;
        // A neighbour of the same class saves its weight.
        const there = weights[a]![p]!;
        if (there !== 0) cost[labels[p + step]!]! -= there;
        const back = p >= step ? weights[a]![p - step]! : 0;
        if (back !== 0) cost[labels[p - step]!]! -= back;
      }
      let best = labels[p]!;
      for (let l = 0; l < classes; l++) if (cost[l]! < cost[best]!) best = l;
      if (best !== labels[p]) changed++;
      labels[p] = best;
    }
    if (changed === 0) break;
    course.push(pottsEnergy(problem, labels));
  }
  return { labels, energy: course.at(-1)!, course };
}
