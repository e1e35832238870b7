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
      // Along its first axis the box is the smallest already.
      for (const axis of box.axes.slice(1)) {
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
  /** Twice the area times the outward normal, for each flat side. */
  readonly normals: Float64Array;
  readonly lengths: Float64Array;
  /** Edges between two sides: corner from, corner to (turning left around the first), and both sides. */
  readonly edges: Int32Array;
  readonly scratch: Scratch;
}

/** Room for one shadow. */
interface Scratch {
  readonly lit: Uint8Array;
  /** Edge of the outline that leaves a corner; only valid for the corners of the present outline. */
  readonly leaving: Int32Array;
  readonly dx: Float64Array;
  readonly dy: Float64Array;
  readonly end: Int32Array;
}

function shapeOf({ corners, faces, neighbours, sides }: MeshHull): Shape {
  const triangles = sides.length;
  const count = sides.reduce((most, s) => Math.max(most, s + 1), 0);
  const normals = new Float64Array(3 * count);
  for (let f = 0; f < triangles; f++) {
    const [a, b, c] = [3 * faces[3 * f]!, 3 * faces[3 * f + 1]!, 3 * faces[3 * f + 2]!];
    const ux = corners[b]! - corners[a]!;
    const uy = corners[b + 1]! - corners[a + 1]!;
    const uz = corners[b + 2]! - corners[a + 2]!;
    const vx = corners[c]! - corners[a]!;
    const vy = corners[c + 1]! - corners[a + 1]!;
    const vz = corners[c + 2]! - corners[a + 2]!;
    const s = 3 * sides[f]!;
    normals[s]! += uy * vz - uz * vy;
    normals[s + 1]! += uz * vx - ux * vz;
    normals[s + 2]! += ux * vy - uy * vx;
  }
  const lengths = Float64Array.from({ length: count }, (_, s) =>
    Math.hypot(normals[3 * s]!, normals[3 * s + 1]!, normals[3 * s + 2]!),
  );
  const edges: number[] = [];
  for (let f = 0; f < triangles; f++) {
    for (let e = 0; e < 3; e++) {
      const g = neighbours[3 * f + e]!;
      if (g < f || sides[f] === sides[g]) continue;
      edges.push(faces[3 * f + e]!, faces[3 * f + ((e + 1) % 3)]!, sides[f]!, sides[g]!);
    }
  }
  const most = edges.length / 4;
  const scratch = {
    lit: new Uint8Array(count),
    leaving: new Int32Array(corners.length / 3),
    dx: new Float64Array(most),
    dy: new Float64Array(most),
    end: new Int32Array(most),
  };
  return { corners, normals, lengths, edges: Int32Array.from(edges), scratch };
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
function boxAlong(shape: Shape, n: Vec, limit: number): FoundBox | null {
  const { corners, normals, lengths, scratch } = shape;
  const [nx, ny, nz] = n;
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < corners.length; i += 3) {
    const h = nx * corners[i]! + ny * corners[i + 1]! + nz * corners[i + 2]!;
    if (h < low) low = h;
    if (h > high) high = h;
  }
  let shadow = 0;
  for (let f = 0, at = 0; f < lengths.length; f++, at += 3) {
    // Sides parallel to the direction must all count as unlit, whatever their rounding, or the outline tears.
    const s = nx * normals[at]! + ny * normals[at + 1]! + nz * normals[at + 2]!;
    scratch.lit[f] = s > NOISE * lengths[f]! ? 1 : 0;
    if (s > 0) shadow += s / 2;
  }
  const height = high - low;
  if (height * shadow > limit) return null;

  const u = acrossTo(n);
  const v: Vec = [ny * u[2] - nz * u[1], nz * u[0] - nx * u[2], nx * u[1] - ny * u[0]];
  const r = smallestRectangle(outlineOf(shape, u, v));
  const axis1: Vec = [u[0] * r.cos + v[0] * r.sin, u[1] * r.cos + v[1] * r.sin, u[2] * r.cos + v[2] * r.sin];
  const axis2: Vec = [v[0] * r.cos - u[0] * r.sin, v[1] * r.cos - u[1] * r.sin, v[2] * r.cos - u[2] * r.sin];
  const volume = height * r.width * r.length;
  return { edges: [height, r.length, r.width], volume, axes: [n, axis1, axis2] };
}

