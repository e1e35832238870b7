import { PlaneFill, type Polygon } from './polygon.ts';

/** Pairs are compared up to this many contours on a slice. */
const MOST_CONTOURS = 64;
/** Pixels that two outlines with a common edge may share by rounding: a few, or this part of the smaller one. */
const FEW = 4;
const PART = 0.05;

/**
 * Do two of these polygons of one slice overlap in part? Apart or one within the other (a hole) is how contours are
 * meant; of an overlap in part the even-odd rule makes a hole that nobody may have drawn.
 */
export function overlapInPart(polygons: readonly Polygon[], columns: number, rows: number): boolean {
  if (polygons.length < 2 || polygons.length > MOST_CONTOURS) return false;
  const fill = new PlaneFill(columns, rows);
  const scratch = new Uint8Array(columns * rows);
  const filled = polygons.map((polygon) => pixelsOf(polygon, fill, scratch));
  for (let a = 0; a + 1 < filled.length; a++) {
    for (const pixel of filled[a]) scratch[pixel] = 1;
    for (let b = a + 1; b < filled.length; b++) {
      let common = 0;
      for (const pixel of filled[b]) common += scratch[pixel];
      const smaller = Math.min(filled[a].length, filled[b].length);
      const slack = Math.max(FEW, PART * smaller);
      if (common > slack && common < smaller - slack) return true;
    }
    for (const pixel of filled[a]) scratch[pixel] = 0;
  }
  return false;
}

/** Indices of the pixels inside one polygon; leaves the scratch plane as it was, empty. */
function pixelsOf(polygon: Polygon, fill: PlaneFill, scratch: Uint8Array): number[] {
  fill.add(polygon);
  fill.write(scratch, 0);
  const pixels: number[] = [];
  for (let at = scratch.indexOf(1); at >= 0; at = scratch.indexOf(1, at + 1)) pixels.push(at);
  for (const pixel of pixels) scratch[pixel] = 0;
  return pixels;
}
