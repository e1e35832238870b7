// Twin of convexHull in src/radiomics/morphology/convex-hull.ts: the same steps in the same order on whole numbers, and
// so the same hull, triangle for triangle.
//
// Points and faces are named by their addresses; 0 is none. A point has 32 bytes: x, y, z as f64, the next point in its
// chain (24), and 1 when it is a corner of the hull (28). A face has 80: its plane a, b, c, d as f64, the height of its
// highest point (32), corners (40), neighbours (52), first point of its chain (64), its highest point (68), the round
// in which it was last seen (72), and its number in the result (76).

const POINT: usize = 32;
const FACE: usize = 80;
const DEAD: i32 = -1;

/** First place for a face that was never used so far. */
let unused: usize = 0;
/** Lists of faces: those free again, those seen from the present point, those that are new. */
let freed: usize = 0;
let freedEnd: usize = 0;
let visible: usize = 0;
let visibleEnd: usize = 0;
let fresh: usize = 0;
let freshEnd: usize = 0;
/** Edges around the visible faces in turning order: corner from, corner to, face beyond. */
let horizon: usize = 0;
let horizonEnd: usize = 0;
/** The way of the search back: face, next edge, edges left. */
let way: usize = 0;

/**
 * Hull of `n` points.
 * `faces`: room for 5n + 16 faces; `lists`: 100·(n + 16) bytes; `pending`: room for `most` addresses.
 * Out, as `Hull` has them: `corners`, `neighbours`: 6n i32 each, `normals`: 6n f64, `vertices`: the number of corners,
 * then their indices, n + 1 i32.
 * Returns the number of triangles; 0 when all points lie in one plane, −1 when `pending` was too small.
 */
export function morphology_hull(
  points: usize,
  n: i32,
  faces: usize,
  lists: usize,
  pending: usize,
  most: i32,
  corners: usize,
  neighbours: usize,
  normals: usize,
  vertices: usize,
): i32 {
  const room = <usize>(n + 16) << 2;
  unused = faces;
  freed = freedEnd = lists;
  visible = freed + 5 * room;
  fresh = visible + 2 * room;
  horizon = fresh + 3 * room;
  way = horizon + 9 * room;
  if (!begin(points, points + <usize>n * POINT, faces)) return 0;
  if (!grow(faces, pending, pending + (<usize>most << 2))) return -1;
  return pack(points, faces, corners, neighbours, normals, vertices);
}

/** A face through three points; its place may be one that is free again. */
function add(i: usize, j: usize, k: usize): usize {
  let f: usize;
  if (freedEnd > freed) {
    freedEnd -= 4;
    f = load<u32>(freedEnd);
  } else {
    f = unused;
    unused += FACE;
  }
  const x = load<f64>(i);
  const y = load<f64>(i, 8);
  const z = load<f64>(i, 16);
  const ux = load<f64>(j) - x;
  const uy = load<f64>(j, 8) - y;
  const uz = load<f64>(j, 16) - z;
  const vx = load<f64>(k) - x;
  const vy = load<f64>(k, 8) - y;
  const vz = load<f64>(k, 16) - z;
  const a = uy * vz - uz * vy;
  const b = uz * vx - ux * vz;
  const c = ux * vy - uy * vx;
  store<f64>(f, a);
  store<f64>(f, b, 8);
  store<f64>(f, c, 16);
  store<f64>(f, a * x + b * y + c * z, 24);
  store<f64>(f, 0, 32);
  store<u32>(f, i, 40);
  store<u32>(f, j, 44);
  store<u32>(f, k, 48);
  store<u64>(f, 0, 64);
  store<i32>(f, 0, 72);
  return f;
}

/** Positive when the point lies strictly on the outer side of the face. */
// @ts-ignore: decorator
@inline
function above(x: f64, y: f64, z: f64, f: usize): f64 {
  return load<f64>(f) * x + load<f64>(f, 8) * y + load<f64>(f, 16) * z - load<f64>(f, 24);
}

/** Puts a point into the chain of the first new face that it lies above; drops it when there is none. */
// @ts-ignore: decorator
@inline
function assign(p: usize): void {
  const x = load<f64>(p);
  const y = load<f64>(p, 8);
  const z = load<f64>(p, 16);
  for (let at = fresh; at < freshEnd; at += 4) {
    const f = <usize>load<u32>(at);
    const h = above(x, y, z, f);
    if (h <= 0) continue;
    store<u32>(p, load<u32>(f, 64), 24);
    store<u32>(f, p, 64);
    if (h > load<f64>(f, 32)) {
      store<f64>(f, h, 32);
      store<u32>(f, p, 68);
    }
    return;
  }
}

