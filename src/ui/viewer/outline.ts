/**
 * Closed loops along voxel borders, in plane pixels: x and y of each corner in turn, the last joins the first.
 * The inside lies on the right of the way: outer borders run clockwise on the screen, holes the other way.
 */
export type Loop = Int32Array;

const EAST = 1;
const SOUTH = 2;
const WEST = 4;
const NORTH = 8;
const turnRight = (d: number) => (d === NORTH ? EAST : d << 1);
const turnLeft = (d: number) => (d === EAST ? NORTH : d >> 1);

/**
 * The borders of the non-zero pixels of a slice. Every border edge is in exactly one loop. Pixels that touch at a
 * corner only are kept apart (4-connected), so loops may meet at a point but never cross. Corners only: a straight
 * run is one edge however long it is.
 * @param inside columns × rows, row by row.
 */
export function traceOutline(inside: Uint8Array, columns: number, rows: number): readonly Loop[] {
  const width = columns + 1;
  const edges = new Uint8Array(width * (rows + 1));
  let first = rows;
  for (let row = 0; row < rows; row++) {
    const line = row * columns;
    for (let column = 0; column < columns; column++) {
      const at = line + column;
      if (inside[at] === 0) continue;
      const corner = row * width + column;
      if (row === 0 || inside[at - columns] === 0) edges[corner]! |= EAST;
      if (column === columns - 1 || inside[at + 1] === 0) edges[corner + 1]! |= SOUTH;
      if (row === rows - 1 || inside[at + columns] === 0) edges[corner + width + 1]! |= WEST;
      if (column === 0 || inside[at - 1] === 0) edges[corner + width]! |= NORTH;
      if (row < first) first = row;
    }
  }
  const loops: Loop[] = [];
  // Each loop has an edge to the east, and the first one met in reading order starts at a corner of its loop.
  for (let start = first * width; start < edges.length; start++) {
    while (edges[start]! & EAST) loops.push(follow(edges, width, start));
  }
  return loops;
}

function follow(edges: Uint8Array, width: number, start: number): Loop {
  const points: number[] = [];
  let at = start;
  let direction = EAST;
  let previous = 0;
  do {
    if (direction !== previous) points.push(at % width, Math.floor(at / width));
    // The first edge stays until the end, so that the way back to it is found where another pixel touches.
    if (at !== start || direction !== EAST) edges[at]! &= ~direction;
    at += direction === EAST ? 1 : direction === SOUTH ? width : direction === WEST ? -1 : -width;
    previous = direction;
    const ways = edges[at]!;
    const right = turnRight(direction);
    // The tightest turn first: it stays on the same pixel where two touch at a corner.
    direction = ways & right ? right : ways & direction ? direction : turnLeft(direction);
  } while (at !== start || direction !== EAST);
  edges[start]! &= ~EAST;
  return Int32Array.from(points);
}
