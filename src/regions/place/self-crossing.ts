import { polygonArea, type Polygon } from './polygon.ts';

/** Beyond this many points a contour is not searched. */
const MOST_POINTS = 20_000;
/** A loop smaller than this, in pixels, is a slip of the hand at a corner or where the contour closes. */
const SMALLEST_LOOP = 1;
/**
 * How far, in pixels, the ends of one edge lie at least from the line of the other, on both sides of it: edges that touch,
 * or lie on one another but for the rounding of decimals, do not cross.
 */
const CLEAR = 0.02;

/**
 * Does a polygon cross itself so that a loop of a pixel or more hangs on the crossing? The even-odd rule makes the
 * overlap of such loops outside. The folds of a keyhole lie on one another and do not cross.
 *
 * Edges are walked from top to bottom, each compared with those that reach as far down as it begins.
 */
export function crossesItself(polygon: Polygon): boolean {
  const n = polygon.length;
  if (n < 4 || n > MOST_POINTS) return false;
  const x = Float64Array.from({ length: n + 1 }, (_, i) => polygon[i % n][0]);
  const y = Float64Array.from({ length: n + 1 }, (_, i) => polygon[i % n][1]);
  const top = Float64Array.from({ length: n }, (_, i) => Math.min(y[i], y[i + 1]));
  const order = Uint32Array.from(top, (_, i) => i).sort((a, b) => top[a] - top[b]);
  const active = new Uint32Array(n);
  let many = 0;
  for (const i of order) {
    let kept = 0;
    for (let at = 0; at < many; at++) {
      const j = active[at];
      if (Math.max(y[j], y[j + 1]) < top[i]) continue;
      active[kept++] = j;
      if (cross(x, y, i, j) && leavesLoop(polygon, x, y, Math.min(i, j), Math.max(i, j))) return true;
    }
    active[kept++] = i;
    many = kept;
  }
  return false;
}

/** Do the edges from points i and j on cross, each clearly from one side of the other to its other side? */
function cross(x: Float64Array, y: Float64Array, i: number, j: number): boolean {
  if (x[i] > x[j] && x[i] > x[j + 1] && x[i + 1] > x[j] && x[i + 1] > x[j + 1]) return false;
  if (x[i] < x[j] && x[i] < x[j + 1] && x[i + 1] < x[j] && x[i + 1] < x[j + 1]) return false;
  return parted(x, y, i, j) && parted(x, y, j, i);
}

/** Do the ends of the edge from point j on lie on both sides of the edge from point i on? */
function parted(x: Float64Array, y: Float64Array, i: number, j: number): boolean {
  const clear = CLEAR * Math.hypot(x[i + 1] - x[i], y[i + 1] - y[i]);
  const [u, v] = [side(x, y, i, j), side(x, y, i, j + 1)];
  return (u > clear && v < -clear) || (u < -clear && v > clear);
}

/** On which side of the edge from point i on point p lies, as twice the area of their triangle. */
const side = (x: Float64Array, y: Float64Array, i: number, p: number): number =>
  (x[i + 1] - x[i]) * (y[p] - y[i]) - (y[i + 1] - y[i]) * (x[p] - x[i]);

/** Are both parts into which the crossing of two edges cuts the polygon large enough to be meant? */
function leavesLoop(
  polygon: Polygon,
  x: Float64Array,
  y: Float64Array,
  first: number,
  second: number,
): boolean {
  const [r, s] = [side(x, y, second, first), side(x, y, second, first + 1)];
  const t = r / (r - s);
  const at = [x[first] + t * (x[first + 1] - x[first]), y[first] + t * (y[first + 1] - y[first])] as const;
  const loop = [at, ...polygon.slice(first + 1, second + 1)];
  const rest = [at, ...polygon.slice(second + 1), ...polygon.slice(0, first + 1)];
  return Math.min(polygonArea(loop), polygonArea(rest)) >= SMALLEST_LOOP;
}
