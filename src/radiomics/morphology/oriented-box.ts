import type { KernelModule } from '../../core/kernel-module.ts';
import { lookAt, type Look } from './look.ts';
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

/** Share by which the area of a whole outline and that of the shadow differ when nothing but rounding parts them. */
const ROUNDING = 1e-13;
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
export function orientedBox(hull: MeshHull, kernels: KernelModule | null): FoundBox {
  const shape = shapeOf(hull, lookAt(hull, kernels));
  const found: FoundBox[] = [];
  let limit = Infinity;
  for (const n of directionsOf(shape)) {
    const box = boxAlong(shape, n, limit);
    if (box === null) continue;
    found.push(box);
    limit = Math.min(limit, 1.02 * box.volume);
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
  readonly look: Look;
  /** Half edges between two sides, each edge once: the half edge in one triangle, and that in the other. */
  readonly edges: Int32Array;
  /** Of each half edge (3·triangle + its number there): corner it leaves, and corner it reaches. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** The side beyond it, and the next half edge from the same corner, turning right. */
  readonly beyond: Int32Array;
  readonly turn: Int32Array;
  readonly scratch: Scratch;
}

/** Room for one shadow. */
interface Scratch {
  readonly dx: Float64Array;
  readonly dy: Float64Array;
  readonly xs: Float64Array;
  readonly ys: Float64Array;
}

/** Of a half edge, the one after it in the same triangle. */
const after = (h: number): number => (h % 3 === 2 ? h - 2 : h + 1);

function shapeOf({ corners, faces, neighbours, sides }: MeshHull, look: Look): Shape {
  const halves = faces.length;
  const to = new Int32Array(halves);
  const beyond = new Int32Array(halves);
  const turn = new Int32Array(halves);
  const edges = new Int32Array(halves);
  let n = 0;
  for (let f = 0; 3 * f < halves; f++) {
    for (let e = 0; e < 3; e++) {
      const h = 3 * f + e;
      const g = neighbours[h]!;
      const corner = faces[e === 2 ? 3 * f : h + 1]!;
      const twin = faces[3 * g] === corner ? 0 : faces[3 * g + 1] === corner ? 1 : 2;
      to[h] = corner;
      beyond[h] = sides[g]!;
      turn[h] = 3 * g + (twin === 2 ? 0 : twin + 1);
      if (g < f || sides[f] === sides[g]) continue;
      edges[n++] = h;
      edges[n++] = 3 * g + twin;
    }
  }
  const scratch = {
    dx: new Float64Array(n),
    dy: new Float64Array(n),
    xs: new Float64Array(3 * n + 1),
    ys: new Float64Array(3 * n + 1),
  };
  return { corners, look, edges: edges.subarray(0, n), from: faces, to, beyond, turn, scratch };
}

/** Different directions, to nine decimals, in the order in which they were met first, each with a sum of areas. */
class Directions {
  readonly list: { n: Vec; area: number }[] = [];
  readonly #rounded: number[] = [];
  /** Of each sum of rounded components the last direction that has it, and of each direction the one before it. */
  readonly #last = new Map<number, number>();
  readonly #before: number[] = [];

  add(n: Vec, area: number): void {
    const [x, y, z] = [Math.round(n[0] * 1e9), Math.round(n[1] * 1e9), Math.round(n[2] * 1e9)];
    const r = this.#rounded;
    const sum = x + 3 * y + 7 * z;
    const last = this.#last.get(sum) ?? -1;
    for (let i = last; i !== -1; i = this.#before[i]!) {
      if (r[3 * i] !== x || r[3 * i + 1] !== y || r[3 * i + 2] !== z) continue;
      this.list[i]!.area += area;
      return;
    }
    this.#last.set(sum, this.list.length);
    this.#before.push(last);
    r.push(x, y, z);
    this.list.push({ n, area });
  }
}

/** Normals of the sides, and for small hulls the directions at right angles to two edges. Opposite ones count once. */
function directionsOf({ corners, look, edges, from, to }: Shape): Vec[] {
  const seen = new Directions();
  const add = (x: number, y: number, z: number, area: number): void => {
    const l = Math.hypot(x, y, z);
    if (l > 0) seen.add(upright([x / l, y / l, z / l]), area);
  };
  const [nx, ny, nz, lengths] = look.normals;
  for (let s = 0; s < lengths.length; s++) add(nx[s]!, ny[s]!, nz[s]!, lengths[s]!);
  const sides = [...seen.list].sort((a, b) => b.area - a.area).slice(0, MOST_SIDES);
  const lines = new Directions();
  for (let e = 0; e < edges.length && lines.list.length <= MOST_EDGES_FOR_PAIRS; e += 2) {
    const [a, b] = [3 * from[edges[e]!]!, 3 * to[edges[e]!]!];
    const d = [
      corners[b]! - corners[a]!,
      corners[b + 1]! - corners[a + 1]!,
      corners[b + 2]! - corners[a + 2]!,
    ] as const;
    const l = Math.hypot(...d);
    lines.add(upright([d[0] / l, d[1] / l, d[2] / l]), 0);
  }
  if (lines.list.length > MOST_EDGES_FOR_PAIRS) return sides.map((s) => s.n);
  lines.list.forEach(({ n: p }, i) => {
    for (const { n: q } of lines.list.slice(i + 1)) {
      add(p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0], 0);
    }
  });
  return seen.list.map((s) => s.n);
}

