/**
 * Convex hull of points with whole-number coordinates: quickhull (Barber, Dobkin & Huhdanpaa 1996) with exact
 * predicates. Coordinates up to 2¹⁵ keep every determinant below 2⁵³, so no rounding happens and coplanar and
 * collinear points, which lattices are full of, need no tolerance. A point counts as visible from a face only when it
 * lies strictly above it.
 */
export interface Hull {
  /** Indices of the points that are corners of hull triangles. */
  readonly vertices: Int32Array;
  /** Triangles, three point indices each, turning left seen from outside. Flat sides consist of several. */
  readonly faces: Int32Array;
  /** For each triangle the neighbours across the edges 0-1, 1-2, 2-0. */
  readonly neighbours: Int32Array;
  /** Outward normal of each triangle, twice its area long. */
  readonly normals: Float64Array;
}

interface Face {
  readonly v: readonly [number, number, number];
  /** Neighbour across the edge from v[i] to v[i+1]. */
  readonly n: [Face, Face, Face];
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  outside: number[];
  farthest: number;
  height: number;
  mark: number;
  dead: boolean;
  id: number;
}

/** @param points x, y, z of each point. Returns null when all points lie in one plane. */
export function convexHull(points: Int32Array): Hull | null {
  const count = points.length / 3;
  const start = firstTetrahedron(points, count);
  if (start === null) return null;
  const faces = tetrahedron(points, start);
  for (let p = 0; p < count; p++) assign(points, p, faces);

  const pending = faces.filter((f) => f.outside.length > 0);
  const alive = new Set(faces);
  let round = 0;
  for (let face = pending.pop(); face !== undefined; face = pending.pop()) {
    if (face.dead || face.outside.length === 0) continue;
    const apex = face.farthest;
    const { visible, horizon } = lookFrom(points, apex, face, ++round);
    const fresh = fan(points, apex, horizon);
    for (const old of visible) {
      old.dead = true;
      alive.delete(old);
    }
    for (const f of fresh) alive.add(f);
    for (const old of visible) {
      for (const p of old.outside) if (p !== apex) assign(points, p, fresh);
      old.outside = [];
    }
    for (const f of fresh) if (f.outside.length > 0) pending.push(f);
  }
  return pack([...alive]);
}

function plane(points: Int32Array, i: number, j: number, k: number): Omit<Face, 'n'> {
  const [x, y, z] = [points[3 * i]!, points[3 * i + 1]!, points[3 * i + 2]!];
  const ux = points[3 * j]! - x;
  const uy = points[3 * j + 1]! - y;
  const uz = points[3 * j + 2]! - z;
  const vx = points[3 * k]! - x;
  const vy = points[3 * k + 1]! - y;
  const vz = points[3 * k + 2]! - z;
  const a = uy * vz - uz * vy;
  const b = uz * vx - ux * vz;
  const c = ux * vy - uy * vx;
  return {
    v: [i, j, k],
    a,
    b,
    c,
    d: a * x + b * y + c * z,
    outside: [],
    farthest: -1,
    height: 0,
    mark: 0,
    dead: false,
    id: -1,
  };
}

/** Positive when the point lies strictly on the outer side of the face. */
function above(points: Int32Array, p: number, f: Face): number {
  return f.a * points[3 * p]! + f.b * points[3 * p + 1]! + f.c * points[3 * p + 2]! - f.d;
}

function assign(points: Int32Array, p: number, faces: readonly Face[]): void {
  for (const f of faces) {
    const h = above(points, p, f);
    if (h <= 0) continue;
    f.outside.push(p);
    if (h > f.height) {
      f.height = h;
      f.farthest = p;
    }
    return;
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
    const f = plane(points, i, j, p);
    return Math.abs(f.a) + Math.abs(f.b) + Math.abs(f.c);
  });
  const base = plane(points, i, j, k) as Face;
  if (base.a === 0 && base.b === 0 && base.c === 0) return null;
  const l = best((p) => Math.abs(above(points, p, base)));
  const h = above(points, l, base);
  if (h === 0) return null;
  return h < 0 ? [i, j, k, l] : [i, k, j, l];
}

function tetrahedron(points: Int32Array, [i, j, k, l]: [number, number, number, number]): Face[] {
  const make = (a: number, b: number, c: number): Face => plane(points, a, b, c) as Face;
  const base = make(i, j, k);
  const ij = make(j, i, l);
  const jk = make(k, j, l);
  const ki = make(i, k, l);
  const link = (f: Face, n: [Face, Face, Face]): void => void ((f as { n: Face['n'] }).n = n);
  link(base, [ij, jk, ki]);
  link(ij, [base, ki, jk]);
  link(jk, [base, ij, ki]);
  link(ki, [base, jk, ij]);
  return [base, ij, jk, ki];
}

interface HorizonEdge {
  readonly from: number;
  readonly to: number;
  readonly beyond: Face;
}

/** The faces visible from a point, and the closed line of edges around them in turning order. */
function lookFrom(
  points: Int32Array,
  apex: number,
  first: Face,
  round: number,
): { visible: Face[]; horizon: HorizonEdge[] } {
  const visible: Face[] = [first];
  const horizon: HorizonEdge[] = [];
  first.mark = round;
  // Depth first with the entering edge known, so that horizon edges come in order.
  const stack: { face: Face; edge: number; left: number }[] = [{ face: first, edge: 0, left: 3 }];
  while (stack.length > 0) {
    const top = stack[stack.length - 1]!;
    if (top.left === 0) {
      stack.pop();
      continue;
    }
    const { face, edge } = top;
    top.edge = (edge + 1) % 3;
    top.left--;
    const neighbour = face.n[edge]!;
    if (neighbour.mark === round) continue;
    if (above(points, apex, neighbour) > 0) {
      neighbour.mark = round;
      visible.push(neighbour);
      stack.push({ face: neighbour, edge: (neighbour.n.indexOf(face) + 1) % 3, left: 2 });
    } else {
      horizon.push({ from: face.v[edge]!, to: face.v[(edge + 1) % 3]!, beyond: neighbour });
    }
  }
  return { visible, horizon };
}

function fan(points: Int32Array, apex: number, horizon: readonly HorizonEdge[]): Face[] {
  const fresh = horizon.map(({ from, to }) => plane(points, from, to, apex) as Face);
  horizon.forEach(({ from, to, beyond }, i) => {
    const f = fresh[i]!;
    const after = fresh[(i + 1) % fresh.length]!;
    const before = fresh[(i + fresh.length - 1) % fresh.length]!;
    (f as { n: Face['n'] }).n = [beyond, after, before];
    for (let e = 0; e < 3; e++) {
      if (beyond.v[e] === to && beyond.v[(e + 1) % 3] === from) beyond.n[e] = f;
    }
  });
  return fresh;
}

function pack(alive: readonly Face[]): Hull {
  alive.forEach((f, i) => (f.id = i));
  const faces = new Int32Array(3 * alive.length);
  const neighbours = new Int32Array(3 * alive.length);
  const normals = new Float64Array(3 * alive.length);
  const vertices = new Set<number>();
  alive.forEach((f, i) => {
    normals.set([f.a, f.b, f.c], 3 * i);
    for (let e = 0; e < 3; e++) {
      faces[3 * i + e] = f.v[e]!;
      neighbours[3 * i + e] = f.n[e]!.id;
      vertices.add(f.v[e]!);
    }
  });
  return { vertices: Int32Array.from(vertices), faces, neighbours, normals };
}
