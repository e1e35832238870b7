import { describe, expect, test } from 'vitest';
import { loadKernels } from '../../../tests/kernels.ts';
import { Random } from '../../core/random.ts';
import { maskRows } from '../../imaging/mask-rows.ts';
import { convexHull } from './convex-hull.ts';
import { lookAt } from './look.ts';
import { orientedBox } from './oriented-box.ts';
import { hullOfMesh } from './outline.ts';

const kernels = await loadKernels();

/** Points of a lattice, many of them in common planes and lines, and some twice. */
function latticePoints(count: number, edge: number, seed: number): Int32Array {
  const r = new Random(seed);
  return Int32Array.from({ length: 3 * count }, () => Math.floor(edge * r.uniform()));
}

describe.skipIf(kernels === null)('the hull by kernel', () => {
  test.each([
    [4, 3],
    [9, 2],
    [60, 5],
    [500, 20],
    [3000, 30000],
  ])('of %i points in a cube of %i is that of the reference, triangle for triangle', (count, edge) => {
    for (let seed = 1; seed <= 5; seed++) {
      const points = latticePoints(count, edge, seed);
      expect(convexHull(points, kernels)).toEqual(convexHull(points));
    }
  });

  test('of a cube has eight corners and twelve triangles', () => {
    const cube = Int32Array.from({ length: 24 }, (_, i) => (Math.floor(i / 3) >> (i % 3)) & 1);
    const { vertices, faces } = convexHull(cube, kernels)!;
    expect([...vertices].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(faces.length).toBe(36);
  });

  test.each([
    [[]],
    [[1, 2, 3]],
    [[0, 0, 0, 1, 0, 0, 0, 1, 0, 5, 5, 0]],
    [[0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]],
  ])('of points in one plane is none: %j', (points) =>
    expect(convexHull(Int32Array.from(points), kernels)).toBeNull(),
  );
});

test.skipIf(kernels === null)('a hull is seen alike by kernel and plainly', () => {
  const r = new Random(5);
  const size = [15, 12, 9] as const;
  const mask = Uint8Array.from({ length: 15 * 12 * 9 }, () => Number(r.uniform() < 0.3));
  const hull = hullOfMesh(maskRows(mask, size, null), [1, 0.8, 2.5], null);
  const [plain, fast] = [lookAt(hull, null), lookAt(hull, kernels)];
  for (let n = 0; n < 50; n++) {
    const d = [r.normal(), r.normal(), n < 3 ? 0 : r.normal()];
    const [x, y, z] = d.map((c) => c / Math.hypot(...d)) as [number, number, number];
    const [a, b] = [plain.along(x, y, z), fast.along(x, y, z)];
    expect(b.height).toBe(a.height);
    expect(Math.abs(b.shadow - a.shadow)).toBeLessThan(1e-13 * a.shadow);
    expect(fast.lit).toEqual(plain.lit);
  }
  expect(orientedBox(hull, kernels)).toEqual(orientedBox(hull, null));
});
