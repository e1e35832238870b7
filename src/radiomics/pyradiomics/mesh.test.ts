import { expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import type { Size3, Vec3 } from '../../core/geometry.ts';
import { meshOfOriginal } from './mesh.ts';
import { planeDiameters } from './plane-diameters.ts';

const SPACING: Vec3 = [1, 2, 3.5];

/** Voxel k of 2 × 2 × 2 (x fastest) is inside where bit k is set. */
const cube = (bits: number): Uint8Array => Uint8Array.from({ length: 8 }, (_, k) => (bits >> k) & 1);
const boxed = { lo: [0, 0, 0], hi: [2, 2, 2] } as const;

// Figures measured with `calculate_coefficients` of pyradiomics 3.0.1 on the same masks.
test.each([
  [1, 8.077747210701757, 7 / 6],
  [9, 16.155494421403514, 7 / 3],
  [24, 16.155494421403514, 7 / 3],
  [61, 52.93011298346127, 18.375],
  [67, 29.03362743041998, 28 / 3],
  [105, 32.31098884280701, 7],
  [126, 63.94846552748607, 28.583333333333332],
  [190, 63.94846552748607, 26.25],
])('mask %i of the 2×2×2 masks', (bits, area, volume) => {
  const mesh = meshOfOriginal(cube(bits), [2, 2, 2], boxed, SPACING);
  expect(mesh.area).toBeCloseTo(area, 10);
  expect(mesh.volume).toBeCloseTo(volume, 10);
});

test('a voxel is an octahedron', () => {
  const { area, volume } = meshOfOriginal(
    Uint8Array.of(1),
    [1, 1, 1],
    { lo: [0, 0, 0], hi: [1, 1, 1] },
    [2, 2, 2],
  );
  expect(area).toBeCloseTo(4 * Math.sqrt(3), 12);
  expect(volume).toBeCloseTo(8 / 6, 12);
});

test('where the box lies in the image does not matter', () => {
  const mask = Uint8Array.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1]);
  const inside = meshOfOriginal(mask, [3, 3, 2], { lo: [0, 0, 1], hi: [3, 3, 2] }, SPACING);
  const cut = meshOfOriginal(mask.slice(9), [3, 3, 1], { lo: [0, 0, 0], hi: [3, 3, 1] }, SPACING);
  expect(inside).toEqual(cut);
});

test('diameters in planes: measured with the original, and all pairs of vertices', () => {
  const [x, y, z] = planeDiameters(cube(61), [2, 2, 2], SPACING);
  expect(z).toBeCloseTo(4.123105625617661, 12);
  expect(y).toBeCloseTo(7.0710678118654755, 12);
  expect(x).toBeCloseTo(7.280109889280518, 12);

  const r = new Random(5);
  const size: Size3 = [5, 4, 3];
  const mask = Uint8Array.from({ length: 60 }, () => (r.uniform() < 0.4 ? 1 : 0));
  const vertices: Vec3[] = [];
  for (let v = 0; v < 60; v++) {
    const at = [v % 5, Math.floor(v / 5) % 4, Math.floor(v / 20)] as const;
    if (mask[v] === 0) continue;
    for (const a of [0, 1, 2] as const) {
      for (const side of [-1, 1]) {
        const there = [...at] as [number, number, number];
        there[a] += side;
        const out = there[a] < 0 || there[a] >= size[a];
        if (out || mask[there[0] + 5 * (there[1] + 4 * there[2])] === 0) {
          const middle = [...at] as [number, number, number];
          middle[a] += side / 2;
          vertices.push(middle);
        }
      }
    }
  }
  const longest = ([0, 1, 2] as const).map((axis) =>
    Math.max(
      ...vertices.flatMap((p) =>
        vertices
          .filter((q) => q[axis] === p[axis])
          .map((q) => Math.hypot(...p.map((c, a) => (c - q[a]!) * SPACING[a]!))),
      ),
    ),
  );
  planeDiameters(mask, size, SPACING).forEach((d, axis) => expect(d).toBeCloseTo(longest[axis]!, 10));
});
