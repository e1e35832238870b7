import { describe, expect, it } from 'vitest';
import { patientPlane } from './planes.ts';
import type { Grid } from '../../core/geometry.ts';
import {
  fitScale,
  keptInView,
  MAX_ZOOM,
  panned,
  pixelAt,
  planeToPane,
  scaleBar,
  toPane,
  toPlane,
  wholeView,
  zoomedAt,
} from './view.ts';

const grid: Grid = {
  size: [100, 80, 20],
  affine: {
    origin: [0, 0, 0],
    matrix: [
      [0.5, 0, 0],
      [0, 0.9, -0.3],
      [0, 0, 4],
    ],
  },
};
const pane = { width: 412, height: 312 };
const planes = (['axial', 'sagittal', 'coronal'] as const).map((name) => patientPlane(grid, name));

describe('plane and pane', () => {
  it('fits by millimetres, not by voxels', () => {
    // Axial: 50 mm across, 80 · √(0.81 + 0.09) mm down; 400 × 300 px of room: the height decides.
    const down = 80 * Math.sqrt(0.9);
    expect(fitScale(planes[0]!, pane)).toBeCloseTo(300 / down, 9);
    const m = planeToPane(planes[0]!, wholeView(planes[0]!), pane);
    expect(toPane(m, 0, 0).y).toBeCloseTo(6, 9);
    expect(toPane(m, 0, 80).y).toBeCloseTo(306, 9);
    expect(toPane(m, 100, 80).x - toPane(m, 0, 80).x).toBeCloseTo((50 * 300) / down, 9);
  });
  it('a sheared plane keeps every distance in mm', () => {
    const plane = planes[1]!;
    expect(plane.shear).not.toBe(0);
    const m = planeToPane(plane, wholeView(plane), pane);
    const [p, q] = [toPane(m, 3, 2), toPane(m, 11, 9)];
    // The same two points in the patient: 8 steps along y, 7 down along −z.
    const dy = 8 * 0.9;
    const dz = 8 * -0.3 - 7 * 4;
    expect(Math.hypot(p.x - q.x, p.y - q.y) / fitScale(plane, pane)).toBeCloseTo(Math.hypot(dy, dz), 9);
  });
  it('there and back again', () => {
    for (const plane of planes) {
      const m = planeToPane(plane, { zoom: 3.3, column: 12, row: 7 }, pane);
      const back = toPlane(m, toPane(m, 5.25, 9.75));
      expect(back.column).toBeCloseTo(5.25, 9);
      expect(back.row).toBeCloseTo(9.75, 9);
    }
  });
  it('knows the pixel under a point and when there is none', () => {
    const plane = planes[0]!;
    const m = planeToPane(plane, wholeView(plane), pane);
    expect(pixelAt(plane, m, toPane(m, 99.99, 79.99))).toEqual({ column: 99, row: 79 });
    expect(pixelAt(plane, m, toPane(m, -0.01, 3))).toBeUndefined();
    expect(pixelAt(plane, m, toPane(m, 3, 80.01))).toBeUndefined();
  });
});

describe('zoom and pan', () => {
  it('zooming holds the point under the pointer', () => {
    const plane = planes[1]!;
    const at = { x: 100, y: 220 };
    const before = toPlane(planeToPane(plane, wholeView(plane), pane), at);
    const view = zoomedAt(plane, wholeView(plane), pane, at, 2.5);
    const after = toPlane(planeToPane(plane, view, pane), at);
    expect(view.zoom).toBe(2.5);
    expect(after.column).toBeCloseTo(before.column, 9);
    expect(after.row).toBeCloseTo(before.row, 9);
    expect(zoomedAt(plane, view, pane, at, 1e9).zoom).toBe(MAX_ZOOM);
  });
  it('panning moves by pixels and cannot lose the picture', () => {
    const plane = planes[0]!;
    const m = planeToPane(plane, wholeView(plane), pane);
    const moved = planeToPane(plane, panned(plane, wholeView(plane), pane, 10, -20), pane);
    expect(moved.e - m.e).toBeCloseTo(10, 9);
    expect(moved.f - m.f).toBeCloseTo(-20, 9);
    expect(panned(plane, wholeView(plane), pane, 1e6, 0).column).toBe(0);
  });
  it('keeps a pixel in view only when it must', () => {
    const plane = planes[0]!;
    const view = wholeView(plane);
    expect(keptInView(plane, view, pane, 50, 40)).toBe(view);
    const close = { zoom: 10, column: 50, row: 40 };
    const seen = keptInView(plane, close, pane, 90, 70);
    const { x, y } = toPane(planeToPane(plane, seen, pane), 90.5, 70.5);
    expect(x).toBeCloseTo(pane.width * 0.9, 6);
    expect(y).toBeCloseTo(pane.height * 0.9, 6);
  });
});

describe('scale bar', () => {
  it('takes the longest 1-2-5 length that fits', () => {
    expect(scaleBar(2, 120)).toEqual({ millimetres: 50, pixels: 100, value: 5, unit: 'cm' });
    expect(scaleBar(2, 100)).toMatchObject({ millimetres: 50 });
    expect(scaleBar(2, 99)).toMatchObject({ millimetres: 20, value: 2, unit: 'cm' });
    expect(scaleBar(1, 100)).toMatchObject({ millimetres: 100, value: 10, unit: 'cm' });
    expect(scaleBar(10, 100)).toMatchObject({ millimetres: 10, value: 1, unit: 'cm' });
    expect(scaleBar(20, 110)).toMatchObject({ millimetres: 5, value: 5, unit: 'mm' });
    expect(scaleBar(400, 120)).toMatchObject({ millimetres: 0.2, value: 0.2, unit: 'mm' });
  });
  it('is left out when nothing sensible fits', () => {
    expect(scaleBar(NaN, 100)).toBeUndefined();
    expect(scaleBar(1e6, 100)).toBeUndefined();
  });
});