interface Polygon {
  /** Edge vectors in turning order. */
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * Outline of the shadow on the plane of u and v, with the lit sides already marked. Its edges are walked from corner to
 * corner; should rounding have torn the line, they are sorted by angle instead, which is slower.
 */
function outlineOf({ corners, edges, scratch }: Shape, u: Vec, v: Vec): Polygon {
  const { lit, leaving, dx, dy, end } = scratch;
  let count = 0;
  let longest = 0;
  let start = 0;
  for (let e = 0; e < edges.length; e += 4) {
    const first = lit[edges[e + 2]!]!;
    if (first === lit[edges[e + 3]!]) continue;
    const from = first === 1 ? edges[e]! : edges[e + 1]!;
    const to = first === 1 ? edges[e + 1]! : edges[e]!;
    const x = corners[3 * to]! - corners[3 * from]!;
    const y = corners[3 * to + 1]! - corners[3 * from + 1]!;
    const z = corners[3 * to + 2]! - corners[3 * from + 2]!;
    dx[count] = x * u[0] + y * u[1] + z * u[2];
    dy[count] = x * v[0] + y * v[1] + z * v[2];
    longest = Math.max(longest, Math.abs(dx[count]!), Math.abs(dy[count]!));
    end[count] = to;
    start = from;
    leaving[from] = count++;
  }
  // Edges along the direction have no length here, and the rounding that is left of them no angle.
  const tiny = (1e-10 * longest) ** 2;
  const px = new Float64Array(count);
  const py = new Float64Array(count);
  let walked = 0;
  let kept = 0;
  let convex = true;
  for (let at = start; walked < count;) {
    const e = leaving[at]!;
    const [x, y] = [dx[e]!, dy[e]!];
    at = end[e]!;
    walked++;
    if (x * x + y * y > tiny) {
      if (kept > 0) convex &&= turnsLeft(px[kept - 1]!, py[kept - 1]!, x, y);
      px[kept] = x;
      py[kept++] = y;
    }
    if (at === start) break;
  }
  if (walked === count && convex) return { x: px.subarray(0, kept), y: py.subarray(0, kept) };
  const angles = Float64Array.from({ length: count }, (_, e) => Math.atan2(dy[e]!, dx[e]!));
  const order = Array.from({ length: count }, (_, e) => e)
    .filter((e) => dx[e]! ** 2 + dy[e]! ** 2 > tiny)
    .sort((a, b) => angles[a]! - angles[b]!);
  return { x: Float64Array.from(order, (e) => dx[e]!), y: Float64Array.from(order, (e) => dy[e]!) };
}

/** Also straight on, within rounding. */
function turnsLeft(ax: number, ay: number, bx: number, by: number): boolean {
  return ax * by - ay * bx >= -1e-9 * Math.sqrt((ax * ax + ay * ay) * (bx * bx + by * by));
}

/** A unit vector at right angles to a unit vector. */
function acrossTo([x, y, z]: Vec): Vec {
  const other: Vec = Math.abs(x) < 0.6 ? [1, 0, 0] : [0, 1, 0];
  const c = [y * other[2] - z * other[1], z * other[0] - x * other[2], x * other[1] - y * other[0]] as const;
  const l = Math.hypot(...c);
  return [c[0] / l, c[1] / l, c[2] / l];
}

/** Rotating calipers: the smallest rectangle around a convex polygon has a side on one of the polygon's sides. */
function smallestRectangle({ x, y }: Polygon): { cos: number; sin: number; length: number; width: number } {
  const n = x.length;
  // Corners, twice round, so that no index has to be wrapped.
  const xs = new Float64Array(3 * n + 1);
  const ys = new Float64Array(3 * n + 1);
  for (let i = 1; i <= n; i++) {
    xs[i] = xs[i - 1]! + x[i - 1]!;
    ys[i] = ys[i - 1]! + y[i - 1]!;
  }
  for (let i = n; i <= 3 * n; i++) {
    xs[i] = xs[i - n]!;
    ys[i] = ys[i - n]!;
  }
  let best = { cos: 1, sin: 0, length: Infinity, width: Infinity };
  let area = Infinity;
  let [right, top, left] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const l = Math.sqrt(x[i]! * x[i]! + y[i]! * y[i]!);
    const cos = x[i]! / l;
    const sin = y[i]! / l;
    right = climb(xs, ys, Math.max(right, i), i + n, cos, sin);
    top = climb(xs, ys, Math.max(top, right), i + n, -sin, cos);
    left = climb(xs, ys, Math.max(left, top), i + n, -cos, -sin);
    const length = (xs[right]! - xs[left]!) * cos + (ys[right]! - ys[left]!) * sin;
    const width = (ys[top]! - ys[i]!) * cos - (xs[top]! - xs[i]!) * sin;
    if (length * width < area) {
      area = length * width;
      best = { cos, sin, length, width };
    }
  }
  return best;
}

/** The last corner from `at`, and not beyond `most`, up to which a line of corners rises along (cx, cy). */
function climb(xs: Float64Array, ys: Float64Array, at: number, most: number, cx: number, cy: number): number {
  let here = xs[at]! * cx + ys[at]! * cy;
  for (let k = at + 1; k <= most; k++) {
    const next = xs[k]! * cx + ys[k]! * cy;
    if (next < here) return k - 1;
    here = next;
  }
  return Math.max(at, most);
}
