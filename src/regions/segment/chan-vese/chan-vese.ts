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
 * The force of one voxel is held to (c₁ − c₂)², that of an image without noise.
 * Source: Chan TF, Vese LA. IEEE Trans Image Process 2001;10:266.
 * @param values brought to deviation 1, so that μ means the same in every image
 */
export function twoMeans(values: Values, options: TwoMeansOptions): TwoMeans {
  const { size, spacing, active, start, smoothness, steps, job } = options;
  let contour = new LevelSet(size, spacing, start);
  let state = energyOf(contour, values, active, smoothness);
  const course = [state.energy];
  const longest = 0.8 / (smoothness * contour.stiffness + 1e-9);
  let stride = 1;
  for (let s = 0; s < steps; s++) {
    job?.checkCancelled?.();
    job?.onProgress?.(s / steps);
    const speed = speeds(contour, values, active, state, smoothness);
    let fastest = 0;
    for (const v of speed) fastest = Math.max(fastest, Math.abs(v));
    if (fastest === 0) break;
    let taken = false;
    for (; stride > 1e-3; stride /= 2) {
      const moved = step(contour, speed, stride * Math.min(MOVE / fastest, longest));
      const next = moved.band.length === 0 ? null : energyOf(moved, values, active, smoothness);
      if (next === null || !(next.energy < state.energy)) continue;
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

function step(contour: LevelSet, speed: Float64Array, time: number): LevelSet {
  const phi = contour.phi.slice();
  for (let b = 0; b < speed.length; b++) {
    const p = contour.band[b]!;
    phi[p]! += time * speed[b]!;
    // What lies deep in the band keeps its side; the contour comes there in its own time.
    if (phi[p]! < 0 !== contour.phi[p]! < 0 && Math.abs(contour.phi[p]!) > 1.5 * MOVE)
      phi[p] = contour.phi[p]!;
  }
  return contour.movedTo(phi);
}

interface State {
  readonly energy: number;
  readonly inside: number;
  readonly outside: number;
}

/** Share of a voxel inside: a smooth step over |φ| < SOFT. */
const share = (phi: number): number =>
  phi <= -SOFT ? 1 : phi >= SOFT ? 0 : 0.5 * (1 - phi / SOFT - Math.sin((Math.PI * phi) / SOFT) / Math.PI);

/** Energy with the best means for this contour. */
function energyOf(contour: LevelSet, values: Values, active: Uint8Array, smoothness: number): State {
  const { phi, band } = contour;
  let [n, sum, squares] = [0, 0, 0];
  let [allN, allSum, allSquares] = [0, 0, 0];
  for (let i = 0; i < phi.length; i++) {
    if (active[i] === 0) continue;
    const v = values[i]!;
    allN++;
    allSum += v;
    allSquares += v * v;
    const h = share(phi[i]!);
    n += h;
    sum += h * v;
    squares += h * v * v;
  }
  const inside = n > 0 ? sum / n : 0;
  const outside = allN - n > 1e-9 ? (allSum - sum) / (allN - n) : 0;
  let length = 0;
  for (const p of band) {
    const v = phi[p]!;
    if (Math.abs(v) < SOFT) length += ((1 + Math.cos((Math.PI * v) / SOFT)) / (2 * SOFT)) * contour.slope(p);
  }
  const fit = squares - n * inside * inside + (allSquares - squares) - (allN - n) * outside * outside;
  return { energy: smoothness * length + fit, inside, outside };
}

/**
 * Speed of φ over the band. Noise in the forces of single voxels is evened out among neighbours, which keeps the
 * direction one of descent and the contour smooth enough to move far in a step (Sundaramoorthi G, Yezzi A, Mennucci
 * AC. Int J Comput Vis 2007;73:345).
 */
function speeds(
  contour: LevelSet,
  values: Values,
  active: Uint8Array,
  { inside, outside }: State,
  smoothness: number,
): Float64Array {
  const { band } = contour;
  const most = (inside - outside) ** 2;
  const raw = Float64Array.from(band, (p) => {
    const bend = smoothness * Math.max(-1, Math.min(1, contour.curvature(p)));
    if (active[p] === 0) return bend;
    const v = values[p]!;
    return bend + Math.max(-most, Math.min(most, (v - inside) ** 2 - (v - outside) ** 2));
  });
  return contour.evened(raw, EVENINGS);
}
