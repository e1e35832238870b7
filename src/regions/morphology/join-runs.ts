import type { Neighbours } from './grow-reference.ts';
import { runCount, type Runs } from './runs.ts';

/** The connected pieces of runs, in the order of their first voxels. */
export interface JoinedRuns {
  /** Number of the piece of each run. */
  readonly numbers: Int32Array;
  /** Voxels of each piece. */
  readonly voxels: Int32Array;
  /** Box of each piece: least x, y, z, and those after the last. */
  readonly boxes: Int32Array;
}

/** Joins the runs that touch over 6, 18 or 26 neighbours, with union-find, in one pass over the rows. */
export function joinRuns(runs: Runs, neighbours: Neighbours): JoinedRuns {
  const { box, ends, firsts } = runs;
  const ny = box.high[1] - box.low[1];
  const parents = parentsOf(runs, neighbours);
  let count = 0;
  for (let r = 0; r < parents.length; r++) if (parents[r] === r) count++;
  const voxels = new Int32Array(count);
  const boxes = new Int32Array(6 * count);
  // A root is the first run of its piece, and every parent comes before its child: numbers take the parents' place.
  const numbers = parents;
  let next = 0;
  for (let row = 0; row < firsts.length - 1; row++) {
    const y = box.low[1] + (row % ny);
    const z = box.low[2] + Math.floor(row / ny);
    for (let r = firsts[row]; r < firsts[row + 1]; r++) {
      const [from, to] = [ends[2 * r], ends[2 * r + 1]];
      if (parents[r] === r) {
        boxes.set([from, y, z, to, y + 1, z + 1], 6 * next);
        numbers[r] = next++;
      } else numbers[r] = numbers[parents[r]];
      voxels[numbers[r]] += to - from;
      const at = 6 * numbers[r];
      if (from < boxes[at]) boxes[at] = from;
      if (y < boxes[at + 1]) boxes[at + 1] = y;
      if (to > boxes[at + 3]) boxes[at + 3] = to;
      if (y + 1 > boxes[at + 4]) boxes[at + 4] = y + 1;
      boxes[at + 5] = z + 1;
    }
  }
  return { numbers, voxels, boxes };
}

/** An earlier run of the same piece for each run, itself for the first. */
function parentsOf(runs: Runs, neighbours: Neighbours): Int32Array {
  const { box, firsts } = runs;
  const ny = box.high[1] - box.low[1];
  const rows = firsts.length - 1;
  const flat = neighbours === 6 ? 0 : 1;
  const deep = neighbours === 26 ? 1 : 0;
  const parents = new Int32Array(runCount(runs));
  for (let r = 0; r < parents.length; r++) parents[r] = r;
  for (let row = 0; row < rows; row++) {
    if (firsts[row] === firsts[row + 1]) continue;
    const y = row % ny;
    if (y > 0) joinRows(runs, row, row - 1, flat, parents);
    if (row < ny) continue;
    joinRows(runs, row, row - ny, flat, parents);
    if (flat === 0) continue;
    if (y > 0) joinRows(runs, row, row - ny - 1, deep, parents);
    if (y < ny - 1) joinRows(runs, row, row - ny + 1, deep, parents);
  }
  return parents;
}

/** Joins the runs of a row with those of an earlier one that they touch; `wide` 1: also over corners. */
function joinRows(
  { ends, firsts }: Runs,
  row: number,
  other: number,
  wide: 0 | 1,
  parents: Int32Array,
): void {
  let a = firsts[row];
  let b = firsts[other];
  const aEnd = firsts[row + 1];
  const bEnd = firsts[other + 1];
  while (a < aEnd && b < bEnd) {
    const aTo = ends[2 * a + 1];
    const bTo = ends[2 * b + 1];
    // Mostly both have the same parent already.
    if (ends[2 * a] < bTo + wide && ends[2 * b] < aTo + wide && parents[a] !== parents[b]) {
      const p = rootOf(a, parents);
      const q = rootOf(b, parents);
      if (p < q) parents[q] = p;
      else parents[p] = q;
    }
    if (aTo < bTo) a++;
    else b++;
  }
}

/** Halves the way for those who come later. */
function rootOf(r: number, parents: Int32Array): number {
  while (parents[r] !== r) r = parents[r] = parents[parents[r]];
  return r;
}
