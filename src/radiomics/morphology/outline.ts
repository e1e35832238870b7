import { forEachMaskRow } from '../../imaging/mask-rows.ts';
import type { Size3, Vec3 } from '../../core/geometry.ts';
import { convexHull, type Hull } from './convex-hull.ts';

/** The convex hull of the mesh, with its corners in mm. */
export interface MeshHull {
  /** x, y, z of each hull corner, mm from the first voxel of the box. */
  readonly corners: Float64Array;
  /** Triangles as indices of corners, turning left seen from outside. */
  readonly faces: Int32Array;
  readonly neighbours: Int32Array;
  /** For each triangle the number of the flat side that it is part of. */
  readonly sides: Int32Array;
  readonly volume: number;
  readonly area: number;
}

/**
 * Hull of the mesh vertices of a mask. These are the middles between an inside and an outside voxel, and their hull
 * is that of all v ± ½eᵢ for the voxels v that are corners of the hull of the voxel centres: the farthest vertex in
 * any direction lies half a voxel beyond the farthest centre, along the direction's largest component. So only the
 * ends of rows, of these only the corners of each slice's outline, and of these only the corners of their hull need
 * to be looked at. Coordinates are doubled to be whole numbers.
 */
export function hullOfMesh(mask: Uint8Array, size: Size3, spacing: Vec3): MeshHull {
  const centres = outlineVoxels(mask, size);
  const inner = convexHull(centres);
  const points = Int32Array.from(inner === null ? allMiddles(centres) : outerMiddles(centres, inner));
  const hull = convexHull(points);
  if (hull === null) throw new RangeError('hull of an empty mask');
  return inMillimetres(points, hull, spacing);
}

/** All six middles around each voxel, in doubled coordinates. */
function allMiddles(centres: Int32Array): number[] {
  const points: number[] = [];
  for (let v = 0; v < centres.length; v += 3) {
    for (let side = 0; side < 6; side++) pushMiddle(points, centres, v, side >> 1, side & 1 ? 1 : -1);
  }
  return points;
}

/**
 * The middles that can be corners: v + ½eᵢ is farthest in some direction d only if v is, so d is a mixture of the
 * normals of the sides at v, and if dᵢ > 0, so one of these normals has a positive component i.
 */
function outerMiddles(centres: Int32Array, { faces, normals, vertices }: Hull): number[] {
  const open = new Map<number, number>();
  for (let f = 0; f < faces.length; f += 3) {
    let bits = 0;
    for (let a = 0; a < 3; a++) {
      if (normals[f + a]! < 0) bits |= 1 << (2 * a);
      if (normals[f + a]! > 0) bits |= 2 << (2 * a);
    }
    for (let i = 0; i < 3; i++) open.set(faces[f + i]!, (open.get(faces[f + i]!) ?? 0) | bits);
  }
  const points: number[] = [];
  for (const v of vertices) {
    const bits = open.get(v)!;
    for (let side = 0; side < 6; side++) {
      if ((bits >> side) & 1) pushMiddle(points, centres, 3 * v, side >> 1, side & 1 ? 1 : -1);
    }
  }
  return points;
}

function pushMiddle(points: number[], centres: Int32Array, v: number, axis: number, half: number): void {
  for (let a = 0; a < 3; a++) points.push(2 * centres[v + a]! + (a === axis ? half : 0));
}

/** Voxels that can be corners of the hull of all voxel centres: corners of the convex outline of each slice. */
function outlineVoxels(mask: Uint8Array, [nx, ny]: Size3): Int32Array {
  const out: number[] = [];
  let left: number[] = [];
  let right: number[] = [];
  let slice = -1;
  const finish = (): void => {
    for (const side of [left, right]) {
      for (let i = 0; i < side.length; i += 2) out.push(side[i]!, side[i + 1]!, slice);
    }
    left = [];
    right = [];
  };
  forEachMaskRow(mask, nx, ny, (y, z, first, last) => {
    if (z !== slice) finish();
    slice = z;
    const start = nx * (y + ny * z);
    pushConvex(left, first - start, y, -1);
    pushConvex(right, last - start, y, 1);
  });
  finish();
  return Int32Array.from(out);
}

/** Adds a point to one side of an outline that grows with y, dropping points that are no longer corners. */
function pushConvex(side: number[], x: number, y: number, sign: number): void {
  while (side.length >= 4) {
    const n = side.length;
    const [ax, ay, bx, by] = [side[n - 4]!, side[n - 3]!, side[n - 2]!, side[n - 1]!];
    if (sign * ((bx - ax) * (y - ay) - (x - ax) * (by - ay)) > 0) break;
    side.length -= 2;
  }
  side.push(x, y);
}

