import type { Size3, Vec3 } from '../../../core/geometry.ts';
import type { JobContext } from '../../../core/job-context.ts';
import { LevelSet } from '../level-set.ts';
import type { Values } from '../method.ts';

export interface TwoMeans {
  readonly mask: Uint8Array;
  /** Means inside and outside, in the units of `values`. */
  readonly inside: number;
  readonly outside: number;
  /** Energy at the start and after each step; never rises. */
  readonly course: readonly number[];
}

export interface TwoMeansOptions {
  readonly size: Size3;
  readonly spacing: Vec3;
  readonly active: Uint8Array;
  readonly start: Uint8Array;
  /** Price of the contour's length (area in 3-D) against the squares, μ. */
  readonly smoothness: number;
  readonly steps: number;
  readonly job?: JobContext;
}

/** Half width of the soft step of φ at the contour, in voxel edges. */
const SOFT = 1.5;

/** How often the speed is averaged with that of the neighbours. */
const EVENINGS = 4;

/** Largest move of the contour in a step, voxel edges. */
const MOVE = 0.5;

/**
 * The contour with the least E = μ·length + Σ inside (I − c₁)² + Σ outside (I − c₂)², c₁ and c₂ the means of the two
 * sides, by steps of φₜ = |∇φ|·(μκ + (I − c₁)² − (I − c₂)²) in a band. A step, with the band brought back to distances,
 * is taken only when the energy does not rise; else it is halved; when no step lowers it, the contour has settled.
 * The force is held to (c₁ − c₂)², that of an image without noise, once it is evened out among neighbours.
 * Source: Chan TF, Vese LA. IEEE Trans Image Process 2001;10:266.
 * @param values brought to deviation 1, so that μ means the same in every image
 */
export function twoMeans(values: Values, options: TwoMeansOptions): TwoMeans {
  const { size, spacing, active, start, smoothness, steps, job } = options;
  let contour = new LevelSet(size, spacing, start);
  const image = { values, active, smoothness, whole: sumsOf(values, active, () => 1) };
  let state = energyOf(
    contour,
    image,
    sumsOf(values, active, (i) => Number(contour.phi[i]! < 0)),
  );
  const course = [state.energy];
  const longest = 0.8 / (smoothness * contour.stiffness + 1e-9);
  let stride = 1;
  for (let s = 0; s < steps; s++) {
    job?.checkCancelled?.();
    job?.onProgress?.(s / steps);
    const speed = speeds(contour, image, state);
    let fastest = 0;
    for (let b = 0; b < speed.length; b++) fastest = Math.max(fastest, Math.abs(speed[b]!));
    if (fastest === 0) break;
    let taken = false;
    for (; stride > 1e-3; stride /= 2) {
      const moved = step(contour, speed, stride * Math.min(MOVE / fastest, longest));
      const next =
        moved.band.length === 0
          ? null
          : energyOf(moved, image, insideAfter(contour, moved, image, state.hard));
      if (next === null || !(next.energy < state.energy)) {
        contour.settle(moved);
        continue;
      }
      moved.settle(contour);
      contour = moved;
      state = next;
      course.push(next.energy);
      taken = true;
      break;
    }
    if (!taken) break;
    const gain = 1 - course.at(-1)! / course.at(-2)!;
    if (gain < 1e-7) break;
    stride = Math.min(1, 2 * stride);
  }
  const mask = contour.mask();
  for (let i = 0; i < mask.length; i++) mask[i]! &= active[i]!;
  return { mask, inside: state.inside, outside: state.outside, course };
}

/** What lies deep in the band keeps its side; the contour comes there in its own time. */
const step = (contour: LevelSet, speed: Float64Array, time: number): LevelSet =>
  contour.moved((phi, b) => {
    const next = phi + time * speed[b]!;
    return next < 0 !== phi < 0 && Math.abs(phi) > 1.5 * MOVE ? phi : next;
  });

interface Image {
  readonly values: Values;
  readonly active: Uint8Array;
  readonly smoothness: number;
  /** Of all active voxels. */
  readonly whole: Sums;
}

/** Count, Σ I and Σ I² of some voxels. */
interface Sums {
  readonly n: number;
  readonly sum: number;
  readonly squares: number;
}

function sumsOf(values: Values, active: Uint8Array, weight: (i: number) => number): Sums {
  let n = 0;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    if (active[i] === 0 || weight(i) === 0) continue;
    n++;
    sum += values[i]!;
    squares += values[i]! * values[i]!;
  }
  return { n, sum, squares };
}

/** Sums of the voxels inside a contour, from those of the one before: only its band can have changed sides. */
function insideAfter(before: LevelSet, after: LevelSet, { values, active }: Image, hard: Sums): Sums {
  const { band } = before;
  let { n, sum, squares } = hard;
  for (let b = 0; b < band.length; b++) {
    const p = band[b]!;
    const inside = after.phi[p]! < 0;
    if (active[p] === 0 || inside === before.phi[p]! < 0) continue;
    const by = inside ? 1 : -1;
    const v = values[p]!;
    n += by;
    sum += by * v;
    squares += by * v * v;
  }
  return { n, sum, squares };
}

interface State {
  readonly energy: number;
  readonly inside: number;
  readonly outside: number;
  /** Of the voxels inside, none of them in part. */
  readonly hard: Sums;
}

/**
 * Energy with the best means for this contour. A voxel counts inside by a smooth step over |φ| < SOFT, which differs from
 * its side only there.
 */
function energyOf(contour: LevelSet, { values, active, smoothness, whole }: Image, hard: Sums): State {
  const { phi, band } = contour;
  let { n, sum, squares } = hard;
  let length = 0;
  for (let b = 0; b < band.length; b++) {
    const p = band[b]!;
    const v = phi[p]!;
    if (v <= -SOFT || v >= SOFT) continue;
    const angle = (Math.PI * v) / SOFT;
    length += ((1 + Math.cos(angle)) / (2 * SOFT)) * contour.slope(p);
    if (active[p] === 0) continue;
    const part = 0.5 * (1 - v / SOFT - Math.sin(angle) / Math.PI) - (v < 0 ? 1 : 0);
    const i = values[p]!;
    n += part;
    sum += part * i;
    squares += part * i * i;
  }
  const inside = n > 1e-9 ? sum / n : 0;
  const left = whole.n - n;
  const outside = left > 1e-9 ? (whole.sum - sum) / left : 0;
  const fit = squares - n * inside * inside + (whole.squares - squares) - left * outside * outside;
  return { energy: smoothness * length + fit, inside, outside, hard };
}

/**
 * Speed of φ over the band. Noise in the forces of single voxels is evened out among neighbours, which keeps the
 * direction one of descent and the contour smooth enough to move far in a step (Sundaramoorthi G, Yezzi A, Mennucci
 * AC. Int J Comput Vis 2007;73:345). What is left is held to the force of an image without noise: not before, since
 * forces of single voxels lie skew about it, and holding them would pull a contour in strong noise to one side.
 */
function speeds(
  contour: LevelSet,
  { values, active, smoothness }: Image,
  { inside, outside }: State,
): Float64Array {
  const { band } = contour;
  const most = (inside - outside) ** 2 + smoothness;
  const raw = new Float64Array(band.length);
  for (let b = 0; b < band.length; b++) {
    const p = band[b]!;
    const bend = smoothness * Math.max(-1, Math.min(1, contour.curvature(p)));
    const v = values[p]!;
    raw[b] = active[p] === 0 ? bend : bend + (v - inside) ** 2 - (v - outside) ** 2;
  }
  return contour.evened(raw, EVENINGS).map((v) => Math.max(-most, Math.min(most, v)));
}