/** Of a direction and its opposite, the one whose first component that is not zero is positive. */
function upright([x, y, z]: Vec): Vec {
  const first = Math.abs(x) > 1e-9 ? x : Math.abs(y) > 1e-9 ? y : Math.abs(z) > 1e-9 ? z : 1;
  return first < 0 ? [-x, -y, -z] : [x, y, z];
}

/**
 * The smallest box with one axis along `n`; null when its volume cannot be below `limit`, which height times shadow
 * area tells before the rectangle is known.
 */
function boxAlong(shape: Shape, n: Vec, limit: number): FoundBox | null {
  const { height, shadow } = shape.look.along(...n);
  if (height * shadow > limit) return null;
  const [nx, ny, nz] = n;
  const u = acrossTo(n);
  const v: Vec = [ny * u[2] - nz * u[1], nz * u[0] - nx * u[2], nx * u[1] - ny * u[0]];
  const r = smallestRectangle(outlineOf(shape, u, v, shadow), shape.scratch);
  const axis1: Vec = [u[0] * r.cos + v[0] * r.sin, u[1] * r.cos + v[1] * r.sin, u[2] * r.cos + v[2] * r.sin];
  const axis2: Vec = [v[0] * r.cos - u[0] * r.sin, v[1] * r.cos - u[1] * r.sin, v[2] * r.cos - u[2] * r.sin];
  const volume = height * r.width * r.length;
  return { edges: [height, r.length, r.width], volume, axes: [n, axis1, axis2] };
}

/** Edge vectors in turning order. */
interface Polygon {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * Outline of the shadow on the plane of u and v, with the lit sides already marked. The edges between lit and unlit
 * sides are walked from corner to corner; should rounding have torn the line, they are sorted by angle instead, which is
 * slower.
 */
function outlineOf(shape: Shape, u: Vec, v: Vec, shadow: number): Polygon {
  const { corners, edges, from, to, beyond, turn, look, scratch } = shape;
  const { lit } = look;
  const { dx, dy } = scratch;
  let count = 0;
  let longest = 0;
  const push = (h: number): void => {
    const [a, b] = [3 * from[h]!, 3 * to[h]!];
    const x = corners[b]! - corners[a]!;
    const y = corners[b + 1]! - corners[a + 1]!;
    const z = corners[b + 2]! - corners[a + 2]!;
    dx[count] = x * u[0] + y * u[1] + z * u[2];
    dy[count] = x * v[0] + y * v[1] + z * v[2];
    longest = Math.max(longest, Math.abs(dx[count]!), Math.abs(dy[count]!));
    count++;
  };
  const lightOf = (e: number): number => lit[beyond[edges[e + 1]!]!]! - lit[beyond[edges[e]!]!]!;
  let last = edges.length - 2;
  while (last > 0 && lightOf(last) === 0) last -= 2;
  const start = lightOf(last) === 1 ? edges[last]! : edges[last + 1]!;
  // No outline has more edges than there are.
  for (let h = start; count < dx.length;) {
    push(h);
    h = after(h);
    while (lit[beyond[h]!] === 1) h = turn[h]!;
    if (h === start) break;
  }
  // Edges along the direction have no length here, and the rounding that is left of them no angle.
  let tiny = (1e-10 * longest) ** 2;
  let [kept, px, py, area, convex] = [0, 0, 0, 0, true];
  for (let e = 0; e < count; e++) {
    const [x, y] = [dx[e]!, dy[e]!];
    area += (px * y - py * x) / 2;
    px += x;
    py += y;
    if (x * x + y * y <= tiny) continue;
    if (kept > 0) convex &&= turnsLeft(dx[kept - 1]!, dy[kept - 1]!, x, y);
    dx[kept] = x;
    dy[kept++] = y;
  }
  // A different area may also come from sides that count as unlit: then only the number of edges tells.
  if (
    convex &&
    (Math.abs(area - shadow) <= ROUNDING * shadow || count === edgesBetween(lightOf, edges.length))
  ) {
    return { x: dx.subarray(0, kept), y: dy.subarray(0, kept) };
  }
  count = 0;
  for (let e = 0; e < edges.length; e += 2) {
    const light = lightOf(e);
    if (light !== 0) push(light === 1 ? edges[e]! : edges[e + 1]!);
  }
  tiny = (1e-10 * longest) ** 2;
  const angles = Float64Array.from({ length: count }, (_, e) => Math.atan2(dy[e]!, dx[e]!));
  const order = Array.from({ length: count }, (_, e) => e)
    .filter((e) => dx[e]! ** 2 + dy[e]! ** 2 > tiny)
    .sort((a, b) => angles[a]! - angles[b]!);
  return { x: Float64Array.from(order, (e) => dx[e]!), y: Float64Array.from(order, (e) => dy[e]!) };
}

function edgesBetween(lightOf: (e: number) => number, end: number): number {
  let count = 0;
  for (let e = 0; e < end; e += 2) count += Math.abs(lightOf(e));
  return count;
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
function smallestRectangle(
  { x, y }: Polygon,
  { xs, ys }: Scratch,
): { cos: number; sin: number; length: number; width: number } {
  const n = x.length;
  // Corners, twice round, so that no index has to be wrapped.
  xs[0] = ys[0] = 0;
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
