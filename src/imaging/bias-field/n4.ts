import type { Size3 } from '../../core/geometry.ts';
import type { JobContext } from '../../core/job-context.ts';
import type { VolumeData } from '../../core/volume.ts';
import { sharpened, type Sharpening } from './sharpen.ts';
import {
  emptyLattice,
  fitLattice,
  latticeValues,
  ownPlaces,
  type Places,
  type SplineLattice,
} from './spline-lattice.ts';

export interface N4Settings extends Sharpening {
  readonly levels: number;
  /** Most rounds a level; the first may take four times as many. */
  readonly rounds: number;
  /** A level ends when the coefficient of variation of what a round changed is below this, the first at a tenth of it. */
  readonly convergence: number;
  /** Every n-th voxel an axis takes part in the search. */
  readonly shrink: number;
  /** Spans of the first level, an axis; each further level has twice as many. */
  readonly elements: number;
}

export interface N4Result {
  /** The field, multiplicative, on the whole grid; its geometric mean over the mask is 1. */
  readonly field: Float32Array;
  /** Rounds of each level, and the last change. */
  readonly rounds: readonly number[];
  readonly change: number;
}

/**
 * The first level goes on for more rounds, and until a round changes less. Where a strong field blurs all tissues into one
 * peak, its sharpening begins with very small changes; a level that ends there leaves the field to finer lattices, which
 * take up anatomy with it. Its few control points cannot do that, so the patience costs nothing but time.
 */
const FIRST_LEVEL = { rounds: 4, strictness: 10 };

/**
 * The smooth multiplicative field of an image (N4: Tustison et al. 2010, on Sled et al. 1998): with v the logarithm of the
 * image and f that of the field, f ← f + S{v − f − E[u | v − f]}, where E comes from a sharpened histogram and S is an
 * approximation by cubic B-splines (Lee et al. 1997), on lattices that grow finer from level to level.
 * The scale of the field is not determined by the image: its geometric mean over the mask is set to 1.
 * @param values intensities; those of the mask must be positive
 * @param mask 1 where the field is estimated from
 * @returns null when the voxels of the mask are too few (27) or all equal
 */
export function biasField(
  values: VolumeData,
  mask: Uint8Array,
  size: Size3,
  settings: N4Settings,
  job: JobContext = {},
): N4Result | null {
  const coarse = coarseGrid(values, mask, size, settings.shrink);
  if (coarse.count < 27) return null;
  const lattices: SplineLattice[] = [];
  const rounds: number[] = [];
  const field = new Float64Array(coarse.logs.length);
  let change = 0;
  for (let level = 0; level < settings.levels; level++) {
    const spans = settings.elements * 2 ** level;
    // A lattice has no more spans than voxels to tell them apart.
    const elements = coarse.size.map((n) => Math.max(1, Math.min(spans, n - 1))) as [number, number, number];
    const lattice = emptyLattice(elements);
    lattices.push(lattice);
    const first = level === 0;
    const most = settings.rounds * (first ? FIRST_LEVEL.rounds : 1);
    const small = settings.convergence / (first ? FIRST_LEVEL.strictness : 1);
    let round = 0;
    while (round < most) {
      job.checkCancelled?.();
      const residual = coarse.logs.map((v, i) => (coarse.mask[i] === 0 ? 0 : v - field[i]!));
      const expected = sharpened(residual, coarse.mask, settings);
      if (expected === null) return round === 0 && first ? null : finish();
      for (let i = 0; i < residual.length; i++) residual[i] = residual[i]! - expected[i]!;
      const step = fitLattice(residual, coarse.mask, coarse.size, elements, coarse.places);
      for (let c = 0; c < step.control.length; c++) lattice.control[c]! += step.control[c]!;
      const moved = latticeValues(step, coarse.size, coarse.places);
      change = variation(moved, coarse.mask);
      for (let i = 0; i < field.length; i++) field[i]! += moved[i]!;
      round++;
      job.onProgress?.((0.9 * (level + round / most)) / settings.levels);
      if (change < small) break;
    }
    rounds.push(round);
  }
  return finish();

  function finish(): N4Result {
    return { field: wholeField(lattices, values, mask, size), rounds, change };
  }
}

interface CoarseGrid {
  readonly size: Size3;
  readonly places: Places;
  readonly logs: Float64Array;
  readonly mask: Float64Array;
  readonly count: number;
}

/** Every n-th voxel, around the middle; logarithms inside the mask. An axis keeps at least eight of its voxels. */
function coarseGrid(values: VolumeData, mask: Uint8Array, size: Size3, shrink: number): CoarseGrid {
  const steps = size.map((n) => Math.max(1, Math.min(shrink, Math.floor(n / 8))));
  const small = size.map((n, a) => Math.ceil(n / steps[a]!)) as [number, number, number];
  const start = size.map((n, a) => (n - 1 - (small[a]! - 1) * steps[a]!) >> 1);
  const total = small[0] * small[1] * small[2];
  const logs = new Float64Array(total);
  const inside = new Float64Array(total);
  let count = 0;
  for (let k = 0, at = 0; k < small[2]; k++) {
    for (let j = 0; j < small[1]; j++) {
      const row = size[0] * (start[1]! + j * steps[1]! + size[1] * (start[2]! + k * steps[2]!));
      for (let i = 0; i < small[0]; i++, at++) {
        const from = row + start[0]! + i * steps[0]!;
        if (mask[from] === 0 || !(values[from]! > 0)) continue;
        logs[at] = Math.log(values[from]!);
        inside[at] = 1;
        count++;
      }
    }
  }
  const own = ownPlaces(size);
  const place = (a: 0 | 1 | 2) => (i: number) => own[a](start[a]! + i * steps[a]!);
  return { size: small, places: [place(0), place(1), place(2)], logs, mask: inside, count };
}

/** Standard deviation of exp(change) over its mean, in the mask. */
function variation(moved: Float64Array, mask: Float64Array): number {
  let [n, mean, squares] = [0, 0, 0];
  for (let i = 0; i < moved.length; i++) {
    if (mask[i] === 0) continue;
    const x = Math.exp(moved[i]!);
    n++;
    const d = x - mean;
    mean += d / n;
    squares += d * (x - mean);
  }
  return n > 1 ? Math.sqrt(squares / (n - 1)) / mean : 0;
}

function wholeField(
  lattices: readonly SplineLattice[],
  values: VolumeData,
  mask: Uint8Array,
  size: Size3,
): Float32Array {
  const plane = size[0] * size[1];
  const logs = new Float32Array(plane * size[2]);
  const own = ownPlaces(size);
  // One slice at a time, so that float64 never holds the whole image.
  for (let k = 0; k < size[2]; k++) {
    for (const lattice of lattices) {
      const part = latticeValues(lattice, [size[0], size[1], 1], [own[0], own[1], () => own[2](k)]);
      for (let i = 0; i < plane; i++) logs[k * plane + i]! += part[i]!;
    }
  }
  let [sum, n] = [0, 0];
  for (let i = 0; i < logs.length; i++) {
    if (mask[i] === 0 || !(values[i]! > 0)) continue;
    sum += logs[i]!;
    n++;
  }
  const mean = n > 0 ? sum / n : 0;
  for (let i = 0; i < logs.length; i++) logs[i] = Math.exp(logs[i]! - mean);
  return logs;
}
