import type { Size3, Vec3 } from '../../../core/geometry.ts';
import type { JobContext } from '../../../core/job-context.ts';
import { LevelSet } from '../level-set.ts';
import type { Values } from '../method.ts';

export interface GeodesicOptions {
  readonly size: Size3;
  readonly spacing: Vec3;
  readonly start: Uint8Array | Float64Array;
  /** g: near 1 where the image is even, near 0 at its edges. */
  readonly stop: Values;
  /** ν: pushes the contour outwards (above 0) or inwards where no edge holds it. */
  readonly balloon: number;
  /** Weight of the bending against the other two. */
  readonly smoothness: number;
  readonly steps: number;
  /** Ends at this time, in squares of the smallest voxel edge. */
  readonly until?: number;
  readonly job?: JobContext;
}

export interface GeodesicResult {
  readonly contour: LevelSet;
  /** Volume inside after each step, voxels. */
  readonly course: readonly number[];
  /** True when it came to rest before the last step. */
  readonly settled: boolean;
}

/** At rest when the volume stays within this share over REST steps. */
const REST = 15;
const STILL = 5e-4;

/**
 * Geodesic active contour: φₜ = g·κ·|∇φ| + ∇g·∇φ − ν·g·|∇φ|, forward in time, central differences for the bending and
 * upwind ones for the rest. With g = 1 and ν = 0 it is the flow by curvature, by which a circle shrinks as
 * r(t) = √(r₀² − 2t) and a sphere as √(r₀² − 4t).
 * Source: Caselles V, Kimmel R, Sapiro G. Int J Comput Vis 1997;22:61.
 */
export function geodesicFlow(options: GeodesicOptions): GeodesicResult {
  const { size, spacing, start, stop, balloon, smoothness, steps, until = Infinity, job } = options;
  const contour = new LevelSet(size, spacing, start.slice());
  const bending = contour.stiffness;
  const course = [contour.volume()];
  let time = 0;
  for (let s = 0; s < steps && time < until; s++) {
    job?.checkCancelled?.();
    job?.onProgress?.(s / steps);
    const speed = new Float64Array(contour.band.length);
    let drift = 0;
    for (let b = 0; b < speed.length; b++) {
      const p = contour.band[b]!;
      const g = stop[p]!;
      const pull = advection(contour, stop, p);
      drift = Math.max(drift, pull.size);
      speed[b] =
        smoothness * g * contour.curvature(p) +
        pull.change -
        (balloon === 0 ? 0 : balloon * g * contour.upwind(p, balloon));
    }
    const largest = 0.8 / (smoothness * bending + drift + contour.dimensions * Math.abs(balloon) + 1e-9);
    const dt = Math.min(largest, until - time);
    time += dt;
    for (let b = 0; b < speed.length; b++) contour.phi[contour.band[b]!]! += dt * speed[b]!;
    contour.redistance();
    if (contour.band.length === 0) return { contour, course, settled: true };
    course.push(contour.volume());
    const before = course[course.length - 1 - REST];
    if (until === Infinity && before !== undefined && Math.abs(course.at(-1)! - before) < STILL * before)
      return { contour, course, settled: true };
  }
  return { contour, course, settled: false };
}

/** ∇g·∇φ, upwind, and the sum of the speeds along the axes, for the length of a step. */
function advection(contour: LevelSet, stop: Values, p: number): { change: number; size: number } {
  const { phi, edges } = contour;
  const n = contour.around(p);
  let change = 0;
  let size = 0;
  for (let a = 0; a < 3; a++) {
    const [l, r] = [n[2 * a]!, n[2 * a + 1]!];
    const slope = (stop[r]! - stop[l]!) / (2 * edges[a]!);
    // The front moves by −∇g: where g falls to the right, information comes from the left.
    change += slope * (slope < 0 ? phi[p]! - phi[l]! : phi[r]! - phi[p]!) * (1 / edges[a]!);
    size += Math.abs(slope) / edges[a]!;
  }
  return { change, size };
}
