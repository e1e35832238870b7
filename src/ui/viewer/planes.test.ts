import { describe, expect, it } from 'vitest';
import type { Affine, Grid, Size3, Vec3 } from '../../core/geometry.ts';
import { toPatient } from '../../core/geometry.ts';
import {
  clampVoxel,
  directionLetters,
  hasGeometry,
  nearestAxes,
  patientPlane,
  pixelOf,
  planesOf,
  slicePosition,
  stackPlane,
  voxelOf,
} from './planes.ts';

const grid = (size: Size3, matrix: readonly [Vec3, Vec3, Vec3], origin: Vec3 = [0, 0, 0]): Grid => ({
  size,
  affine: { origin, matrix },
});
const rad = (degrees: number) => (degrees * Math.PI) / 180;
const axialGrid = grid(
  [4, 5, 6],
  [
    [0.5, 0, 0],
    [0, 0.7, 0],
    [0, 0, 3],
  ],
);

describe('letters of a direction', () => {
  it('names the six patient directions', () => {
    const named = (
      [
        [1, 0, 0],
        [-1, 0, 0],
        [0, 1, 0],
        [0, -1, 0],
        [0, 0, 1],
        [0, 0, -1],
      ] as const
    ).map(directionLetters);
    expect(named).toEqual(['L', 'R', 'P', 'A', 'S', 'I']);
  });
  it('puts the strongest component first', () => {
    expect(directionLetters([-Math.cos(rad(30)), -Math.sin(rad(30)), 0])).toBe('RA');
    expect(directionLetters([-Math.cos(rad(60)), -Math.sin(rad(60)), 0])).toBe('AR');
    expect(directionLetters([1, 1, 1])).toHaveLength(3);
  });
  it('keeps one letter within 15 degrees and adds the second beyond', () => {
    expect(directionLetters([Math.cos(rad(14)), Math.sin(rad(14)), 0])).toBe('L');
    expect(directionLetters([Math.cos(rad(16)), Math.sin(rad(16)), 0])).toBe('LP');
  });
});

describe('an axial acquisition', () => {
  it('is shown as stored in the axial plane', () => {
    const plane = patientPlane(axialGrid, 'axial');
    expect(plane).toMatchObject({
      normal: 2,
      across: 0,
      down: 1,
      flipAcross: false,
      flipDown: false,
      up: 1,
      letters: { left: 'R', right: 'L', top: 'A', bottom: 'P' },
      columns: 4,
      rows: 5,
      slices: 6,
      columnStep: 0.5,
      rowStep: 0.7,
      shear: 0,
    });
    expect(plane.tilt).toBeCloseTo(0, 9);
  });
  it('has superior up in the coronal and sagittal plane, anterior on the left of the sagittal', () => {
    expect(patientPlane(axialGrid, 'coronal')).toMatchObject({
      normal: 1,
      across: 0,
      down: 2,
      flipAcross: false,
      flipDown: true,
      up: -1,
      letters: { left: 'R', right: 'L', top: 'S', bottom: 'I' },
      columnStep: 0.5,
      rowStep: 3,
    });
    expect(patientPlane(axialGrid, 'sagittal')).toMatchObject({
      normal: 0,
      across: 1,
      down: 2,
      flipAcross: false,
      flipDown: true,
      up: -1,
      letters: { left: 'A', right: 'P', top: 'S', bottom: 'I' },
      columnStep: 0.7,
      rowStep: 3,
    });
  });
  it('shows the same picture when slices run downwards or rows run to the right (NIfTI order)', () => {
    const flipped = grid(
      [4, 5, 6],
      [
        [-0.5, 0, 0],
        [0, -0.7, 0],
        [0, 0, -3],
      ],
    );
    const axial = patientPlane(flipped, 'axial');
    expect(axial).toMatchObject({ flipAcross: true, flipDown: true, up: -1 });
    expect(axial.letters).toEqual({ left: 'R', right: 'L', top: 'A', bottom: 'P' });
    const coronal = patientPlane(flipped, 'coronal');
    expect(coronal).toMatchObject({ flipAcross: true, flipDown: false, up: 1 });
    expect(coronal.letters).toEqual({ left: 'R', right: 'L', top: 'S', bottom: 'I' });
  });
});

