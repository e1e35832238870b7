import type { Size3, Vec3 } from '../../core/geometry.ts';
import { smooth } from './smooth.ts';

/** φ is kept as a distance this far from the contour, in units of the smallest voxel edge; beyond it stays at ±FAR. */
const LAYERS = 3;
const FAR = LAYERS + 2;

/**
 * A contour as the zero of φ: below 0 inside. Only a band of voxels around it is kept up to date (Adalsteinsson D,
 * Sethian JA, J Comput Phys 1995;118:269). Lengths are in units of the smallest edge of a voxel.
 */
export class LevelSet {
  readonly phi: Float64Array;
  /** Voxels of the band, those next to the contour first. */
  band: Int32Array;
  /** Edges of a voxel along the axes that have more than one voxel. */
  readonly edges: Vec3;
  readonly #around = new Int32Array(6);
  /** The third axis is left out where the lattice is one slice. */
  readonly #axes: 2 | 3;
  readonly #shared: Shared;

  constructor(
    readonly size: Size3,
    spacing: Vec3,
    inside: Uint8Array | Float64Array,
    band: Int32Array = new Int32Array(0),
    shared?: Shared,
  ) {
    const axes = ([0, 1, 2] as const).filter((a) => size[a] > 1);
    const finest = Math.min(...axes.map((a) => spacing[a]));
    this.edges = [spacing[0] / finest, spacing[1] / finest, spacing[2] / finest];
    this.phi = inside instanceof Float64Array ? inside : softened(size, this.edges, inside);
    this.#shared = shared ?? sharedOf(size);
    this.band = band;
    this.#axes = size[2] > 1 ? 3 : 2;
    this.redistance();
    if (inside instanceof Uint8Array) this.redistance(); // once more, since the first slopes were those of steps
  }

  /**
   * Where the contour goes when φ of each band voxel changes as `next` says; this one stays as it is. Give back with
   * {@link settle} whichever of the two is not kept: they differ near the contour alone, so no step copies the image.
   */
  moved(next: (phi: number, at: number) => number): LevelSet {
    const { band, phi } = this;
    const spare = this.#shared.spare ?? phi.slice();
    this.#shared.spare = null;
    for (let b = 0; b < band.length; b++) spare[band[b]!] = next(phi[band[b]!]!, b);
    return new LevelSet(this.size, this.edges, spare, band, this.#shared);
  }

  /** Takes the arrays of another contour of this lattice, which is not used any more, for the next one. */
  settle(other: LevelSet): void {
    for (const { band } of [this, other])
      for (let b = 0; b < band.length; b++) other.phi[band[b]!] = this.phi[band[b]!]!;
    this.#shared.spare = other.phi;
  }

  /** Σ 2/h² over the axes: a step in time longer than its inverse makes bending unstable. */
  get stiffness(): number {
    return this.edges.reduce((s, h, a) => s + (this.size[a]! > 1 ? 2 / (h * h) : 0), 0);
  }

  /** Axes along which there is more than one voxel. */
  get dimensions(): number {
    return this.size.filter((n) => n > 1).length;
  }

  /** Neighbours of a voxel at −x +x −y +y −z +z; at the border the voxel itself. The array is used again. */
  around(p: number): Int32Array {
    const { inner, steps } = this.#shared;
    const n = this.#around;
    const bits = inner[p]!;
    for (let d = 0; d < 6; d++) n[d] = bits & (1 << d) ? p + steps[d]! : p;
    return n;
  }

  /**
   * Makes φ the distance from its own zero again, in the band: by its slope beside the contour, by the upwind scheme of the eikonal equation farther out.
   */
  redistance(): void {
    const { phi } = this;
    const old = this.band;
    const near = this.#besideContour(old);
    const distance = this.#shared.distance;
    for (let b = 0; b < near; b++) distance[b] = this.#crossing(this.#shared.queue[b]!);
    const band = (this.band = this.#spread(near));
    if (old.length > 0) for (let b = 0; b < old.length; b++) phi[old[b]!] = phi[old[b]!]! < 0 ? -FAR : FAR;
    else for (let p = 0; p < phi.length; p++) phi[p] = phi[p]! < 0 ? -FAR : FAR;
    for (let b = 0; b < near; b++) phi[band[b]!] = phi[band[b]!]! < 0 ? -distance[b]! : distance[b]!;
    for (let b = near; b < band.length; b++) this.#eikonal(band[b]!);
    for (let b = band.length - 1; b >= near; b--) this.#eikonal(band[b]!);
  }

  /** Voxels with a neighbour on the other side, put first in the queue; how many. */
  #besideContour(band: Int32Array): number {
    const { phi } = this;
    const { inner, steps, queue } = this.#shared;
    const all = band.length === 0;
    const count = all ? phi.length : band.length;
    let found = 0;
    for (let b = 0; b < count; b++) {
      const p = all ? b : band[b]!;
      const inside = phi[p]! < 0;
      const bits = inner[p]!;
      for (let d = 0; d < 6; d++) {
        if ((bits & (1 << d)) === 0 || phi[p + steps[d]!]! < 0 === inside) continue;
        queue[found++] = p;
        break;
      }
    }
    return found;
  }

  /** The band: the first `near` of the queue, and what lies up to LAYERS from them. */
  #spread(near: number): Int32Array {
    const { inner, steps, queue, scratch: layer } = this.#shared;
    let found = near;
    for (let at = 0; at < near; at++) layer[queue[at]!] = 1;
    for (let at = 0; at < found; at++) {
      const p = queue[at]!;
      const next = layer[p]! + 1;
      if (next > LAYERS) break; // they lie in the queue layer by layer
      const bits = inner[p]!;
      for (let d = 0; d < 6; d++) {
        if ((bits & (1 << d)) === 0) continue;
        const q = p + steps[d]!;
        if (layer[q] !== 0) continue;
        layer[q] = next;
        queue[found++] = q;
      }
    }
    const band = queue.slice(0, found);
    for (let b = 0; b < found; b++) layer[band[b]!] = 0;
    return band;
  }