/** The first tetrahedron: four points far apart, the last one below the plane of the first three. */
function begin(points: usize, end: usize, faces: usize): bool {
  if (end - points < 4 * POINT) return false;
  const i = farthest(points, end, points);
  const j = farthest(points, end, i);
  const x = load<f64>(i);
  const y = load<f64>(i, 8);
  const z = load<f64>(i, 16);
  const ux = load<f64>(j) - x;
  const uy = load<f64>(j, 8) - y;
  const uz = load<f64>(j, 16) - z;
  if (ux == 0 && uy == 0 && uz == 0) return false;
  let k = points;
  let widest: f64 = -1;
  for (let p = points; p < end; p += POINT) {
    const vx = load<f64>(p) - x;
    const vy = load<f64>(p, 8) - y;
    const vz = load<f64>(p, 16) - z;
    const s = abs(uy * vz - uz * vy) + abs(uz * vx - ux * vz) + abs(ux * vy - uy * vx);
    if (s <= widest) continue;
    widest = s;
    k = p;
  }
  if (widest == 0) return false;
  const base = add(i, j, k);
  unused = faces;
  let l = points;
  let highest: f64 = -1;
  for (let p = points; p < end; p += POINT) {
    const h = abs(above(load<f64>(p), load<f64>(p, 8), load<f64>(p, 16), base));
    if (h <= highest) continue;
    highest = h;
    l = p;
  }
  if (highest == 0) return false;
  if (above(load<f64>(l), load<f64>(l, 8), load<f64>(l, 16), base) < 0) tetrahedron(i, j, k, l);
  else tetrahedron(i, k, j, l);
  for (let p = points; p < end; p += POINT) {
    store<u64>(p, 0, 24);
    assign(p);
  }
  return true;
}

/** The point farthest from another one. */
function farthest(points: usize, end: usize, from: usize): usize {
  let at = points;
  let most: f64 = -1;
  for (let p = points; p < end; p += POINT) {
    const x = load<f64>(p) - load<f64>(from);
    const y = load<f64>(p, 8) - load<f64>(from, 8);
    const z = load<f64>(p, 16) - load<f64>(from, 16);
    const s = x * x + y * y + z * z;
    if (s <= most) continue;
    most = s;
    at = p;
  }
  return at;
}

/** The first four faces, all of them new. */
function tetrahedron(i: usize, j: usize, k: usize, l: usize): void {
  const base = add(i, j, k);
  const ij = add(j, i, l);
  const jk = add(k, j, l);
  const ki = add(i, k, l);
  join(base, ij, jk, ki);
  join(ij, base, ki, jk);
  join(jk, base, ij, ki);
  join(ki, base, jk, ij);
  store<u32>(fresh, base);
  store<u32>(fresh, ij, 4);
  store<u32>(fresh, jk, 8);
  store<u32>(fresh, ki, 12);
  freshEnd = fresh + 16;
}

// @ts-ignore: decorator
@inline
function join(f: usize, first: usize, second: usize, third: usize): void {
  store<u32>(f, first, 52);
  store<u32>(f, second, 56);
  store<u32>(f, third, 60);
}

/** Takes in the highest point of some face again and again, until no point lies outside; false when out of room. */
function grow(faces: usize, pending: usize, pendingEnd: usize): bool {
  let open = pending;
  for (let i: usize = 0; i < 4; i++) {
    store<u32>(open, faces + i * FACE);
    open += 4;
  }
  for (let round = 1; open > pending; round++) {
    open -= 4;
    const face = <usize>load<u32>(open);
    if (load<i32>(face, 72) == DEAD || load<u32>(face, 64) == 0) continue;
    const apex = <usize>load<u32>(face, 68);
    lookFrom(apex, face, round);
    fan(apex);
    for (let at = visible; at < visibleEnd; at += 4) {
      const old = <usize>load<u32>(at);
      for (let p = <usize>load<u32>(old, 64); p != 0; ) {
        const after = <usize>load<u32>(p, 24);
        if (p != apex) assign(p);
        p = after;
      }
      store<u32>(old, 0, 64);
      store<i32>(old, DEAD, 72);
    }
    // Only now, so that the faces of this round have places of their own.
    memory.copy(freedEnd, visible, visibleEnd - visible);
    freedEnd += visibleEnd - visible;
    if (open + (freshEnd - fresh) > pendingEnd) return false;
    for (let at = fresh; at < freshEnd; at += 4) {
      const f = load<u32>(at);
      if (load<u32>(f, 64) == 0) continue;
      store<u32>(open, f);
      open += 4;
    }
  }
  return true;
}