describe('other acquisitions', () => {
  // Rows run posterior, columns run inferior, slices run left: a sagittal MR.
  const sagittal = grid(
    [8, 9, 3],
    [
      [0, 1, 0],
      [0, 0, -1.5],
      [4, 0, 0],
    ],
  );
  // Rows run left, columns run inferior, slices run anterior: a coronal MR.
  const coronal = grid(
    [8, 9, 3],
    [
      [1, 0, 0],
      [0, 0, -2],
      [0, -5, 0],
    ],
  );
  it('a sagittal one still gives planes by their patient names', () => {
    expect(nearestAxes(sagittal.affine)).toEqual([2, 0, 1]);
    expect(patientPlane(sagittal, 'sagittal')).toMatchObject({
      normal: 2,
      across: 0,
      down: 1,
      flipAcross: false,
      flipDown: false,
      letters: { left: 'A', right: 'P', top: 'S', bottom: 'I' },
    });
    expect(patientPlane(sagittal, 'axial')).toMatchObject({
      normal: 1,
      across: 2,
      down: 0,
      up: -1,
      letters: { left: 'R', right: 'L', top: 'A', bottom: 'P' },
      columns: 3,
      rows: 8,
    });
  });
  it('a coronal one too', () => {
    expect(patientPlane(coronal, 'coronal')).toMatchObject({
      normal: 2,
      across: 0,
      down: 1,
      flipDown: false,
      up: 1,
    });
    expect(patientPlane(coronal, 'axial')).toMatchObject({ normal: 1, across: 0, down: 2, flipDown: true });
  });
  it('an oblique one keeps its own axes, with two letters and the angle', () => {
    const [c, s] = [Math.cos(rad(30)), Math.sin(rad(30))];
    const oblique = grid(
      [4, 4, 4],
      [
        [c, s, 0],
        [-s, c, 0],
        [0, 0, 1],
      ],
    );
    const plane = patientPlane(oblique, 'axial');
    expect(plane.letters).toEqual({ left: 'RA', right: 'LP', top: 'AL', bottom: 'PR' });
    expect(plane.tilt).toBeCloseTo(0, 6);
    expect(patientPlane(oblique, 'coronal').tilt).toBeCloseTo(30, 6);
    expect(plane.shear).toBe(0);
  });
  it('a tilted gantry shears the sagittal plane by the tilt and leaves the others at right angles', () => {
    // Table travel along z, image planes leaning by 20° about x: columns (0, cos, −sin), slices (0, 0, 5).
    const [c, s] = [Math.cos(rad(20)), Math.sin(rad(20))];
    const tilted = grid(
      [4, 4, 4],
      [
        [1, 0, 0],
        [0, c, -s],
        [0, 0, 5],
      ],
    );
    const sagittal = patientPlane(tilted, 'sagittal');
    // Down the screen is −z; its angle to the columns is 90° − 20°, so cos = sin 20°.
    expect(sagittal.shear).toBeCloseTo(5 * s, 9);
    expect(sagittal.rowStep).toBeCloseTo(5 * c, 9);
    expect(sagittal.letters).toEqual({ left: 'AS', right: 'PI', top: 'S', bottom: 'I' });
    const axial = patientPlane(tilted, 'axial');
    expect(axial.shear).toBe(0);
    expect(axial.tilt).toBeCloseTo(20, 6);
  });
});