  /**
   * Distance of a voxel beside the contour: |φ| as it is where its slope is near 1, so that the contour does not move;
   * else over the slope, the greater of the central and the steepest one-sided one (Russo G, Smereka P, J Comput Phys
   * 2000;163:51).
   */
  #crossing(p: number): number {
    const { phi, edges } = this;
    const v = phi[p]!;
    const central = this.slope(p);
    if (central > 0.8 && central < 1.25) return Math.abs(v);
    const n = this.around(p);
    let steepest = 0;
    for (let d = 0; d < 6; d++) steepest = Math.max(steepest, Math.abs(phi[n[d]!]! - v) / edges[d >> 1]!);
    return Math.abs(v) / Math.max(steepest, central, 1e-12);
  }

  /**
   * Solves |∇d| = 1 at a voxel with one-sided differences of second order where two voxels lie upwind, else of first
   * (Sethian JA, SIAM Rev 1999;41:199); a voxel on the other side of the contour counts with its sign.
   */
  #eikonal(p: number): void {
    const { phi, edges } = this;
    const { inner, steps } = this.#shared;
    const sign = phi[p]! < 0 ? -1 : 1;
    const bits = inner[p]!;
    // Along each axis the lesser neighbour, what the difference starts from, and its weight;
    let n0 = Infinity;
    let n1 = Infinity;
    let n2 = Infinity;
    let a0 = 0;
    let a1 = 0;
    let a2 = 0;
    let w0 = 0;
    let w1 = 0;
    let w2 = 0;
    for (let a = 0; a < this.#axes; a++) {
      const left = bits & (1 << (2 * a)) ? sign * phi[p + steps[2 * a]!]! : Infinity;
      const right = bits & (2 << (2 * a)) ? sign * phi[p + steps[2 * a + 1]!]! : Infinity;
      const near = left <= right ? left : right;
      if (near === Infinity) continue;
      const d = left <= right ? 2 * a : 2 * a + 1;
      const q = p + steps[d]!;
      const far = inner[q]! & (1 << d) ? sign * phi[q + steps[d]!]! : Infinity;
      let w = 1 / (edges[a]! * edges[a]!);
      let at = near;
      if (far <= near) {
        at = (4 * near - far) / 3;
        w *= 2.25;
      }
      // Kept in rising order of the neighbour.
      if (near < n1) {
        n2 = n1;
        a2 = a1;
        w2 = w1;
        if (near < n0) {
          n1 = n0;
          a1 = a0;
          w1 = w0;
          n0 = near;
          a0 = at;
          w0 = w;
        } else {
          n1 = near;
          a1 = at;
          w1 = w;
        }
      } else {
        n2 = near;
        a2 = at;
        w2 = w;
      }
    }
    if (n0 === Infinity) return;
    let solution = a0 + 1 / Math.sqrt(w0);
    if (solution > n1) {
      const s0 = w0 + w1;
      const s1 = w0 * a0 + w1 * a1;
      const root = s1 * s1 - s0 * (w0 * a0 * a0 + w1 * a1 * a1 - 1);
      if (root >= 0) {
        solution = (s1 + Math.sqrt(root)) / s0;
        if (solution > n2) {
          const t0 = s0 + w2;
          const t1 = s1 + w2 * a2;
          const all = t1 * t1 - t0 * (w0 * a0 * a0 + w1 * a1 * a1 + w2 * a2 * a2 - 1);
          if (all >= 0) solution = (t1 + Math.sqrt(all)) / t0;
        }
      }
    }
    if (solution < Math.abs(phi[p]!)) phi[p] = sign * Math.max(0, solution);
  }

  /** κ·|∇φ|: positive where the contour bulges outwards; of a sphere 2/r, of a circle 1/r. */
  curvature(p: number): number {
    const { phi } = this;
    const { inner, steps } = this.#shared;
    const hx = this.edges[0];
    const hy = this.edges[1];
    const bits = inner[p]!;
    // Steps to the neighbours; at the border 0, also for the mixed ones.
    const l = bits & 1 ? -1 : 0;
    const r = bits & 2 ? 1 : 0;
    const d = bits & 4 ? steps[2]! : 0;
    const u = bits & 8 ? steps[3]! : 0;
    const v = phi[p]!;
    const px = (phi[p + r]! - phi[p + l]!) / (2 * hx);
    const py = (phi[p + u]! - phi[p + d]!) / (2 * hy);
    const pxx = (phi[p + r]! - 2 * v + phi[p + l]!) / (hx * hx);
    const pyy = (phi[p + u]! - 2 * v + phi[p + d]!) / (hy * hy);
    const pxy = (phi[p + u + r]! - phi[p + u + l]! - phi[p + d + r]! + phi[p + d + l]!) / (4 * hx * hy);
    const flat = pxx * py * py + pyy * px * px - 2 * px * py * pxy;
    const squares = px * px + py * py;
    if (this.#axes < 3) return squares < 1e-12 ? 0 : flat / squares;
    const hz = this.edges[2];
    const b = bits & 16 ? steps[4]! : 0;
    const f = bits & 32 ? steps[5]! : 0;
    const pz = (phi[p + f]! - phi[p + b]!) / (2 * hz);
    const all = squares + pz * pz;
    if (all < 1e-12) return 0;
    const pzz = (phi[p + f]! - 2 * v + phi[p + b]!) / (hz * hz);
    const pxz = (phi[p + f + r]! - phi[p + f + l]! - phi[p + b + r]! + phi[p + b + l]!) / (4 * hx * hz);
    const pyz = (phi[p + f + u]! - phi[p + f + d]! - phi[p + b + u]! + phi[p + b + d]!) / (4 * hy * hz);
    const deep = (pxx + pyy) * pz * pz + pzz * squares - 2 * (px * pz * pxz + py * pz * pyz);
    return (flat + deep) / all;
  }

  /** Numbers of the band, each brought half way to the mean of its neighbours in the band, `times` over. */
  evened(numbers: Float64Array, times: number): Float64Array {
    const { band } = this;
    const { inner, steps, scratch: place } = this.#shared;
    const count = band.length;
    for (let b = 0; b < count; b++) place[band[b]!] = b + 1;
    // Places of the neighbours; where the image ends a voxel is its own, beyond the band there is none (one past the end).
    const ways = 2 * this.#axes;
    const beside = new Int32Array(ways * count);
    const share = new Float64Array(count);
    for (let b = 0; b < count; b++) {
      const p = band[b]!;
      const bits = inner[p]!;
      let n = 6 - ways;
      for (let d = 0; d < ways; d++) {
        const at = bits & (1 << d) ? place[p + steps[d]!]! : b + 1;
        beside[ways * b + d] = at === 0 ? count : at - 1;
        if (at !== 0) n++;
      }
      share[b] = 0.5 / n;
    }
    for (let b = 0; b < count; b++) place[band[b]!] = 0;
    let from = new Float64Array(count + 1);
    let to = new Float64Array(count + 1);
    from.set(numbers);
    for (let t = 0; t < times; t++) {
      for (let b = 0, k = 0; b < count; b++) {
        let sum = from[beside[k++]!]! + from[beside[k++]!]! + from[beside[k++]!]! + from[beside[k++]!]!;
        // In one slice a voxel is its own neighbour above and below.
        sum += ways === 4 ? 2 * from[b]! : from[beside[k++]!]! + from[beside[k++]!]!;
        to[b] = 0.5 * from[b]! + share[b]! * sum;
      }
      [from, to] = [to, from];
    }
    return from.subarray(0, count);
  }

  /** |∇φ| for a front that moves outwards (`speed` above 0) or inwards, by Godunov's upwind scheme. */
  upwind(p: number, speed: number): number {
    const { phi, edges } = this;
    const n = this.around(p);
    const v = phi[p]!;
    let sum = 0;
    for (let a = 0; a < 3; a++) {
      const back = (v - phi[n[2 * a]!]!) / edges[a]!;
      const there = (phi[n[2 * a + 1]!]! - v) / edges[a]!;
      const [x, y] =
        speed > 0 ? [Math.max(back, 0), Math.min(there, 0)] : [Math.min(back, 0), Math.max(there, 0)];
      sum += x * x + y * y;
    }
    return Math.sqrt(sum);
  }

  /** |∇φ| by central differences. */
  slope(p: number): number {
    const { phi, edges } = this;
    const { inner, steps } = this.#shared;
    const bits = inner[p]!;
    let sum = 0;
    for (let a = 0; a < this.#axes; a++) {
      const ahead = bits & (2 << (2 * a)) ? steps[2 * a + 1]! : 0;
      const back = bits & (1 << (2 * a)) ? steps[2 * a]! : 0;
      const g = (phi[p + ahead]! - phi[p + back]!) / (2 * edges[a]!);
      sum += g * g;
    }
    return Math.sqrt(sum);
  }

  /** 1 inside. */
  mask(): Uint8Array {
    const { phi } = this;
    const out = new Uint8Array(phi.length);
    for (let p = 0; p < phi.length; p++) out[p] = Number(phi[p]! < 0);
    return out;
  }

  /** Volume inside, voxels, with the parts of voxels that the contour crosses. */
  volume(): number {
    let sum = 0;
    for (const v of this.phi) sum += v <= -0.5 ? 1 : v >= 0.5 ? 0 : 0.5 - v;
    return sum;
  }
}

