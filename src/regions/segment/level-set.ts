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
    this.redistance();
    if (inside instanceof Uint8Array) this.redistance(); // once more, since the first slopes were those of steps
  }

  /** The same lattice with another φ, brought back to distances; this one stays as it is. */
  movedTo(phi: Float64Array): LevelSet {
    return new LevelSet(this.size, this.edges, phi, this.band, this.#shared);
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
    this.band = this.#spread(near);
    const distance = new Float64Array(this.band.length).fill(FAR);
    for (let b = 0; b < near.length; b++) distance[b] = this.#crossing(near[b]!);
    const sign = Int8Array.from(this.band, (p) => (phi[p]! < 0 ? -1 : 1));
    for (const p of old) phi[p] = phi[p]! < 0 ? -FAR : FAR;
    if (old.length === 0) for (let p = 0; p < phi.length; p++) phi[p] = phi[p]! < 0 ? -FAR : FAR;
    for (let b = 0; b < this.band.length; b++) phi[this.band[b]!] = sign[b]! * distance[b]!;
    for (let b = near.length; b < this.band.length; b++) this.#eikonal(this.band[b]!);
    for (let b = this.band.length - 1; b >= near.length; b--) this.#eikonal(this.band[b]!);
    for (const p of this.band) this.#shared.scratch[p] = 0;
  }

  /** Voxels with a neighbour on the other side. */
  #besideContour(band: Int32Array): Int32Array {
    const { phi } = this;
    const found: number[] = [];
    const look = (p: number) => {
      const inside = phi[p]! < 0;
      for (const q of this.around(p))
        if (phi[q]! < 0 !== inside) {
          found.push(p);
          return;
        }
    };
    if (band.length > 0) for (const p of band) look(p);
    else for (let p = 0; p < phi.length; p++) look(p);
    return Int32Array.from(found);
  }

  #spread(near: Int32Array): Int32Array {
    const found: number[] = Array.from(near);
    const layer = this.#shared.scratch;
    for (const p of near) layer[p] = 1;
    for (let at = 0; at < found.length; at++) {
      const p = found[at]!;
      const next = layer[p]! + 1;
      if (next > LAYERS) continue;
      for (const q of this.around(p))
        if (layer[q] === 0) {
          layer[q] = next;
          found.push(q);
        }
    }
    return Int32Array.from(found);
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
    for (let a = 0; a < 3; a++)
      for (const q of [n[2 * a]!, n[2 * a + 1]!])
        steepest = Math.max(steepest, Math.abs(phi[q]! - v) / edges[a]!);
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
    let [n0, n1, n2] = [Infinity, Infinity, Infinity];
    let [a0, a1, a2] = [0, 0, 0];
    let [w0, w1, w2] = [0, 0, 0];
    for (let a = 0; a < 3; a++) {
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
      if (near < n0) {
        [n2, a2, w2] = [n1, a1, w1];
        [n1, a1, w1] = [n0, a0, w0];
        [n0, a0, w0] = [near, at, w];
      } else if (near < n1) {
        [n2, a2, w2] = [n1, a1, w1];
        [n1, a1, w1] = [near, at, w];
      } else [n2, a2, w2] = [near, at, w];
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
    const [hx, hy, hz] = this.edges;
    const n = this.around(p);
    const [l, r, d, u, b, f] = n as unknown as [number, number, number, number, number, number];
    const v = phi[p]!;
    const px = (phi[r]! - phi[l]!) / (2 * hx);
    const py = (phi[u]! - phi[d]!) / (2 * hy);
    const pz = (phi[f]! - phi[b]!) / (2 * hz);
    const squares = px * px + py * py + pz * pz;
    if (squares < 1e-12) return 0;
    const pxx = (phi[r]! - 2 * v + phi[l]!) / (hx * hx);
    const pyy = (phi[u]! - 2 * v + phi[d]!) / (hy * hy);
    const pzz = (phi[f]! - 2 * v + phi[b]!) / (hz * hz);
    // Mixed neighbours by the steps of the plain ones; at the border both steps may be 0.
    const [sl, sr] = [l - p, r - p];
    const pxy = (phi[u + sr]! - phi[u + sl]! - phi[d + sr]! + phi[d + sl]!) / (4 * hx * hy);
    const pxz = (phi[f + sr]! - phi[f + sl]! - phi[b + sr]! + phi[b + sl]!) / (4 * hx * hz);
    const [sd, su] = [d - p, u - p];
    const pyz = (phi[f + su]! - phi[f + sd]! - phi[b + su]! + phi[b + sd]!) / (4 * hy * hz);
    const top =
      pxx * (py * py + pz * pz) +
      pyy * (px * px + pz * pz) +
      pzz * (px * px + py * py) -
      2 * (px * py * pxy + px * pz * pxz + py * pz * pyz);
    return top / squares;
  }

  /** Numbers of the band, each brought half way to the mean of its neighbours in the band, `times` over. */
  evened(numbers: Float64Array, times: number): Float64Array {
    const place = this.#shared.scratch;
    this.band.forEach((p, b) => (place[p] = b + 1));
    let from = numbers;
    for (let t = 0; t < times; t++) {
      const to = new Float64Array(from.length);
      for (let b = 0; b < from.length; b++) {
        let sum = 0;
        let n = 0;
        for (const q of this.around(this.band[b]!)) {
          const at = place[q]!;
          if (at === 0) continue;
          sum += from[at - 1]!;
          n++;
        }
        to[b] = 0.5 * from[b]! + (0.5 * sum) / n;
      }
      from = to;
    }
    for (const p of this.band) place[p] = 0;
    return from;
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
    const n = this.around(p);
    let sum = 0;
    for (let a = 0; a < 3; a++) {
      const g = (phi[n[2 * a + 1]!]! - phi[n[2 * a]!]!) / (2 * edges[a]!);
      sum += g * g;
    }
    return Math.sqrt(sum);
  }

  /** 1 inside. */
  mask(): Uint8Array {
    return Uint8Array.from(this.phi, (v) => Number(v < 0));
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
  return { scratch: new Int32Array(nx * ny * nz), inner, steps };
}

/** φ from a mask, its corners rounded by a blur of 0.7 voxel edges; of a mask too thin for that, the mask itself. */
function softened(size: Size3, edges: Vec3, inside: Uint8Array): Float64Array {
  const blurred = smooth(Float32Array.from(inside), size, edges, 0.7);
  const thin = blurred.every((v) => v <= 0.5);
  return Float64Array.from(inside, (v, i) => FAR * (1 - 2 * (thin ? v : blurred[i]!)));
}
