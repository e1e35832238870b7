/** A closed polygon in pixel coordinates: pixel (i, j) has its centre at (i, j). */
export type Polygon = readonly (readonly [number, number])[];

/**
 * Flips the pixels whose centre lies inside the polygon, by scan lines and the even-odd rule: a second contour inside
 * the first makes a hole, as do the folds of a keyhole contour. An edge belongs to the pixels to its right and below
 * (half-open), so that two polygons with a common edge never both hold a pixel, nor leave one out.
 */
export function flipInside(polygon: Polygon, columns: number, rows: number, mask: Uint8Array, offset: number): void {
  const ys = polygon.map((p) => p[1]);
  const top = Math.max(0, Math.ceil(Math.min(...ys)));
  const bottom = Math.min(rows - 1, Math.floor(Math.max(...ys)));
  const crossings: number[] = [];
  for (let y = top; y <= bottom; y++) {
    crossings.length = 0;
    for (let i = 0, k = polygon.length - 1; i < polygon.length; k = i++) {
      const [x1, y1] = polygon[k];
      const [x2, y2] = polygon[i];
      if (y1 <= y !== y2 <= y) crossings.push(x1 + ((y - y1) * (x2 - x1)) / (y2 - y1));
    }
    crossings.sort((a, b) => a - b);
    for (let c = 0; c + 1 < crossings.length; c += 2) {
      const from = Math.max(0, Math.ceil(crossings[c]));
      const to = Math.min(columns, Math.ceil(crossings[c + 1]));
      const row = offset + y * columns;
      for (let x = from; x < to; x++) mask[row + x] ^= 1;
    }
  }
}

/** Area in pixels, by the shoelace formula; never negative. */
export function polygonArea(polygon: Polygon): number {
  let twice = 0;
  for (let i = 0, k = polygon.length - 1; i < polygon.length; k = i++) twice += polygon[k][0] * polygon[i][1] - polygon[i][0] * polygon[k][1];
  return Math.abs(twice) / 2;
}