/** What contours on one lattice share. */
interface Shared {
  /** Zero between uses. */
  readonly scratch: Int32Array;
  readonly queue: Int32Array;
  readonly distance: Float64Array;
  /** φ of a contour that was given back: that of the kept one. */
  spare: Float64Array | null;
  /** Bits of the neighbours at −x +x −y +y −z +z that a voxel has, and the steps to them. */
  readonly inner: Uint8Array;
  readonly steps: Int32Array;
}

function sharedOf([nx, ny, nz]: Size3): Shared {
  const inner = new Uint8Array(nx * ny * nz);
  for (let z = 0, p = 0; z < nz; z++)
    for (let y = 0; y < ny; y++)
      for (let x = 0; x < nx; x++, p++)
        inner[p] =
          Number(x > 0) |
          (Number(x < nx - 1) << 1) |
          (Number(y > 0) << 2) |
          (Number(y < ny - 1) << 3) |
          (Number(z > 0) << 4) |
          (Number(z < nz - 1) << 5);
  const steps = Int32Array.of(-1, 1, -nx, nx, -nx * ny, nx * ny);
  const count = inner.length;
  return {
    scratch: new Int32Array(count),
    queue: new Int32Array(count),
    distance: new Float64Array(count),
    spare: null,
    inner,
    steps,
  };
}

/** φ from a mask, its corners rounded by a blur of 0.7 voxel edges; of a mask too thin for that, the mask itself. */
function softened(size: Size3, edges: Vec3, inside: Uint8Array): Float64Array {
  const blurred = smooth(new Float32Array(inside), size, edges, 0.7);
  const thin = blurred.every((v) => v <= 0.5);
  const from = thin ? inside : blurred;
  const phi = new Float64Array(inside.length);
  for (let p = 0; p < phi.length; p++) phi[p] = FAR * (1 - 2 * from[p]!);
  return phi;
}
