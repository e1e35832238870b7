import type { MeshHull } from './outline.ts';

/** Edges of a box, mm. */
export type BoxEdges = readonly [number, number, number];

type Vec = readonly [number, number, number];

/** A box by its edges and their directions. */
export interface FoundBox {
  readonly edges: BoxEdges;
  readonly volume: number;
  readonly axes: readonly [Vec, Vec, Vec];
}

/** Sine below which a side counts as parallel to a direction. */
const NOISE = 1e-9;
/** Up to this many different edge directions, pairs of edges are tried as well as sides. */
const MOST_EDGES_FOR_PAIRS = 24;
/** Of a hull with more sides than this, those of the largest area are looked at. */
const MOST_SIDES = 150;

/**
 * Oriented minimum bounding box of a hull. Every box with one side flush with a side of the hull is looked at (of
 * round hulls with more than 150 sides, the 150 largest), and
 * for hulls with few edges also those with a side parallel to two edges: for each such direction the rectangle around
 * the hull's shadow is the smallest one (rotating calipers). The best boxes are then improved by turning about each
 * of their axes in turn until nothing gets smaller. The smallest box has two neighbouring sides flush with edges
 * (O'Rourke 1985), which this search does not enumerate: it may miss the optimum, by little on regions made of
 * voxels, and never gives a box that is too small.
 */
export function orientedBox(hull: MeshHull): FoundBox {
  const shape = shapeOf(hull);
  const found: FoundBox[] = [];
  const bestVolume = (): number => found.reduce((v, b) => Math.min(v, b.volume), Infinity);
  let limit = Infinity;
  for (const n of directionsOf(shape)) {
    const box = boxAlong(shape, n, limit);
    if (box === null) continue;
    found.push(box);
    limit = Math.min(limit, 1.02 * bestVolume());
  }
  found.sort((a, b) => a.volume - b.volume);
  let best = found[0]!;
  for (const start of found.slice(0, 6)) {
    let box = start;
    for (let turn = 0; turn < 60; turn++) {
      let better: FoundBox | null = null;
      for (const axis of box.axes) {
        const next = boxAlong(shape, axis, box.volume * (1 - 1e-12));
        if (next !== null && next.volume < (better ?? box).volume * (1 - 1e-12)) better = next;
      }
      if (better === null) break;
      box = better;
    }
    if (box.volume < best.volume) best = box;
  }
  return best;
}

interface Shape {
  readonly corners: Float64Array;
  /** Twice the area times the outward normal, for each side (coplanar triangles are one side for directions only). */
  readonly normals: Float64Array;
  readonly lengths: Float64Array;
  /** Edges between two triangles: corner from, corner to (turning left around the first), and both triangles. */
  readonly edges: Int32Array;
  readonly signs: Int8Array;
}

function shapeOf({ corners, faces, neighbours }: MeshHull): Shape {
  const count = faces.length / 3;
  const normals = new Float64Array(faces.length);
  for (let f = 0; f < count; f++) {
    const [a, b, c] = [3 * faces[3 * f]!, 3 * faces[3 * f + 1]!, 3 * faces[3 * f + 2]!];
    const ux = corners[b]! - corners[a]!;
    const uy = corners[b + 1]! - corners[a + 1]!;
    const uz = corners[b + 2]! - corners[a + 2]!;
    const vx = corners[c]! - corners[a]!;
    const vy = corners[c + 1]! - corners[a + 1]!;
    const vz = corners[c + 2]! - corners[a + 2]!;
    normals[3 * f] = uy * vz - uz * vy;
    normals[3 * f + 1] = uz * vx - ux * vz;
    normals[3 * f + 2] = ux * vy - uy * vx;
  }
  const lengths = Float64Array.from({ length: count }, (_, f) =>
    Math.hypot(normals[3 * f]!, normals[3 * f + 1]!, normals[3 * f + 2]!),
  );
  const edges: number[] = [];
  for (let f = 0; f < count; f++) {
    for (let e = 0; e < 3; e++) {
      const g = neighbours[3 * f + e]!;
      if (g > f) edges.push(faces[3 * f + e]!, faces[3 * f + ((e + 1) % 3)]!, f, g);
    }
  }
  return { corners, normals, lengths, edges: Int32Array.from(edges), signs: new Int8Array(count) };
}

/** Normals of the sides, and for small hulls the directions at right angles to two edges. Opposite ones count once. */
function directionsOf({ corners, normals, lengths, edges }: Shape): Vec[] {
  const seen = new Map<string, { n: Vec; area: number }>();
  const add = (x: number, y: number, z: number, area: number): void => {
    const l = Math.hypot(x, y, z);
    if (!(l > 0)) return;
    const n = upright([x / l, y / l, z / l]);
    const key = n.map((c) => Math.round(c * 1e9)).join();
    const side = seen.get(key);
    if (side) side.area += area;
    else seen.set(key, { n, area });
  };
  for (let f = 0; f < lengths.length; f++) {
    add(normals[3 * f]!, normals[3 * f + 1]!, normals[3 * f + 2]!, lengths[f]!);
  }
  const sides = [...seen.values()].sort((a, b) => b.area - a.area).slice(0, MOST_SIDES);
  const lines = new Map<string, Vec>();
  for (let e = 0; e < edges.length && lines.size <= MOST_EDGES_FOR_PAIRS; e += 4) {
    const [a, b] = [3 * edges[e]!, 3 * edges[e + 1]!];
    const d = [
      corners[b]! - corners[a]!,
      corners[b + 1]! - corners[a + 1]!,
      corners[b + 2]! - corners[a + 2]!,
    ] as const;
    const l = Math.hypot(...d);
    const unit = upright([d[0] / l, d[1] / l, d[2] / l]);
    lines.set(unit.map((c) => Math.round(c * 1e9)).join(), unit);
  }
  if (lines.size > MOST_EDGES_FOR_PAIRS) return sides.map((s) => s.n);
  const list = [...lines.values()];
  list.forEach((p, i) => {
    for (const q of list.slice(i + 1)) {
      add(p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0], 0);
    }
  });
  return [...seen.values()].map((s) => s.n);
}

