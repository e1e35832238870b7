import type { Size3, Vec3 } from '../../core/geometry.ts';
import { areaOf, cutFaces, trianglesOf, type Triangle } from '../morphology/cube-table.ts';

/** The corner of a cube (x = 0, y = 1, z = 1 in the numbering of `cube-table.ts`) whose inside turns the case over. */
const TURNING = 3;

let table: readonly (readonly Triangle[])[] | null = null;

/**
 * Triangles of the 256 cases as PyRadiomics has them, found by measuring it on all 2×2×2 masks. They are those of
 * `cube-table.ts` but for two things. A case whose corner x = 0, y = 1, z = 1 lies inside is the opposite case turned
 * over, so that there diagonal corners of a face are joined and not cut off one by one; next to a cube without that
 * corner such a face does not close, and the surface has holes. And a loop of seven corners is a fan about the one of
 * them that lies on the loop's mirror plane.
 */
function cases(): readonly (readonly Triangle[])[] {
  table ??= Array.from({ length: 256 }, (_, bits) => {
    const turned = ((bits >> TURNING) & 1) === 1;
    const triangles = cutFaces(turned ? bits ^ 255 : bits).loops.flatMap((loop) =>
      loop.length === 7 ? symmetricFan(loop) : trianglesOf(loop),
    );
    return turned ? triangles.map(([a, b, c]): Triangle => [a, c, b]) : triangles;
  });
  return table;
}

/** Fans about mirrored corners have equal areas, so that of the corner on the mirror plane occurs once. */
function symmetricFan(loop: readonly Vec3[]): readonly Triangle[] {
  const n = loop.length;
  const fans = loop.map((about, k) =>
    Array.from({ length: n - 2 }, (_, i): Triangle => [
      about,
      loop[(k + 1 + i) % n]!,
      loop[(k + 2 + i) % n]!,
    ]),
  );
  const areas = fans.map((fan) => fan.reduce((sum, t) => sum + areaOf(t, [1, 1, 1]), 0));
  return fans.find((_, k) => areas.every((area, other) => other === k || Math.abs(area - areas[k]!) > 1e-9))!;
}

/**
 * Surface (mm²) and volume (mm³) of PyRadiomics' mesh around a mask. The volume sums tetrahedra from the voxel before
 * the bounding box; where the surface has holes it depends on that choice, which is therefore kept.
 */
export function meshOfOriginal(
  mask: Uint8Array,
  size: Size3,
  { lo, hi }: { readonly lo: Vec3; readonly hi: Vec3 },
  spacing: Vec3,
): { volume: number; area: number } {
  // For each case: how many cubes, and the sum of their positions.
  const found = new Float64Array(4 * 256);
  const [nx, ny, nz] = size;
  const at = (x: number, y: number, z: number): number =>
    x < 0 || y < 0 || z < 0 || x >= nx || y >= ny || z >= nz ? 0 : mask[x + nx * (y + ny * z)]!;
  for (let z = lo[2] - 1; z < hi[2]; z++) {
    for (let y = lo[1] - 1; y < hi[1]; y++) {
      let low = 0;
      for (let x = lo[0] - 1; x < hi[0]; x++) {
        const high =
          at(x + 1, y, z) |
          (at(x + 1, y + 1, z) << 1) |
          (at(x + 1, y, z + 1) << 2) |
          (at(x + 1, y + 1, z + 1) << 3);
        const k = 4 * (low | (high << 4));
        low = high;
        found[k]!++;
        found[k + 1]! += x - lo[0] + 1;
        found[k + 2]! += y - lo[1] + 1;
        found[k + 3]! += z - lo[2] + 1;
      }
    }
  }
  let volume = 0;
  let area = 0;
  cases().forEach((triangles, bits) => {
    const count = found[4 * bits]!;
    if (count === 0) return;
    const at3 = found.subarray(4 * bits + 1, 4 * bits + 4);
    for (const triangle of triangles) {
      const [a, b, c] = triangle;
      area += count * areaOf(triangle, spacing);
      const normal = cross(a, b).map((n, axis) => n + cross(b, c)[axis]! + cross(c, a)[axis]!);
      const [ux, uy, uz] = cross(a, b);
      volume += count * (ux * c[0] + uy * c[1] + uz * c[2]);
      for (let axis = 0; axis < 3; axis++) volume += at3[axis]! * normal[axis]!;
    }
  });
  return { volume: (volume / 6) * spacing[0] * spacing[1] * spacing[2], area };
}

const cross = (a: Vec3, b: Vec3): [number, number, number] => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
