import type { Plane } from './planes.ts';

/** What part of a plane is seen: `zoom` 1 fits it into the pane; (column, row) stands in the middle of the pane. */
export interface View {
  readonly zoom: number;
  readonly column: number;
  readonly row: number;
}

/** Size of a pane in CSS pixels. */
export interface Pane {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Plane pixels to pane pixels: `x = a·column + c·row + e`, `y = d·row + f`. Whole columns and rows are voxel
 * corners: voxel (0,0) covers 0 to 1, its centre is (0.5, 0.5).
 */
export interface PlaneToPane {
  readonly a: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

export const MIN_ZOOM = 0.25;
export const MAX_ZOOM = 64;
/** Free border around a fitted plane, CSS pixels. */
const MARGIN = 6;

/** The whole plane, in the middle. */
export const wholeView = (plane: Plane): View => ({
  zoom: 1,
  column: plane.columns / 2,
  row: plane.rows / 2,
});

/** CSS pixels a millimetre when the plane, sheared outline included, just fits into the pane. */
export function fitScale(plane: Plane, pane: Pane): number {
  const width = plane.columns * plane.columnStep + plane.rows * Math.abs(plane.shear);
  const height = plane.rows * plane.rowStep;
  const room = (side: number) => Math.max(1, side - 2 * MARGIN);
  return Math.min(room(pane.width) / width, room(pane.height) / height);
}

export function planeToPane(plane: Plane, view: View, pane: Pane): PlaneToPane {
  const scale = fitScale(plane, pane) * view.zoom;
  const [a, c, d] = [plane.columnStep * scale, plane.shear * scale, plane.rowStep * scale];
  return {
    a,
    c,
    d,
    e: pane.width / 2 - a * view.column - c * view.row,
    f: pane.height / 2 - d * view.row,
  };
}

export const toPane = (m: PlaneToPane, column: number, row: number): Point => ({
  x: m.a * column + m.c * row + m.e,
  y: m.d * row + m.f,
});

export function toPlane(m: PlaneToPane, { x, y }: Point): { column: number; row: number } {
  const row = (y - m.f) / m.d;
  return { column: (x - m.e - m.c * row) / m.a, row };
}

/** The pixel of a plane under a point of the pane, or undefined beside the picture. */
export function pixelAt(
  plane: Plane,
  m: PlaneToPane,
  point: Point,
): { column: number; row: number } | undefined {
  const at = toPlane(m, point);
  const [column, row] = [Math.floor(at.column), Math.floor(at.row)];
  return column >= 0 && row >= 0 && column < plane.columns && row < plane.rows ? { column, row } : undefined;
}

/** Zooms by a factor and keeps what lies under `at` where it is. */
export function zoomedAt(plane: Plane, view: View, pane: Pane, at: Point, factor: number): View {
  const zoom = Math.max(MIN_ZOOM, Math.min(MAX_ZOOM, view.zoom * factor));
  const held = toPlane(planeToPane(plane, view, pane), at);
  const ratio = view.zoom / zoom;
  return {
    zoom,
    column: held.column + (view.column - held.column) * ratio,
    row: held.row + (view.row - held.row) * ratio,
  };
}

/** Moves the picture by (dx, dy) CSS pixels. The middle of the pane stays on the picture, so it cannot be lost. */
export function panned(plane: Plane, view: View, pane: Pane, dx: number, dy: number): View {
  const m = planeToPane(plane, view, pane);
  const at = toPlane(m, { x: pane.width / 2 - dx, y: pane.height / 2 - dy });
  const hold = (value: number, count: number) => Math.max(0, Math.min(count, value));
  return { zoom: view.zoom, column: hold(at.column, plane.columns), row: hold(at.row, plane.rows) };
}

/** The view, moved just enough that a pixel lies inside the pane with a border of one tenth. */
export function keptInView(plane: Plane, view: View, pane: Pane, column: number, row: number): View {
  const { x, y } = toPane(planeToPane(plane, view, pane), column + 0.5, row + 0.5);
  const shift = (at: number, side: number) => Math.max(side * 0.1, Math.min(side * 0.9, at)) - at;
  const [dx, dy] = [shift(x, pane.width), shift(y, pane.height)];
  return dx === 0 && dy === 0 ? view : panned(plane, view, pane, dx, dy);
}

export interface ScaleBar {
  readonly millimetres: number;
  /** Length on the screen, CSS pixels. */
  readonly pixels: number;
  /** Number and unit to write beside it: centimetres from 10 mm on. */
  readonly value: number;
  readonly unit: 'mm' | 'cm';
}

/** The longest of 1, 2, 5 × 10ⁿ mm that is not longer than `room` CSS pixels; at least 0.01 mm. */
export function scaleBar(pixelsPerMillimetre: number, room: number): ScaleBar | undefined {
  const longest = room / pixelsPerMillimetre;
  if (!Number.isFinite(longest) || longest < 0.01) return undefined;
  // 1e-9 forgives the rounding of log10 at exact powers of ten.
  const power = 10 ** Math.floor(Math.log10(longest) + 1e-9);
  const millimetres = [5, 2, 1].map((n) => n * power).find((n) => n <= longest * (1 + 1e-9)) ?? power;
  const centimetres = millimetres >= 10;
  return {
    millimetres,
    pixels: millimetres * pixelsPerMillimetre,
    value: Number((centimetres ? millimetres / 10 : millimetres).toPrecision(3)),
    unit: centimetres ? 'cm' : 'mm',
  };
}