/** Of a direction and its opposite, the one whose first component that is not zero is positive. */
function upright([x, y, z]: Vec): Vec {
  const first = [x, y, z].find((c) => Math.abs(c) > 1e-9) ?? 1;
  return first < 0 ? [-x, -y, -z] : [x, y, z];
}

/**
 * The smallest box with one axis along `n`; null when its volume cannot be below `limit`, which height times shadow
 * area tells before the rectangle is known.
 */
function boxAlong(
  { corners, normals, lengths, edges, signs }: Shape,
  n: Vec,
  limit: number,
): FoundBox | null {
  const [nx, ny, nz] = n;
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < corners.length; i += 3) {
    const h = nx * corners[i]! + ny * corners[i + 1]! + nz * corners[i + 2]!;
    if (h < low) low = h;
    if (h > high) high = h;
  }
  let shadow = 0;
  for (let f = 0; f < signs.length; f++) {
    // Sides parallel to the direction must all count as unlit, whatever their rounding, or the outline tears.
    const s = nx * normals[3 * f]! + ny * normals[3 * f + 1]! + nz * normals[3 * f + 2]!;
    signs[f] = s > NOISE * lengths[f]! ? 1 : 0;
    if (s > 0) shadow += s / 2;
  }
  const height = high - low;
  if (height * shadow > limit) return null;

  const u = acrossTo(n);
  const v: Vec = [ny * u[2] - nz * u[1], nz * u[0] - nx * u[2], nx * u[1] - ny * u[0]];
  // The outline of the shadow, as edge vectors in turning order.
  const outline: { x: number; y: number; angle: number }[] = [];
  for (let e = 0; e < edges.length; e += 4) {
    const lit = signs[edges[e + 2]!]!;
    if (lit === signs[edges[e + 3]!]) continue;
    const [from, to] = lit === 1 ? [3 * edges[e]!, 3 * edges[e + 1]!] : [3 * edges[e + 1]!, 3 * edges[e]!];
    const dx = corners[to]! - corners[from]!;
    const dy = corners[to + 1]! - corners[from + 1]!;
    const dz = corners[to + 2]! - corners[from + 2]!;
    const x = dx * u[0] + dy * u[1] + dz * u[2];
    const y = dx * v[0] + dy * v[1] + dz * v[2];
    if (x !== 0 || y !== 0) outline.push({ x, y, angle: Math.atan2(y, x) });
  }
  outline.sort((a, b) => a.angle - b.angle);
  const r = smallestRectangle(outline);
  const axis1: Vec = [u[0] * r.cos + v[0] * r.sin, u[1] * r.cos + v[1] * r.sin, u[2] * r.cos + v[2] * r.sin];
  const axis2: Vec = [v[0] * r.cos - u[0] * r.sin, v[1] * r.cos - u[1] * r.sin, v[2] * r.cos - u[2] * r.sin];
  const volume = height * r.width * r.length;
  return { edges: [height, r.length, r.width], volume, axes: [n, axis1, axis2] };
}

/** A unit vector at right angles to a unit vector. */
function acrossTo([x, y, z]: Vec): Vec {
  const other: Vec = Math.abs(x) < 0.6 ? [1, 0, 0] : [0, 1, 0];
  const c = [y * other[2] - z * other[1], z * other[0] - x * other[2], x * other[1] - y * other[0]] as const;
  const l = Math.hypot(...c);
  return [c[0] / l, c[1] / l, c[2] / l];
}

/** Rotating calipers: the smallest rectangle around a convex polygon has a side on one of the polygon's sides. */
function smallestRectangle(sides: readonly { x: number; y: number }[]): {
  cos: number;
  sin: number;
  length: number;
  width: number;
} {
  const n = sides.length;
  const xs = new Float64Array(n);
  const ys = new Float64Array(n);
  for (let i = 1; i < n; i++) {
    xs[i] = xs[i - 1]! + sides[i - 1]!.x;
    ys[i] = ys[i - 1]! + sides[i - 1]!.y;
  }
  let best = { cos: 1, sin: 0, length: Infinity, width: Infinity };
  let area = Infinity;
  let [right, top, left] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const l = Math.hypot(sides[i]!.x, sides[i]!.y);
    const cos = sides[i]!.x / l;
    const sin = sides[i]!.y / l;
    const along = (k: number): number => xs[k % n]! * cos + ys[k % n]! * sin;
    const across = (k: number): number => ys[k % n]! * cos - xs[k % n]! * sin;
    const climb = (from: number, f: (k: number) => number): number => {
      let k = from;
      for (let s = 0; s < n && f(k + 1) >= f(k); s++) k++;
      return k;
    };
    right = climb(Math.max(right, i), along);
    top = climb(Math.max(top, right), across);
    left = climb(Math.max(left, top), (k) => -along(k));
    const length = along(right) - along(left);
    const width = across(top) - across(i);
    if (length * width < area) {
      area = length * width;
      best = { cos, sin, length, width };
    }
  }
  return best;
}
