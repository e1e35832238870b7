import { beforeEach, describe, expect, it } from 'vitest';
import type { Volume } from '../../core/volume.ts';
import { liesIn, MeasureTool } from './measure-tool.svelte.ts';
import { lengthOf, Measurements } from './measurements.svelte.ts';
import { patientPlane } from './planes.ts';
import { onScreen, toolPointAt, toolPointOfVoxel, type PlaneScreen, type ToolPress } from './tool.ts';
import { wholeView } from './view.ts';

const volume: Volume = {
  grid: {
    size: [20, 20, 10],
    affine: {
      origin: [0, 0, 0],
      matrix: [
        [2, 0, 0],
        [0, 3, 0],
        [0, 0, 5],
      ],
    },
  },
  data: new Float32Array(4000),
  unit: 'HU',
  modality: 'CT',
};
const plane = patientPlane(volume.grid, 'axial');
const screen: PlaneScreen = {
  volume,
  plane,
  slice: 4,
  view: wholeView(plane),
  pane: { width: 200, height: 300 },
};
const hand: ToolPress = { shift: false, ctrl: false, alt: false, pointer: 'mouse', eraser: false };
const key = (name: string) => ({
  key: name,
  code: name,
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  repeat: false,
});
const at = (x: number, y: number) => toolPointAt(screen, onScreen(screen, [x, y, 4]));

let measurements: Measurements;
let tool: MeasureTool;
beforeEach(() => {
  measurements = new Measurements();
  tool = new MeasureTool(measurements);
  tool.series = 'a';
});

describe('a place under the hand', () => {
  it('is told in plane pixels, voxels and millimetres', () => {
    const point = at(3, 7);
    expect(point.voxel[0]).toBeCloseTo(3, 10);
    expect(point.voxel[1]).toBeCloseTo(7, 10);
    expect(point.nearest).toEqual([3, 7, 4]);
    [6, 21, 20].forEach((v, i) => expect(point.patient![i]).toBeCloseTo(v, 10));
    expect(point.inside).toBe(true);
    expect(at(-3, 7)).toMatchObject({ inside: false, nearest: [0, 7, 4] });
  });
});

describe('the ruler', () => {
  it('leaves the hand to the viewer while nothing is taken', () => {
    expect(tool.down(at(3, 3), hand)).toBe(false);
    expect(measurements.list).toEqual([]);
  });

  it('measures by a drag: 3-4-5 in millimetres', () => {
    tool.take('distance');
    expect(tool.down(at(2, 2), hand)).toBe(true);
    tool.move(at(5, 3));
    // 6 voxels of 2 mm across and 3 of 3 mm down: √(144 + 81) = 15.
    tool.up(at(8, 5));
    const [made] = measurements.of('a');
    expect(lengthOf(volume.grid.affine, made!.ends).value).toBeCloseTo(15, 9);
    expect(measurements.of('b')).toEqual([]);
  });

  it('measures by two clicks, and by Enter at two places of the crosshair', () => {
    tool.take('profile');
    tool.down(at(2, 2), hand);
    tool.up(at(2, 2));
    tool.hover(at(4, 2));
    tool.down(at(6, 2), hand);
    tool.up(at(6, 2));
    expect(tool.key(key('Enter'), toolPointOfVoxel(screen, [1, 1, 4]))).toBe(true);
    expect(tool.key(key('Enter'), toolPointOfVoxel(screen, [1, 9, 4]))).toBe(true);
    const lengths = measurements.list.map((m) => lengthOf(volume.grid.affine, m.ends).value);
    expect(lengths.map((mm) => Math.round(mm * 1e6) / 1e6)).toEqual([8, 24]);
    expect(measurements.list.every(({ kind }) => kind === 'profile')).toBe(true);
  });

  it('moves an end that is near, also without a ruler in hand, and gives it back when cancelled', () => {
    tool.take('distance');
    tool.down(at(2, 2), hand);
    tool.up(at(8, 2));
    tool.take(null);
    expect(tool.down(at(8, 2), hand)).toBe(true);
    tool.move(at(12, 2));
    tool.up(at(12, 2));
    expect(lengthOf(volume.grid.affine, measurements.list[0]!.ends).value).toBeCloseTo(20, 9);
    expect(tool.down(at(12, 2), hand)).toBe(true);
    tool.move(at(19, 19));
    tool.cancel();
    expect(lengthOf(volume.grid.affine, measurements.list[0]!.ends).value).toBeCloseTo(20, 9);
  });

  it('starts anew where the slice has changed in between', () => {
    tool.take('distance');
    tool.down(at(2, 2), hand);
    tool.up(at(2, 2));
    const elsewhere = { ...screen, slice: 5 };
    tool.down(toolPointOfVoxel(elsewhere, [5, 5, 5]), hand);
    expect(measurements.list).toEqual([]);
    expect(tool.pending(screen)).toBeNull();
    expect(tool.pending(elsewhere)).not.toBeNull();
  });

  it('Escape drops the line, then the ruler; Delete removes the chosen one; other keys stay the viewer’s', () => {
    tool.take('distance');
    tool.key(key('Enter'), at(2, 2));
    expect(tool.key(key('Escape'), at(2, 2))).toBe(true);
    expect([tool.kind, tool.pending(screen)]).toEqual(['distance', null]);
    tool.key(key('Enter'), at(2, 2));
    tool.key(key('Enter'), at(4, 2));
    expect(tool.key(key('Escape'), at(2, 2))).toBe(true);
    expect(tool.kind).toBeNull();
    expect(tool.key(key('Escape'), at(2, 2))).toBe(false);
    expect(tool.key(key('b'), at(2, 2))).toBe(false);
    expect(tool.key(key('Delete'), at(2, 2))).toBe(true);
    expect(measurements.list).toEqual([]);
    expect(tool.key(key('Delete'), at(2, 2))).toBe(false);
  });

  it('shows a line in its own slice and plane only', () => {
    const m = measurements.add({
      kind: 'distance',
      series: 'a',
      plane: 'axial',
      ends: [
        [1, 1, 4],
        [2, 2, 4],
      ],
    });
    expect(liesIn(m, screen)).toBe(true);
    expect(liesIn(m, { ...screen, slice: 5 })).toBe(false);
    expect(liesIn(m, { ...screen, plane: patientPlane(volume.grid, 'coronal') })).toBe(false);
  });
});

describe('a length', () => {
  it('on an oblique lattice is that of patient space, and pixels without geometry', () => {
    const affine = {
      origin: [1, 2, 3],
      matrix: [
        [0, 2, 0],
        [-3, 0, 0],
        [0, 0, 4],
      ],
    } as const;
    expect(
      lengthOf(affine, [
        [0, 0, 0],
        [2, 1, 0],
      ]),
    ).toEqual({ value: 5, unit: 'mm' });
    expect(
      lengthOf(
        affine,
        [
          [0, 0, 0],
          [3, 4, 0],
        ],
        false,
      ),
    ).toEqual({ value: 5, unit: 'px' });
  });
});
