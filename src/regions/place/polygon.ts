/** A closed polygon in pixel coordinates: pixel (i, j) has its centre at (i, j). */
export type Polygon = readonly (readonly [number, number])[];

const FINE = 2 ** 20;

/**
 * A coordinate on a lattice of 2⁻²⁰ pixel. What decimal strings and products of cosines lose is far smaller, so it
 * no longer decides about a pixel whose centre lies on an edge.
 */
export const onFineLattice = (v: number): number => Math.round(v * FINE) / FINE;

/**
 * Even-odd filling of one plane by scan lines. Where an edge crosses the line of a row of pixel centres, the row is
 * marked to change from outside to inside or back; a running sum then fills all polygons of the plane at once. So a
 * second contour inside the first makes a hole, as do the folds of a keyhole contour.
 *
 * A pixel is inside when its centre is. A centre on an edge is inside on the left and top side of a region and outside
 * on the right and bottom side (half-open), so that two polygons with a common edge never both hold a pixel, nor both
 * leave it out. The cost is the length of the outline, not its area times its points.
 */
export class PlaneFill {
  readonly #changes: Uint8Array;
  #top: number;
  #bottom = -1;

  constructor(
    private readonly columns: number,
    private readonly rows: number,
  ) {
    this.#changes = new Uint8Array((columns + 1) * rows);
    this.#top = rows;
  }

  add(polygon: Polygon): void {
    for (let i = 0, k = polygon.length - 1; i < polygon.length; k = i++) {
      // One direction for both, so that an edge that is walked there and back meets itself exactly.
      if (polygon[k][1] < polygon[i][1]) this.#cross(polygon[k], polygon[i]);
      else this.#cross(polygon[i], polygon[k]);
    }
  }

  #cross([x1, y1]: readonly [number, number], [x2, y2]: readonly [number, number]): void {
    const from = Math.max(0, Math.ceil(y1));
    const to = Math.min(this.rows - 1, Math.ceil(y2) - 1);
    if (from > to) return;
    this.#top = Math.min(this.#top, from);
    this.#bottom = Math.max(this.#bottom, to);
    for (let y = from; y <= to; y++) {
      // Product before quotient: on the fine lattice a crossing at a pixel centre is then exact.
      const x = Math.ceil(x1 + ((y - y1) * (x2 - x1)) / (y2 - y1));
      this.#changes[y * (this.columns + 1) + Math.min(this.columns, Math.max(0, x))] ^= 1;
    }
  }

  /** Writes the filled plane into `mask` from `offset` on, and makes ready for the next plane. */
  write(mask: Uint8Array, offset: number): void {
    for (let y = this.#top; y <= this.#bottom; y++) {
      const row = y * (this.columns + 1);
      let inside = 0;
      for (let x = 0; x < this.columns; x++) {
        inside ^= this.#changes[row + x];
        mask[offset + y * this.columns + x] = inside;
      }
      this.#changes.fill(0, row, row + this.columns + 1);
    }
    this.#top = this.rows;
    this.#bottom = -1;
  }
}

/** Area in pixels, by the shoelace formula; never negative. */
export function polygonArea(polygon: Polygon): number {
  let twice = 0;
  for (let i = 0, k = polygon.length - 1; i < polygon.length; k = i++) {
    twice += polygon[k][0] * polygon[i][1] - polygon[i][0] * polygon[k][1];
  }
  return Math.abs(twice) / 2;
}

/** The part of a polygon over the image (Sutherland-Hodgman); pixels reach half a pixel beyond their centres. */
export function clipped(polygon: Polygon, columns: number, rows: number): Polygon {
  const sides: readonly (readonly [axis: 0 | 1, limit: number, keep: 1 | -1])[] = [
    [0, -0.5, 1],
    [0, columns - 0.5, -1],
    [1, -0.5, 1],
    [1, rows - 0.5, -1],
  ];
  let current: Polygon = polygon;
  for (const [axis, limit, keep] of sides) {
    const inside = (p: readonly [number, number]) => keep * (p[axis] - limit) >= 0;
    const next: (readonly [number, number])[] = [];
    current.forEach((p, i) => {
      const before = current[(i + current.length - 1) % current.length];
      if (inside(p) !== inside(before)) {
        const t = (limit - before[axis]) / (p[axis] - before[axis]);
        next.push([before[0] + t * (p[0] - before[0]), before[1] + t * (p[1] - before[1])]);
      }
      if (inside(p)) next.push(p);
    });
    current = next;
  }
  return current;
}
