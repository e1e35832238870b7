import type { Vec3 } from '../../core/geometry.ts';
import type { KernelModule } from '../../core/kernel-module.ts';
import type { MaskRows } from '../../imaging/mask-rows.ts';
import { convexHull } from './convex-hull.ts';
import type { Hull } from './hull.ts';

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
export function hullOfMesh(rows: MaskRows, spacing: Vec3, kernels: KernelModule | null): MeshHull {
  const centres = outlineVoxels(rows);
  const inner = convexHull(centres, kernels);
  const points = inner === null ? allMiddles(centres) : outerMiddles(centres, inner);
  const hull = convexHull(points, kernels);
  if (hull === null) throw new RangeError('hull of an empty mask');
  return inMillimetres(points, hull, spacing);
}

/** All six middles around each voxel, in doubled coordinates. */
function allMiddles(centres: Int32Array): Int32Array {
  return middles(
    centres,
    Array.from({ length: centres.length / 3 }, (_, v) => v),
    () => 63,
  );
}

/**
 * The middles that can be corners: v + ½eᵢ is farthest in some direction d only if v is, so d is a mixture of the
 * normals of the sides at v, and if dᵢ > 0, so one of these normals has a positive component i.
 */
function outerMiddles(centres: Int32Array, { faces, normals, vertices }: Hull): Int32Array {
  const open = new Uint8Array(centres.length / 3);
  for (let f = 0; f < faces.length; f += 3) {
    let bits = 0;
    for (let a = 0; a < 3; a++) {
      if (normals[f + a]! < 0) bits |= 1 << (2 * a);
      if (normals[f + a]! > 0) bits |= 2 << (2 * a);
    }
    for (let i = 0; i < 3; i++) open[faces[f + i]!]! |= bits;
  }
  return middles(centres, vertices, (v) => open[v]!);
}

/** Doubled coordinates of v ± ½eᵢ for some voxels, of those sides whose bit (−x, +x, −y, +y, −z, +z) is set. */
function middles(centres: Int32Array, voxels: ArrayLike<number>, sides: (v: number) => number): Int32Array {
  const points = new Int32Array(18 * voxels.length);
  let n = 0;
  for (let i = 0; i < voxels.length; i++) {
    const v = voxels[i]!;
    const bits = sides(v);
    for (let side = 0; side < 6; side++) {
      if (((bits >> side) & 1) === 0) continue;
      for (let a = 0; a < 3; a++) points[n + a] = 2 * centres[3 * v + a]!;
      points[n + (side >> 1)]! += side & 1 ? 1 : -1;
      n += 3;
    }
  }
  return points.subarray(0, n);
}

/** Voxels that can be corners of the hull of all voxel centres: corners of the convex outline of each slice. */
function outlineVoxels(rows: MaskRows): Int32Array {
  const out = new Int32Array(6 * rows.count);
  let n = 0;
  for (let from = 0, to = 0; from < rows.count; from = to) {
    const z = rows.z(from);
    while (to < rows.count && rows.z(to) === z) to++;
    n = pushSide(out, n, rows, from, to, -1);
    n = pushSide(out, n, rows, from, to, 1);
  }
  return out.subarray(0, n);
}

/** Adds the corners of one side of a slice's outline, left (−1) or right (1); returns where the points end now. */
function pushSide(
  out: Int32Array,
  start: number,
  rows: MaskRows,
  from: number,
  to: number,
  sign: 1 | -1,
): number {
  let n = start;
  for (let r = from; r < to; r++) {
    const y = rows.y(r);
    const x = (sign < 0 ? rows.first(r) : rows.last(r)) - rows.start(r);
    // Points before that are no corners any more are dropped.
    while (n - start >= 6) {
      const [ax, ay, bx, by] = [out[n - 6]!, out[n - 5]!, out[n - 3]!, out[n - 2]!];
      if (sign * ((bx - ax) * (y - ay) - (x - ax) * (by - ay)) > 0) break;
      n -= 3;
    }
    out[n] = x;
    out[n + 1] = y;
    out[n + 2] = rows.z(r);
    n += 3;
  }
  return n;
}

function inMillimetres(points: Int32Array, hull: Hull, spacing: Vec3): MeshHull {
  const { vertices, neighbours } = hull;
  const order = new Int32Array(points.length / 3);
  const corners = new Float64Array(3 * vertices.length);
  vertices.forEach((v, i) => {
    order[v] = i;
    for (let a = 0; a < 3; a++) corners[3 * i + a] = (points[3 * v + a]! / 2) * spacing[a]!;
  });
  const faces = hull.faces.map((v) => order[v]!);
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

/**
 * Largest distance between two corners, mm. With corners p and q at |p|, |q| ≤ R from the middle,
 * |p + q|² = 2|p|² + 2|q|² − |p − q|²; so the partner of p in a distance above D lies within √(2|p|² + 2R² − D²) of −p.
 * Corners are kept in the cells of a grid, and only the cells in reach are looked at.
 */
export function diameterOf({ corners }: MeshHull): number {
  const n = corners.length / 3;
  const middle: [number, number, number] = [0, 0, 0];
  for (let i = 0; i < n; i++) for (const a of [0, 1, 2] as const) middle[a] += corners[3 * i + a]! / n;
  const centred = new Float64Array(3 * n);
  let [side, reach] = [0, 0];
  for (let i = 0; i < 3 * n; i += 3) {
    const x = (centred[i] = corners[i]! - middle[0]);
    const y = (centred[i + 1] = corners[i + 1]! - middle[1]);
    const z = (centred[i + 2] = corners[i + 2]! - middle[2]);
    side = Math.max(side, Math.abs(x), Math.abs(y), Math.abs(z));
    reach = Math.max(reach, x * x + y * y + z * z);
  }
  const cells = Math.ceil(Math.cbrt(n));
  const scale = cells / 2 / (side || 1);
  const cellOf = (x: number): number => Math.max(0, Math.min(cells - 1, Math.floor(x * scale + cells / 2)));
  const place = (i: number): number =>
    cellOf(centred[i]!) + cells * (cellOf(centred[i + 1]!) + cells * cellOf(centred[i + 2]!));
  const starts = new Int32Array(cells ** 3 + 2);
  for (let i = 0; i < 3 * n; i += 3) starts[place(i) + 2]!++;
  for (let s = 2; s < starts.length; s++) starts[s]! += starts[s - 1]!;
  const p = new Float64Array(3 * n);
  for (let i = 0; i < 3 * n; i += 3) {
    const to = 3 * starts[place(i) + 1]!++;
    for (let a = 0; a < 3; a++) p[to + a] = centred[i + a]!;
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
    const [x, y, z] = [p[i]!, p[i + 1]!, p[i + 2]!];
    const square = x * x + y * y + z * z;
    const near = 2 * square + 2 * reach - most + 1e-9 * reach;
    if (near < 0 || Math.sqrt(square) + Math.sqrt(reach) < Math.sqrt(most) * (1 - 1e-12)) continue;
    const r = Math.sqrt(near);
    const [left, right] = [cellOf(-x - r), cellOf(r - x)];
    for (let k = cellOf(-z - r); k <= cellOf(r - z); k++) {
      for (let j = cellOf(-y - r); j <= cellOf(r - y); j++) {
        const row = cells * (j + cells * k);
        widen(i, 3 * starts[row + left]!, 3 * starts[row + right + 1]!);
      }
    }
  }
  return Math.sqrt(most);
}