/** Finds the faces visible from a point, and the horizon around them. */
function lookFrom(apex: usize, first: usize, round: i32): void {
  const x = load<f64>(apex);
  const y = load<f64>(apex, 8);
  const z = load<f64>(apex, 16);
  let back = way;
  let edges = horizon;
  let seen = visible;
  store<u32>(seen, first);
  seen += 4;
  store<i32>(first, round, 72);
  let face = first;
  let edge: usize = 0;
  let left = 3;
  while (true) {
    if (left == 0) {
      if (back == way) break;
      back -= 12;
      face = load<u32>(back);
      edge = load<u32>(back, 4);
      left = load<i32>(back, 8);
      continue;
    }
    const here = edge << 2;
    edge = edge == 2 ? 0 : edge + 1;
    left--;
    const beyond = <usize>load<u32>(face + here, 52);
    if (load<i32>(beyond, 72) == round) continue;
    if (above(x, y, z, beyond) > 0) {
      store<i32>(beyond, round, 72);
      store<u32>(seen, beyond);
      seen += 4;
      store<u32>(back, face);
      store<u32>(back, edge, 4);
      store<i32>(back, left, 8);
      back += 12;
      edge = load<u32>(beyond, 52) == <u32>face ? 1 : load<u32>(beyond, 56) == <u32>face ? 2 : 0;
      face = beyond;
      left = 2;
    } else {
      store<u32>(edges, load<u32>(face + here, 40));
      store<u32>(edges, load<u32>(face + (edge << 2), 40), 4);
      store<u32>(edges, beyond, 8);
      edges += 12;
    }
  }
  visibleEnd = seen;
  horizonEnd = edges;
}

/** New faces from the horizon to the apex. */
function fan(apex: usize): void {
  let last = fresh;
  for (let h = horizon; h < horizonEnd; h += 12) {
    store<u32>(last, add(load<u32>(h), load<u32>(h, 4), apex));
    last += 4;
  }
  freshEnd = last;
  let before = <usize>load<u32>(last - 4);
  let h = horizon;
  for (let at = fresh; at < last; at += 4) {
    const f = <usize>load<u32>(at);
    const from = load<u32>(h);
    const to = load<u32>(h, 4);
    const beyond = <usize>load<u32>(h, 8);
    h += 12;
    join(f, beyond, load<u32>(at + 4 == last ? fresh : at + 4), before);
    before = f;
    for (let e: usize = 0; e < 3; e++) {
      const next: usize = e == 2 ? 0 : e + 1;
      if (load<u32>(beyond + (e << 2), 40) == to && load<u32>(beyond + (next << 2), 40) == from) {
        store<u32>(beyond + (e << 2), f, 52);
      }
    }
  }
}

/** The faces that are left, numbered in the order of their places. */
function pack(
  points: usize,
  faces: usize,
  corners: usize,
  neighbours: usize,
  normals: usize,
  vertices: usize,
): i32 {
  let count = 0;
  for (let f = faces; f < unused; f += FACE) {
    if (load<i32>(f, 72) != DEAD) store<i32>(f, count++, 76);
  }
  let found = 0;
  for (let f = faces; f < unused; f += FACE) {
    if (load<i32>(f, 72) == DEAD) continue;
    for (let e: usize = 0; e < 3; e++) {
      const p = <usize>load<u32>(f + (e << 2), 40);
      const index = <i32>((p - points) / POINT);
      store<i32>(corners, index);
      store<i32>(neighbours, load<i32>(load<u32>(f + (e << 2), 52), 76));
      store<f64>(normals, load<f64>(f + (e << 3)));
      corners += 4;
      neighbours += 4;
      normals += 8;
      if (load<i32>(p, 28) != 0) continue;
      store<i32>(p, 1, 28);
      found++;
      store<i32>(vertices + (<usize>found << 2), index);
    }
  }
  store<i32>(vertices, found);
  return count;
}