describe('voxels and pixels', () => {
  it('the patient right front top voxel of any orientation lies at the corner where it is expected', () => {
    const signs = [1, -1] as const;
    for (const sx of signs)
      for (const sy of signs)
        for (const sz of signs) {
          const any = grid(
            [4, 5, 6],
            [
              [0, 0, sz * 2],
              [sx * 1, 0, 0],
              [0, sy * 3, 0],
            ],
          );
          const axial = patientPlane(any, 'axial');
          const at = (column: number, row: number) =>
            toPatient(any.affine, ...voxelOf(axial, 2, column, row));
          // Screen right must be more to the patient's left (+x), screen down more posterior (+y).
          expect(at(1, 0)[0]).toBeGreaterThan(at(0, 0)[0]);
          expect(at(0, 1)[1]).toBeGreaterThan(at(0, 0)[1]);
          const coronal = patientPlane(any, 'coronal');
          const front = (column: number, row: number) =>
            toPatient(any.affine, ...voxelOf(coronal, 2, column, row));
          expect(front(1, 0)[0]).toBeGreaterThan(front(0, 0)[0]);
          expect(front(0, 1)[2]).toBeLessThan(front(0, 0)[2]);
          const sagittal = patientPlane(any, 'sagittal');
          const side = (column: number, row: number) =>
            toPatient(any.affine, ...voxelOf(sagittal, 2, column, row));
          expect(side(1, 0)[1]).toBeGreaterThan(side(0, 0)[1]);
          expect(side(0, 1)[2]).toBeLessThan(side(0, 0)[2]);
          // One step up: superior, anterior, to the right.
          const stepped = (plane: typeof axial) => {
            const [from, to] = [[1, 1, 1] as [number, number, number], [1, 1, 1] as [number, number, number]];
            to[plane.normal] += plane.up;
            const [p, q] = [toPatient(any.affine, ...from), toPatient(any.affine, ...to)];
            return [q[0] - p[0], q[1] - p[1], q[2] - p[2]];
          };
          expect(stepped(axial)[2]).toBeGreaterThan(0);
          expect(stepped(coronal)[1]).toBeLessThan(0);
          expect(stepped(sagittal)[0]).toBeLessThan(0);
        }
  });
  it('pixelOf undoes voxelOf', () => {
    for (const name of ['axial', 'sagittal', 'coronal'] as const) {
      const plane = patientPlane(axialGrid, name);
      expect(pixelOf(plane, voxelOf(plane, 1, 2, 3))).toEqual({ column: 2, row: 3 });
    }
  });
  it('clamps to the grid', () => expect(clampVoxel([4, 5, 6], [-2, 2.4, 9])).toEqual([0, 2, 5]));
});

describe('slice position', () => {
  const at: Affine = {
    origin: [10, -20, 30],
    matrix: [
      [0.5, 0, 0],
      [0, 0.7, 0],
      [0, 0, -3],
    ],
  };
  const g: Grid = { size: [4, 5, 6], affine: at };
  it('is the patient coordinate for planes at right angles to it', () => {
    expect(slicePosition(patientPlane(g, 'axial'), at, 4)).toBeCloseTo(30 - 12, 9);
    expect(slicePosition(patientPlane(g, 'coronal'), at, 2)).toBeCloseTo(-20 + 1.4, 9);
    expect(slicePosition(patientPlane(g, 'sagittal'), at, 3)).toBeCloseTo(11.5, 9);
  });
});

describe('planes worth showing', () => {
  it('three for a volume, one for a single slice, the stack without geometry', () => {
    expect(planesOf(axialGrid, false).map((p) => p.name)).toEqual(['axial', 'sagittal', 'coronal']);
    expect(planesOf({ ...axialGrid, size: [4, 5, 1] }, false).map((p) => p.name)).toEqual(['axial']);
    expect(planesOf({ ...axialGrid, size: [4, 1, 5] }, false).map((p) => p.name)).toEqual(['coronal']);
    expect(planesOf(axialGrid, true).map((p) => p.name)).toEqual(['stack']);
    const broken = grid(
      [4, 5, 6],
      [
        [1, 0, 0],
        [1, 0, 0],
        [0, 0, 1],
      ],
    );
    expect(hasGeometry(broken.affine)).toBe(false);
    expect(planesOf(broken, false).map((p) => p.name)).toEqual(['stack']);
    expect(() => patientPlane(broken, 'axial')).toThrow(RangeError);
  });
  it('the stack keeps the stored order and has no letters', () => {
    const plane = stackPlane(
      grid(
        [4, 5, 6],
        [
          [0, 0, 0],
          [0, 0, 0],
          [0, 0, 0],
        ],
      ),
    );
    expect(plane).toMatchObject({ normal: 2, across: 0, down: 1, columnStep: 1, rowStep: 1 });
    expect(plane.letters.left).toBe('');
  });
});
