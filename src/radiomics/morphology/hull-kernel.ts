import type { KernelModule } from '../../core/kernel-module.ts';
import type { Hull } from './hull.ts';

const POINT_BYTES = 32;
const FACE_BYTES = 80;

/**
 * The hull by the Wasm kernel: triangle for triangle that of `convexHull`.
 * @returns null when all points lie in one plane; undefined when the kernel's list of open faces did not suffice
 */
export function hullByKernel(points: Int32Array, { arena, call }: KernelModule): Hull | null | undefined {
  const n = points.length / 3;
  const most = 32 * n + 64;
  arena.reset();
  const at = arena.room(POINT_BYTES * n);
  const places = arena.room(FACE_BYTES * (5 * n + 16));
  const lists = arena.room(100 * (n + 16));
  const pending = arena.room(4 * most);
  const corners = arena.room(24 * n);
  const beyond = arena.room(24 * n);
  const normals = arena.room(48 * n);
  const vertices = arena.room(4 * (n + 1));
  const into = new Float64Array(arena.buffer, at, 4 * n);
  for (let i = 0, to = 0; i < points.length; i += 3, to += 4) {
    into[to] = points[i]!;
    into[to + 1] = points[i + 1]!;
    into[to + 2] = points[i + 2]!;
  }
  const count = call(
    'morphology_hull',
    at,
    n,
    places,
    lists,
    pending,
    most,
    corners,
    beyond,
    normals,
    vertices,
  );
  if (count <= 0) return count === 0 ? null : undefined;
  const found = new Int32Array(arena.buffer, vertices, n + 1);
  return {
    vertices: found.slice(1, found[0]! + 1),
    faces: new Int32Array(arena.buffer, corners, 3 * count).slice(),
    neighbours: new Int32Array(arena.buffer, beyond, 3 * count).slice(),
    normals: new Float64Array(arena.buffer, normals, 3 * count).slice(),
  };
}
