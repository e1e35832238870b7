import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { length, subtract, toPatient, type Affine, type Size3, type Vec3 } from '../../core/geometry.ts';
import { Painter, type Axis } from './paint.ts';
import { sweep } from './sweep.ts';

const STRAIGHT: Affine = {
  origin: [0, 0, 0],
  matrix: [
    [0.7, 0, 0],
    [0, 0.9, 0],
    [0, 0, 2.5],
  ],
};
const TILTED: Affine = {
  origin: [3, 2, 1],
  matrix: [
    [0.8, 0.1, 0],
    [-0.1, 1.1, 0.3],
    [0.2, 0.5, 2],
  ],
};
const SIZE: Size3 = [18, 15, 9];

/** Distance in mm from a voxel centre to the straight path, by the plain formula. */
function distance(affine: Affine, p: Vec3, a: Vec3, b: Vec3): number {
  const [P, A, B] = [p, a, b].map((v) => toPatient(affine, ...v));
  const d = subtract(B, A);
  const l = d[0] ** 2 + d[1] ** 2 + d[2] ** 2;
  const v = subtract(P, A);
  const t = l === 0 ? 0 : Math.min(1, Math.max(0, (v[0] * d[0] + v[1] * d[1] + v[2] * d[2]) / l));
  return length([v[0] - t * d[0], v[1] - t * d[1], v[2] - t * d[2]]);
}

const place = fc.tuple(
  fc.double({ min: -3, max: 20, noNaN: true }),
  fc.double({ min: -3, max: 17, noNaN: true }),
  fc.double({ min: -2, max: 10, noNaN: true }),
);

describe('a swept ball', () => {
  for (const [name, affine] of Object.entries({ straight: STRAIGHT, tilted: TILTED })) {
    for (const normal of [null, 0, 1, 2] as const) {
      it(`holds the voxels within the radius, ${name} grid, ${normal === null ? 'in space' : `across axis ${normal}`}`, () => {
        fc.assert(
          fc.property(place, place, fc.double({ min: 0.1, max: 6, noNaN: true }), (from, to, radius) => {
            const [a, b] = [from, to].map((p): Vec3 => inPlane(p, normal, from));
            const painter = new Painter(new Uint8Array(SIZE[0] * SIZE[1] * SIZE[2]), SIZE, 1);
            sweep(affine, normal, a, b, radius, (x, y, z, axis, n) => painter.run(x, y, z, axis, n));
            const wrong: string[] = [];
            for (let z = 0, i = 0; z < SIZE[2]; z++) {
              for (let y = 0; y < SIZE[1]; y++) {
                for (let x = 0; x < SIZE[0]; x++, i++) {
                  const off = normal !== null && [x, y, z][normal] !== a[normal];
                  const d = distance(affine, [x, y, z], a, b);
                  // Beyond the radius only what the path itself runs through, at most half a voxel away.
                  const near = [0, 1, 2].every((n) => within([x, y, z][n], a[n], b[n], 0.5));
                  const missing = !off && d <= radius - 1e-5 && painter.data[i] === 0;
                  const extra = (off || (d > radius + 1e-5 && !near)) && painter.data[i] === 1;
                  if (missing || extra) wrong.push(`${x} ${y} ${z}`);
                }
              }
            }
            expect(wrong).toEqual([]);
          }),
          { numRuns: 60 },
        );
      });
    }
  }

  it('of 5 mm radius on 1 mm voxels around a voxel holds 81 in a plane and 515 in space', () => {
    // Lattice points with x² + y² ≤ 25 (Gauss), and with x² + y² + z² ≤ 25.
    const affine: Affine = {
      origin: [0, 0, 0],
      matrix: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    };
    const count = (normal: Axis | null) => {
      const painter = new Painter(new Uint8Array(21 ** 3), [21, 21, 21], 1);
      sweep(affine, normal, [10, 10, 10], [10, 10, 10], 5, (x, y, z, axis, n) =>
        painter.run(x, y, z, axis, n),
      );
      return painter.changed;
    };
    expect(count(2)).toBe(81);
    expect(count(1)).toBe(81);
    expect(count(null)).toBe(515);
  });
});

const within = (v: number, a: number, b: number, margin: number) =>
  v >= Math.min(a, b) - margin - 1e-9 && v <= Math.max(a, b) + margin + 1e-9;

function inPlane(p: Vec3, normal: Axis | null, of: Vec3): Vec3 {
  if (normal === null) return p;
  const out: [number, number, number] = [...p];
  out[normal] = Math.round(of[normal]);
  return out;
}
