import type { Size3, Vec3 } from '../../../core/geometry.ts';

/**
 * Distance to a set of tapered tubes (ribs, vessels, bronchi), held as one number a voxel: millimetres below the
 * nearest surface, negative outside, `-Infinity` far away. Overlapping pieces of one tree join without seams.
 */
export class TubeField {
  readonly depth: Float32Array;
  readonly #size: Size3;
  readonly #spacing: Vec3;
  readonly #origin: Vec3;
  readonly #margin: number;

  /** @param margin how far outside the surface, mm, distances are still wanted. */
  constructor(size: Size3, spacing: Vec3, origin: Vec3, margin: number) {
    this.depth = new Float32Array(size[0] * size[1] * size[2]).fill(-Infinity);
    this.#size = size;
    this.#spacing = spacing;
    this.#origin = origin;
    this.#margin = margin;
  }

  /** Adds a straight tube from `a` to `b` whose radius goes from `ra` to `rb`, with round ends. */
  add(a: Vec3, b: Vec3, ra: number, rb: number): void {
    const reach = Math.max(ra, rb) + this.#margin;
    const [x0, x1] = this.#range(0, a, b, reach);
    const [y0, y1] = this.#range(1, a, b, reach);
    const [z0, z1] = this.#range(2, a, b, reach);
    const [ex, ey, ez] = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
    const inverse = 1 / Math.max(ex * ex + ey * ey + ez * ez, 1e-9);
    const [sx, sy, sz] = this.#spacing;
    for (let k = z0; k <= z1; k++) {
      const pz = this.#origin[2] + k * sz - a[2];
      for (let j = y0; j <= y1; j++) {
        const py = this.#origin[1] + j * sy - a[1];
        const row = this.#size[0] * (j + this.#size[1] * k);
        for (let i = x0; i <= x1; i++) {
          const px = this.#origin[0] + i * sx - a[0];
          const t = Math.min(1, Math.max(0, (px * ex + py * ey + pz * ez) * inverse));
          const dx = px - t * ex;
          const dy = py - t * ey;
          const dz = pz - t * ez;
          const depth = ra + t * (rb - ra) - Math.sqrt(dx * dx + dy * dy + dz * dz);
          if (depth > this.depth[row + i]! && depth > -this.#margin) this.depth[row + i] = depth;
        }
      }
    }
  }

  /** Adds a chain of tubes through the points, radius linear from first to last. */
  addChain(points: readonly Vec3[], first: number, last: number): void {
    const pieces = points.length - 1;
    for (let n = 0; n < pieces; n++) {
      const at = (share: number) => first + (last - first) * share;
      this.add(points[n]!, points[n + 1]!, at(n / pieces), at((n + 1) / pieces));
    }
  }

  #range(axis: 0 | 1 | 2, a: Vec3, b: Vec3, reach: number): [number, number] {
    const to = (mm: number) => (mm - this.#origin[axis]) / this.#spacing[axis];
    return [
      Math.max(0, Math.ceil(to(Math.min(a[axis], b[axis]) - reach))),
      Math.min(this.#size[axis] - 1, Math.floor(to(Math.max(a[axis], b[axis]) + reach))),
    ];
  }
}
