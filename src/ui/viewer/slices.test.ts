import { describe, expect, it } from 'vitest';
import type { Grid, Size3, Vec3 } from '../../core/geometry.ts';
import { patientPlane, stackPlane, voxelOf } from './planes.ts';
import { extractSlice, NearbySlices } from './slices.ts';

const size: Size3 = [4, 5, 6];
const data = Float32Array.from({ length: 120 }, (_, i) => Math.sin(i) * 1000);
const matrices: readonly (readonly [Vec3, Vec3, Vec3])[] = [
  [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  [
    [-1, 0, 0],
    [0, -1, 0],
    [0, 0, -1],
  ],
  [
    [0, 1, 0],
    [0, 0, -1],
    [1, 0, 0],
  ],
  [
    [0, 0, 2],
    [-3, 0, 0],
    [0, -1, 0],
  ],
];

describe('slices equal direct indexing', () => {
  for (const [n, matrix] of matrices.entries()) {
    for (const name of ['axial', 'sagittal', 'coronal', 'stack'] as const) {
      it(`orientation ${n}, ${name}`, () => {
        const grid: Grid = { size, affine: { origin: [0, 0, 0], matrix } };
        const plane = name === 'stack' ? stackPlane(grid) : patientPlane(grid, name);
        const out = new Float32Array(plane.columns * plane.rows);
        const nearby = new NearbySlices();
        for (let slice = 0; slice < plane.slices; slice++) {
          extractSlice(data, size, plane, slice, out);
          expect(nearby.read(data, size, plane, slice)).toEqual(out);
          for (let row = 0; row < plane.rows; row++)
            for (let column = 0; column < plane.columns; column++) {
              const [i, j, k] = voxelOf(plane, slice, column, row);
              expect(out[row * plane.columns + column]).toBe(data[i + 4 * (j + 5 * k)]);
            }
        }
      });
    }
  }
  it('reads doubles and masks too', () => {
    const grid: Grid = { size, affine: { origin: [0, 0, 0], matrix: matrices[0]! } };
    const plane = patientPlane(grid, 'axial');
    const out = new Float32Array(20);
    extractSlice(
      Float64Array.from({ length: 120 }, (_, i) => i),
      size,
      plane,
      1,
      out,
    );
    expect([...out]).toEqual(Array.from({ length: 20 }, (_, i) => 20 + i));
    const bytes = new Uint8Array(20);
    extractSlice(
      Uint8Array.from({ length: 120 }, (_, i) => i % 2),
      size,
      plane,
      1,
      bytes,
    );
    expect([...bytes.subarray(0, 4)]).toEqual([0, 1, 0, 1]);
  });
});

describe('slices read together', () => {
  it('follow the data, the plane and the way back, also where the last ones are fewer', () => {
    const long: Size3 = [19, 3, 2];
    const values = Float32Array.from({ length: 114 }, (_, i) => i);
    const grid: Grid = { size: long, affine: { origin: [0, 0, 0], matrix: matrices[0]! } };
    const [sagittal, axial] = [patientPlane(grid, 'sagittal'), patientPlane(grid, 'axial')];
    const nearby = new NearbySlices();
    const check = (data: Float32Array, plane: typeof axial, slice: number) => {
      const expected = new Float32Array(plane.columns * plane.rows);
      extractSlice(data, long, plane, slice, expected);
      expect(nearby.read(data, long, plane, slice)).toEqual(expected);
    };
    for (const slice of [0, 7, 8, 18, 3, 17]) check(values, sagittal, slice);
    check(
      values.map((v) => -v),
      sagittal,
      17,
    );
    check(values, axial, 1);
    check(values, sagittal, 1);
  });
});
