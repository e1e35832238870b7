/** A closed polygon in pixel coordinates: pixel (i, j) has its centre at (i, j), so its corners lie at halves. */
export type Outline = readonly (readonly [number, number])[];

/**
 * The outlines of one plane of a mask: closed polygons along the borders of its pixels, so that filling them by the
 * centres of pixels gives back the same pixels, by whatever rule a reader fills. Pixels that touch by a corner only are
 * two outlines. A hole is joined to the outline around it by a line that is walked there and back along pixel borders
 * (the keyhole of PS3.3 C.8.8.6.3), since a second closed contour is a hole to some readers and a second part to others.
 * Points stand where the border turns.
 *
 * @param plane rows · columns values, 1 inside and 0 outside
 */
export function outlinesOf(plane: Uint8Array, columns: number, rows: number): Outline[] {
  const loops = loopsOf(plane, columns, rows);
  const { corner, next } = loops;
  const width = columns + 1;
  const outers = loops.starts.filter((start) => signedArea(loops, start, width) > 0);
  const holes = loops.starts
    .filter((start) => signedArea(loops, start, width) < 0)
    .map((start) => leftmost(loops, start, width))
    .sort((a, b) => (corner[a] % width) - (corner[b] % width) || corner[a] - corner[b]);
  // Along the border to the left of a hole's leftmost, topmost corner lies the region itself, until an outline is met:
  // one around it, or a hole farther left, which is joined already.
  for (const hole of holes) {
    let at = corner[hole] - 1;
    while (!loops.nodeAt.has(at)) at--;
    const met = loops.nodeAt.get(at)!;
    const [back, onward] = [corner.length, corner.length + 1];
    corner.push(corner[hole], corner[met]);
    next.push(next[hole], next[met]);
    next[met] = back;
    next[hole] = onward;
  }
  return outers.map((start) => turns(loops, start, width));
}

/** Closed chains of pixel corners: `next` of each node is the node that follows it. */
interface Loops {
  /** Corner x + (columns + 1) · y of each node; corner (x, y) is the upper left one of pixel (x, y). */
  readonly corner: number[];
  readonly next: number[];
  /** One node of each loop. */
  readonly starts: number[];
  /** A node on each corner that an outline passes; the last one where two pass. */
  readonly nodeAt: Map<number, number>;
}

/** Steps to the right, down, left and up; a turn to the right is the next one. */
type Way = 0 | 1 | 2 | 3;

/**
 * Directed borders with the inside on their right hand (rows run downwards), chained at their corners. Where two pixels
 * touch by a corner only, the border turns right, and so stays with its own pixel.
 */
function loopsOf(plane: Uint8Array, columns: number, rows: number): Loops {
  const width = columns + 1;
  const leaving = bordersOf(plane, columns, rows);
  const step = [1, width, -1, -width] as const;
  const loops: Loops = { corner: [], next: [], starts: [], nodeAt: new Map() };
  for (const [first, ways] of leaving) {
    while (ways.length > 0) {
      const start = loops.corner.length;
      const began = ways.pop()!;
      loops.starts.push(start);
      let [at, way] = [first, began];
      for (;;) {
        loops.nodeAt.set(at, loops.corner.length);
        loops.corner.push(at);
        loops.next.push(loops.corner.length);
        at += step[way];
        const right = ((way + 1) % 4) as Way;
        const onward = leaving.get(at)!;
        if (at === first && (onward.length === 0 || right === began)) break;
        way = onward.length > 1 || onward[0] === right ? right : onward[0];
        onward.splice(onward.indexOf(way), 1);
      }
      loops.next[loops.next.length - 1] = start;
    }
  }
  return loops;
}

/** The ways on which borders leave each corner: one, or two that lie opposite. */
function bordersOf(plane: Uint8Array, columns: number, rows: number): Map<number, Way[]> {
  const width = columns + 1;
  const leaving = new Map<number, Way[]>();
  const put = (from: number, way: Way): void => {
    const there = leaving.get(from);
    if (there) there.push(way);
    else leaving.set(from, [way]);
  };
  for (let at = plane.indexOf(1); at >= 0 && at < plane.length; at++) {
    if (plane[at] === 0) continue;
    const [x, y] = [at % columns, Math.floor(at / columns)];
    const corner = x + width * y;
    if (y === 0 || plane[at - columns] === 0) put(corner, 0);
    if (x + 1 === columns || plane[at + 1] === 0) put(corner + 1, 1);
    if (y + 1 === rows || plane[at + columns] === 0) put(corner + 1 + width, 2);
    if (x === 0 || plane[at - 1] === 0) put(corner + width, 3);
  }
  return leaving;
}

function* nodesOf({ next }: Loops, start: number): Generator<number> {
  let node = start;
  do {
    yield node;
    node = next[node];
  } while (node !== start);
}

/** Twice the area of a loop, positive around the inside and negative around a hole. */
function signedArea(loops: Loops, start: number, width: number): number {
  let twice = 0;
  for (const node of nodesOf(loops, start)) {
    const [from, to] = [loops.corner[node], loops.corner[loops.next[node]]];
    twice += (from % width) * Math.floor(to / width) - (to % width) * Math.floor(from / width);
  }
  return twice;
}

/** The node farthest left and, of those, farthest up. */
function leftmost(loops: Loops, start: number, width: number): number {
  let best = start;
  for (const node of nodesOf(loops, start)) {
    const [x, least] = [loops.corner[node] % width, loops.corner[best] % width];
    if (x < least || (x === least && loops.corner[node] < loops.corner[best])) best = node;
  }
  return best;
}

/** Corners at which a loop turns, as pixel coordinates. */
function turns(loops: Loops, start: number, width: number): Outline {
  const corners = [...nodesOf(loops, start)].map((node) => loops.corner[node]);
  const n = corners.length;
  return corners
    .filter((c, i) => c - corners[(i + n - 1) % n] !== corners[(i + 1) % n] - c)
    .map((c) => [(c % width) - 0.5, Math.floor(c / width) - 0.5] as const);
}
