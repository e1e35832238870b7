import type { KernelModule } from '../../core/kernel-module.ts';
import { hullByKernel } from './hull-kernel.ts';
import type { Hull } from './hull.ts';

/**
 * Convex hull of points with whole-number coordinates: quickhull (Barber, Dobkin & Huhdanpaa 1996) with exact
 * predicates. Coordinates up to 2¹⁵ keep every determinant below 2⁵³, so no rounding happens and coplanar and
 * collinear points, which lattices are full of, need no tolerance. A point counts as visible from a face only when it
 * lies strictly above it.
 * @param points x, y, z of each point. Returns null when all points lie in one plane.
 */
export function convexHull(points: Int32Array, kernels: KernelModule | null = null): Hull | null {
  const made = kernels === null ? undefined : hullByKernel(points, kernels);
  if (made !== undefined) return made;
  const count = points.length / 3;
  const start = firstTetrahedron(points, count);
  if (start === null) return null;
  const hull = new GrowingHull(points);
  hull.begin(start);
  hull.grow();
  return hull.packed();
}

const DEAD = -1;

/**
 * The hull while it grows, in flat arrays: a face has three corners, three neighbours (across the edges from corner i
 * to i + 1), its plane ax + by + cz = d, and a chain of the points above it, with the highest one first in `highest`.
 */
class GrowingHull {
  readonly #points: Int32Array;
  /** The next point in the chain of the same face; −1 at the end. */
  readonly #next: Int32Array;
  #corners = new Int32Array(3 * 256);
  #neighbours = new Int32Array(3 * 256);
  #planes = new Float64Array(4 * 256);
  #chain = new Int32Array(256);
  #highest = new Int32Array(256);
  #height = new Float64Array(256);
  /** Round in which the face was last seen; DEAD when it is no longer part of the hull. */
  #mark = new Int32Array(256);
  #faces = 0;
  #free: number[] = [];
  /** Edges around the visible faces, in turning order: corner from, corner to, face beyond. */
  #horizon: number[] = [];
  #visible: number[] = [];

  constructor(points: Int32Array) {
    this.#points = points;
    this.#next = new Int32Array(points.length / 3).fill(-1);
  }