function inMillimetres(points: Int32Array, hull: Hull, spacing: Vec3): MeshHull {
  const { vertices, neighbours } = hull;
  const order = new Map<number, number>();
  const corners = new Float64Array(3 * vertices.length);
  vertices.forEach((v, i) => {
    order.set(v, i);
    for (let a = 0; a < 3; a++) corners[3 * i + a] = (points[3 * v + a]! / 2) * spacing[a]!;
  });
  const faces = hull.faces.map((v) => order.get(v)!);
  let volume = 0;
  let area = 0;
  const [ox, oy, oz] = [corners[0]!, corners[1]!, corners[2]!];
  for (let f = 0; f < faces.length; f += 3) {
    const [a, b, c] = [3 * faces[f]!, 3 * faces[f + 1]!, 3 * faces[f + 2]!];
    const ux = corners[b]! - corners[a]!;
    const uy = corners[b + 1]! - corners[a + 1]!;
    const uz = corners[b + 2]! - corners[a + 2]!;
    const vx = corners[c]! - corners[a]!;
    const vy = corners[c + 1]! - corners[a + 1]!;
    const vz = corners[c + 2]! - corners[a + 2]!;
    const n = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx] as const;
    area += Math.sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]) / 2;
    volume += (n[0] * (corners[a]! - ox) + n[1] * (corners[a + 1]! - oy) + n[2] * (corners[a + 2]! - oz)) / 6;
  }
  return { corners, faces, neighbours, sides: sidesOf(hull), volume, area };
}

/** Neighbouring triangles in one plane get one number; whole-number normals tell exactly. */
export function sidesOf({ faces, neighbours, normals: n }: Hull): Int32Array {
  const sides = new Int32Array(faces.length / 3).fill(-1);
  const open: number[] = [];
  for (let start = 0, side = 0; start < sides.length; start++) {
    if (sides[start] !== -1) continue;
    sides[start] = side;
    open.push(start);
    for (let f = open.pop(); f !== undefined; f = open.pop()) {
      const [a, b, c] = [n[3 * f]!, n[3 * f + 1]!, n[3 * f + 2]!];
      for (let e = 0; e < 3; e++) {
        const g = neighbours[3 * f + e]!;
        const [x, y, z] = [n[3 * g]!, n[3 * g + 1]!, n[3 * g + 2]!];
        if (sides[g] !== -1 || b * z !== c * y || c * x !== a * z || a * y !== b * x) continue;
        sides[g] = side;
        open.push(g);
      }
    }
    side++;
  }
  return sides;
}

const SLABS = 256;

/**
 * Largest distance between two corners, mm. With corners p and q at |p|, |q| ≤ R from the middle,
 * |p + q|² = 2|p|² + 2|q|² − |p − q|²; so the partner of p in a distance above D lies within √(2|p|² + 2R² − D²) of −p.
 * Corners are kept in slabs along x, and only the slabs in reach are looked at.
 */
export function diameterOf({ corners }: MeshHull): number {
  const n = corners.length / 3;
  const middle: [number, number, number] = [0, 0, 0];
  for (let i = 0; i < n; i++) for (const a of [0, 1, 2] as const) middle[a] += corners[3 * i + a]! / n;
  let [low, high, reach] = [Infinity, -Infinity, 0];
  for (let i = 0; i < 3 * n; i += 3) {
    const x = corners[i]! - middle[0];
    const y = corners[i + 1]! - middle[1];
    const z = corners[i + 2]! - middle[2];
    low = Math.min(low, x);
    high = Math.max(high, x);
    reach = Math.max(reach, x * x + y * y + z * z);
  }
  const scale = (SLABS - 1) / (high - low || 1);
  const slabOf = (x: number): number => Math.max(0, Math.min(SLABS - 1, Math.floor((x - low) * scale)));
  const starts = new Int32Array(SLABS + 2);
  for (let i = 0; i < n; i++) starts[slabOf(corners[3 * i]! - middle[0]) + 2]!++;
  for (let s = 2; s < starts.length; s++) starts[s]! += starts[s - 1]!;
  const p = new Float64Array(3 * n);
  for (let i = 0; i < 3 * n; i += 3) {
    const to = 3 * starts[slabOf(corners[i]! - middle[0]) + 1]!++;
    p[to] = corners[i]! - middle[0];
    p[to + 1] = corners[i + 1]! - middle[1];
    p[to + 2] = corners[i + 2]! - middle[2];
  }
  let most = 0; // D²
  let far = 0;
  const widen = (i: number, from: number, to: number): void => {
    const [x, y, z] = [p[i]!, p[i + 1]!, p[i + 2]!];
    for (let j = from; j < to; j += 3) {
      const [dx, dy, dz] = [x - p[j]!, y - p[j + 1]!, z - p[j + 2]!];
      const d = dx * dx + dy * dy + dz * dz;
      if (d <= most) continue;
      most = d;
      far = j;
    }
  };
  // From end to end a few times: already close to the largest distance, and all others have little reach.
  for (let turn = 0; turn < 4; turn++) widen(far, 0, 3 * n);
  for (let i = 0; i < 3 * n; i += 3) {
    const square = p[i]! * p[i]! + p[i + 1]! * p[i + 1]! + p[i + 2]! * p[i + 2]!;
    const near = 2 * square + 2 * reach - most + 1e-9 * reach;
    if (near < 0 || Math.sqrt(square) + Math.sqrt(reach) < Math.sqrt(most) * (1 - 1e-12)) continue;
    const r = Math.sqrt(near);
    widen(i, 3 * starts[slabOf(-p[i]! - r)]!, 3 * starts[slabOf(r - p[i]!) + 1]!);
  }
  return Math.sqrt(most);
}
