import { describe, expect, it } from 'vitest';
import { toPatient, toVoxel, type Affine, type Grid, type Vec3 } from '../../core/geometry.ts';
import { crossingOf, patientAt, placeAt, voxelAt } from './plane-frame.ts';
import { patientPlane, stackPlane } from './planes.ts';

const straight: Affine = {
  origin: [-10, -20, 30],
  matrix: [
    [2, 0, 0],
    [0, 3, 0],
    [0, 0, 4],
  ],
};
/** Turned by 30° about x, then by 20° about z: an oblique series. */
const oblique: Affine = (() => {
  const [a, b] = [Math.PI / 6, Math.PI / 9];
  const turn = ([x, y, z]: Vec3): Vec3 => {
    const [y1, z1] = [y * Math.cos(a) - z * Math.sin(a), y * Math.sin(a) + z * Math.cos(a)];
    return [x * Math.cos(b) - y1 * Math.sin(b), x * Math.sin(b) + y1 * Math.cos(b), z1];
  };
  return { origin: [5, -40, 12], matrix: [turn([1.5, 0, 0]), turn([0, 1.5, 0]), turn([0, 0, 5])] };
})();
const grid: Grid = { size: [10, 12, 8], affine: straight };
const names = ['axial', 'sagittal', 'coronal'] as const;

describe('places on a plane', () => {
  it('the middle of the first pixel of an axial slice is voxel (0, 0)', () => {
    expect(voxelAt(patientPlane(grid, 'axial'), 5, { column: 0.5, row: 0.5 })).toEqual([0, 0, 5]);
  });
  it('coronal rows run against z: the first row is the last slice', () => {
    expect(voxelAt(patientPlane(grid, 'coronal'), 3, { column: 0.5, row: 0.5 })).toEqual([0, 3, 7]);
  });
  it.each(names)('%s: voxel, place and back, flips and oblique axes included', (name) => {
    for (const affine of [straight, oblique]) {
      const plane = patientPlane({ size: grid.size, affine }, name);
      const voxel = voxelAt(plane, 4, { column: 2.25, row: 6.5 });
      expect(placeAt(plane, voxel)).toEqual({ column: 2.25, row: 6.5, slice: 4 });
    }
  });
  it('is a patient position in mm where there is geometry, and none where not', () => {
    const axial = patientPlane(grid, 'axial');
    expect(patientAt(grid, axial, 1, { column: 3.5, row: 2.5 })).toEqual([-10 + 6, -20 + 6, 34]);
    expect(patientAt(grid, stackPlane(grid), 1, { column: 3.5, row: 2.5 })).toBeNull();
  });
});

describe('another grid along a slice', () => {
  const other: Grid = { size: [20, 20, 20], affine: oblique };
  it.each(names)('%s: every place meets the voxel that the patient position says', (name) => {
    const plane = patientPlane(grid, name);
    const { origin, across, down } = crossingOf(grid, plane, 2, other);
    for (const place of [
      { column: 0.5, row: 0.5 },
      { column: 7.25, row: 3.75 },
    ]) {
      const expected = toVoxel(oblique)(toPatient(straight, ...voxelAt(plane, 2, place)));
      const got = origin.map((v, i) => v + place.column * across[i]! + place.row * down[i]!);
      got.forEach((v, i) => expect(v).toBeCloseTo(expected[i]!, 10));
    }
  });
  it('is a shift of half a voxel on its own grid: places count corners, voxels centres', () => {
    const { origin, across, down } = crossingOf(grid, patientPlane(grid, 'axial'), 2, grid);
    [-0.5, -0.5, 2].forEach((v, i) => expect(origin[i]).toBeCloseTo(v, 12));
    [1, 0, 0].forEach((v, i) => expect(across[i]).toBeCloseTo(v, 12));
    [0, 1, 0].forEach((v, i) => expect(down[i]).toBeCloseTo(v, 12));
  });
});