  begin([i, j, k, l]: readonly [number, number, number, number]): void {
    const [base, ij, jk, ki] = [
      this.#add(i, j, k),
      this.#add(j, i, l),
      this.#add(k, j, l),
      this.#add(i, k, l),
    ];
    this.#neighbours.set([ij, jk, ki, base, ki, jk, base, ij, ki, base, jk, ij]);
    const fresh = [base, ij, jk, ki];
    for (let p = 0; p < this.#next.length; p++) this.#assign(p, fresh);
  }

  grow(): void {
    const pending = [0, 1, 2, 3];
    const fresh: number[] = [];
    for (let round = 1; pending.length > 0; round++) {
      const face = pending.pop()!;
      if (this.#mark[face] === DEAD || this.#chain[face] === -1) continue;
      const apex = this.#highest[face]!;
      this.#lookFrom(apex, face, round);
      this.#fan(apex, fresh);
      for (const old of this.#visible) {
        for (let p = this.#chain[old]!; p !== -1;) {
          const after = this.#next[p]!;
          if (p !== apex) this.#assign(p, fresh);
          p = after;
        }
        this.#chain[old] = -1;
        this.#mark[old] = DEAD;
      }
      // Only now, so that the faces of this round have numbers of their own.
      for (const old of this.#visible) this.#free.push(old);
      for (const f of fresh) if (this.#chain[f] !== -1) pending.push(f);
    }
  }

  #add(i: number, j: number, k: number): number {
    const p = this.#points;
    const f = this.#free.pop() ?? this.#faces++;
    if (f === this.#chain.length) this.#widen();
    const [x, y, z] = [p[3 * i]!, p[3 * i + 1]!, p[3 * i + 2]!];
    const ux = p[3 * j]! - x;
    const uy = p[3 * j + 1]! - y;
    const uz = p[3 * j + 2]! - z;
    const vx = p[3 * k]! - x;
    const vy = p[3 * k + 1]! - y;
    const vz = p[3 * k + 2]! - z;
    const a = uy * vz - uz * vy;
    const b = uz * vx - ux * vz;
    const c = ux * vy - uy * vx;
    this.#corners[3 * f] = i;
    this.#corners[3 * f + 1] = j;
    this.#corners[3 * f + 2] = k;
    this.#planes[4 * f] = a;
    this.#planes[4 * f + 1] = b;
    this.#planes[4 * f + 2] = c;
    this.#planes[4 * f + 3] = a * x + b * y + c * z;
    this.#chain[f] = -1;
    this.#highest[f] = -1;
    this.#height[f] = 0;
    this.#mark[f] = 0;
    return f;
  }

  #widen(): void {
    const twice = <T extends Int32Array | Float64Array>(old: T, made: T): T => {
      made.set(old);
      return made;
    };
    const n = 2 * this.#chain.length;
    this.#corners = twice(this.#corners, new Int32Array(3 * n));
    this.#neighbours = twice(this.#neighbours, new Int32Array(3 * n));
    this.#planes = twice(this.#planes, new Float64Array(4 * n));
    this.#chain = twice(this.#chain, new Int32Array(n));
    this.#highest = twice(this.#highest, new Int32Array(n));
    this.#height = twice(this.#height, new Float64Array(n));
    this.#mark = twice(this.#mark, new Int32Array(n));
  }

  /** Positive when the point lies strictly on the outer side of the face. */
  #above(p: number, f: number): number {
    const q = this.#points;
    const e = this.#planes;
    return (
      e[4 * f]! * q[3 * p]! + e[4 * f + 1]! * q[3 * p + 1]! + e[4 * f + 2]! * q[3 * p + 2]! - e[4 * f + 3]!
    );
  }

  /** Puts a point into the chain of the first of these faces that it lies above; drops it when there is none. */
  #assign(p: number, faces: readonly number[]): void {
    const q = this.#points;
    const e = this.#planes;
    const [x, y, z] = [q[3 * p]!, q[3 * p + 1]!, q[3 * p + 2]!];
    for (let i = 0; i < faces.length; i++) {
      const f = faces[i]!;
      const h = e[4 * f]! * x + e[4 * f + 1]! * y + e[4 * f + 2]! * z - e[4 * f + 3]!;
      if (h <= 0) continue;
      this.#next[p] = this.#chain[f]!;
      this.#chain[f] = p;
      if (h > this.#height[f]!) {
        this.#height[f] = h;
        this.#highest[f] = p;
      }
      return;
    }
  }

  /** Finds the faces visible from a point, and the closed line of edges around them in turning order. */
  #lookFrom(apex: number, first: number, round: number): void {
    const [n, v] = [this.#neighbours, this.#corners];
    this.#visible.length = 0;
    this.#horizon.length = 0;
    this.#visible.push(first);
    this.#mark[first] = round;
    // Depth first with the entering edge known, so that horizon edges come in order: face, next edge, edges left.
    const stack = [first, 0, 3];
    while (stack.length > 0) {
      const top = stack.length - 3;
      if (stack[top + 2] === 0) {
        stack.length = top;
        continue;
      }
      const face = stack[top]!;
      const edge = stack[top + 1]!;
      stack[top + 1] = edge === 2 ? 0 : edge + 1;
      stack[top + 2]!--;
      const beyond = n[3 * face + edge]!;
      if (this.#mark[beyond] === round) continue;
      if (this.#above(apex, beyond) > 0) {
        this.#mark[beyond] = round;
        this.#visible.push(beyond);
        const entered = n[3 * beyond] === face ? 0 : n[3 * beyond + 1] === face ? 1 : 2;
        stack.push(beyond, (entered + 1) % 3, 2);
      } else {
        this.#horizon.push(v[3 * face + edge]!, v[3 * face + ((edge + 1) % 3)]!, beyond);
      }
    }
  }

  /** New faces from the horizon to the apex. */
  #fan(apex: number, fresh: number[]): void {
    const h = this.#horizon;
    fresh.length = 0;
    for (let i = 0; i < h.length; i += 3) fresh.push(this.#add(h[i]!, h[i + 1]!, apex));
    const [n, v] = [this.#neighbours, this.#corners];
    const last = fresh.length - 1;
    for (let i = 0; i <= last; i++) {
      const f = fresh[i]!;
      const [from, to, beyond] = [h[3 * i]!, h[3 * i + 1]!, h[3 * i + 2]!];
      n[3 * f] = beyond;
      n[3 * f + 1] = fresh[i === last ? 0 : i + 1]!;
      n[3 * f + 2] = fresh[i === 0 ? last : i - 1]!;
      for (let e = 0; e < 3; e++) {
        if (v[3 * beyond + e] === to && v[3 * beyond + ((e + 1) % 3)] === from) n[3 * beyond + e] = f;
      }
    }
  }

  packed(): Hull {
    const alive: number[] = [];
    const number = new Int32Array(this.#faces);
    for (let f = 0; f < this.#faces; f++) if (this.#mark[f] !== DEAD) number[f] = alive.push(f) - 1;
    const faces = new Int32Array(3 * alive.length);
    const neighbours = new Int32Array(3 * alive.length);
    const normals = new Float64Array(3 * alive.length);
    const corner = new Uint8Array(this.#next.length);
    const vertices: number[] = [];
    alive.forEach((f, i) => {
      for (let e = 0; e < 3; e++) {
        const v = this.#corners[3 * f + e]!;
        faces[3 * i + e] = v;
        neighbours[3 * i + e] = number[this.#neighbours[3 * f + e]!]!;
        normals[3 * i + e] = this.#planes[4 * f + e]!;
        if (corner[v] === 0) vertices.push(v);
        corner[v] = 1;
      }
    });
    return { vertices: Int32Array.from(vertices), faces, neighbours, normals };
  }
}

/** Four points that span a volume, the last one below the plane of the first three. */
function firstTetrahedron(points: Int32Array, count: number): [number, number, number, number] | null {
  if (count < 4) return null;
  const distance = (p: number, q: number): number =>
    (points[3 * p]! - points[3 * q]!) ** 2 +
    (points[3 * p + 1]! - points[3 * q + 1]!) ** 2 +
    (points[3 * p + 2]! - points[3 * q + 2]!) ** 2;
  const best = (score: (p: number) => number): number => {
    let at = 0;
    let most = -1;
    for (let p = 0; p < count; p++) {
      const s = score(p);
      if (s > most) {
        most = s;
        at = p;
      }
    }
    return at;
  };
  const i = best((p) => distance(p, 0));
  const j = best((p) => distance(p, i));
  if (distance(i, j) === 0) return null;
  const k = best((p) => {
    const [x, y, z] = [points[3 * i]!, points[3 * i + 1]!, points[3 * i + 2]!];
    const [ux, uy, uz] = [points[3 * j]! - x, points[3 * j + 1]! - y, points[3 * j + 2]! - z];
    const [vx, vy, vz] = [points[3 * p]! - x, points[3 * p + 1]! - y, points[3 * p + 2]! - z];
    return Math.abs(uy * vz - uz * vy) + Math.abs(uz * vx - ux * vz) + Math.abs(ux * vy - uy * vx);
  });
  const [a, b, c] = normalOf(points, i, j, k);
  if (a === 0 && b === 0 && c === 0) return null;
  const height = (p: number): number =>
    a * (points[3 * p]! - points[3 * i]!) +
    b * (points[3 * p + 1]! - points[3 * i + 1]!) +
    c * (points[3 * p + 2]! - points[3 * i + 2]!);
  const l = best((p) => Math.abs(height(p)));
  const h = height(l);
  if (h === 0) return null;
  return h < 0 ? [i, j, k, l] : [i, k, j, l];
}

function normalOf(points: Int32Array, i: number, j: number, k: number): [number, number, number] {
  const [x, y, z] = [points[3 * i]!, points[3 * i + 1]!, points[3 * i + 2]!];
  const [ux, uy, uz] = [points[3 * j]! - x, points[3 * j + 1]! - y, points[3 * j + 2]! - z];
  const [vx, vy, vz] = [points[3 * k]! - x, points[3 * k + 1]! - y, points[3 * k + 2]! - z];
  return [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx];
}
