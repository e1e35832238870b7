import type { KernelModule } from '../../core/kernel-module.ts';
import type { MeshHull } from './outline.ts';

/** Sine below which a side counts as parallel to a direction. */
const NOISE = 1e-9;

/** A hull seen along directions, one after another. */
export interface Look {
  /** Twice the area times the outward normal of each flat side: all x, all y, all z, all lengths. */
  readonly normals: readonly [Float64Array, Float64Array, Float64Array, Float64Array];
  /** For each flat side, whether the last direction rises above it. */
  readonly lit: Uint8Array;
  /** Height of the hull along a unit vector, and area of its shadow. */
  readonly along: (x: number, y: number, z: number) => { readonly height: number; readonly shadow: number };
}

/** Until the look is no longer needed, the kernels must not be asked for anything else. */
export function lookAt(hull: MeshHull, kernels: KernelModule | null): Look {
  const corners = cornersOf(hull);
  const normals = normalsOf(hull);
  return kernels === null ? plainly(corners, normals) : byKernel(corners, normals, kernels);
}

type Rows = readonly Float64Array[];

/** x, y and z of the corners, the last one twice where their number is odd. */
function cornersOf({ corners }: MeshHull): Rows {
  const n = corners.length / 3;
  return [0, 1, 2].map((a) => {
    const row = new Float64Array(n + (n & 1));
    for (let i = 0; i < row.length; i++) row[i] = corners[3 * Math.min(i, n - 1) + a]!;
    return row;
  });
}

/** Sums over the triangles of each side; a side more, of no area, where their number is odd. */
function normalsOf({ corners, faces, sides }: MeshHull): Look['normals'] {
  const count = sides.reduce((most, s) => Math.max(most, s + 1), 0);
  const make = (): Float64Array => new Float64Array(count + (count & 1));
  const [x, y, z, length] = [make(), make(), make(), make()];
  for (let f = 0; f < sides.length; f++) {
    const [a, b, c] = [3 * faces[3 * f]!, 3 * faces[3 * f + 1]!, 3 * faces[3 * f + 2]!];
    const ux = corners[b]! - corners[a]!;
    const uy = corners[b + 1]! - corners[a + 1]!;
    const uz = corners[b + 2]! - corners[a + 2]!;
    const vx = corners[c]! - corners[a]!;
    const vy = corners[c + 1]! - corners[a + 1]!;
    const vz = corners[c + 2]! - corners[a + 2]!;
    const s = sides[f]!;
    x[s]! += uy * vz - uz * vy;
    y[s]! += uz * vx - ux * vz;
    z[s]! += ux * vy - uy * vx;
  }
  for (let s = 0; s < count; s++) length[s] = Math.hypot(x[s]!, y[s]!, z[s]!);
  return [x, y, z, length];
}

function plainly([x, y, z]: Rows, normals: Look['normals']): Look {
  const [a, b, c, length] = normals;
  const lit = new Uint8Array(a.length);
  return {
    normals,
    lit,
    along: (dx, dy, dz) => {
      let [low, high, shadow] = [Infinity, -Infinity, 0];
      for (let i = 0; i < x!.length; i++) {
        const h = dx * x![i]! + dy * y![i]! + dz * z![i]!;
        if (h < low) low = h;
        if (h > high) high = h;
      }
      for (let s = 0; s < lit.length; s++) {
        // Sides parallel to the direction must all count as unlit, whatever their rounding, or the outline tears.
        const rise = dx * a[s]! + dy * b[s]! + dz * c[s]!;
        lit[s] = rise > NOISE * length[s]! ? 1 : 0;
        if (rise > 0) shadow += rise / 2;
      }
      return { height: high - low, shadow };
    },
  };
}

function byKernel(corners: Rows, normals: Look['normals'], { arena, call }: KernelModule): Look {
  arena.reset();
  const [n, sides] = [corners[0]!.length, normals[0].length];
  const points = arena.room(24 * n);
  const planes = arena.room(32 * sides);
  const bright = arena.room(sides);
  const found = arena.room(24);
  corners.forEach((row, a) => new Float64Array(arena.buffer, points + 8 * a * n, n).set(row));
  normals.forEach((row, a) => new Float64Array(arena.buffer, planes + 8 * a * sides, sides).set(row));
  const lit = new Uint8Array(arena.buffer, bright, sides);
  const figures = new Float64Array(arena.buffer, found, 3);
  return {
    normals,
    lit,
    along: (x, y, z) => {
      call('morphology_shadow', points, n, planes, sides, x, y, z, NOISE, bright, found);
      return { height: figures[1]! - figures[0]!, shadow: figures[2]! };
    },
  };
}
