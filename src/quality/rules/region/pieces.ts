import type { Mask } from '../../../core/volume.ts';
import { runsOf, type RunsBox } from '../region-runs.ts';

/** A connected piece of a region or of what it leaves out. */
export interface Piece {
  readonly voxels: number;
  /** Linear index into the image of its first voxel. */
  readonly first: number;
  /** Does it reach the border of the box that was looked at? */
  readonly open: boolean;
}

/** Runs within the box of a region, row after row: x of their first voxels, and of those after their last. */
interface Lines {
  readonly size: readonly [number, number, number];
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Number of the first run of each row of the box, and the number of runs. */
  readonly firsts: Int32Array;
}

/**
 * Connected pieces of the voxels that are `value` within the box of a region: of the region itself over faces, edges and
 * corners (26 neighbours), or of its holes over faces alone (6), so that a wall of voxels that touch by corners is closed.
 * Runs of voxels that touch are joined, so the cost grows with the number of runs; in the order of their first voxels.
 */
export function piecesOf(mask: Mask, value: 0 | 1): Piece[] {
  const { box } = runsOf(mask);
  if (!box) return [];
  const lines = value === 1 ? runLines(mask, box) : gapLines(runLines(mask, box));
  const roots = joined(lines, value === 1 ? 1 : 0);
  return counted(lines, roots, mask.grid.size, box);
}

function runLines(mask: Mask, [low, high]: RunsBox): Lines {
  const { count, ends } = runsOf(mask);
  const [nx, ny] = mask.grid.size;
  const size = [high[0] - low[0] + 1, high[1] - low[1] + 1, high[2] - low[2] + 1] as const;
  const from = new Int32Array(count);
  const to = new Int32Array(count);
  const firsts = new Int32Array(size[1] * size[2] + 1);
  for (let r = 0, row = 0; r < count; r++) {
    const line = Math.floor(ends[2 * r]! / nx);
    const start = nx * line + low[0];
    from[r] = ends[2 * r]! - start;
    to[r] = ends[2 * r + 1]! - start;
    const own = (line % ny) - low[1] + size[1] * (Math.floor(line / ny) - low[2]);
    while (row <= own) firsts[row++] = r;
    if (r === count - 1) firsts.fill(count, row);
  }
  return { size, from, to, firsts };
}

/** What a box holds between and beside its runs. */
function gapLines({ size, from, to, firsts }: Lines): Lines {
  const rows = firsts.length - 1;
  const gapFrom = new Int32Array(from.length + rows);
  const gapTo = new Int32Array(from.length + rows);
  const gapFirsts = new Int32Array(rows + 1);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    gapFirsts[row] = count;
    let x = 0;
    for (let r = firsts[row]!; r <= firsts[row + 1]!; r++) {
      const next = r === firsts[row + 1] ? size[0] : from[r]!;
      if (next > x) {
        gapFrom[count] = x;
        gapTo[count++] = next;
      }
      x = to[r]!;
    }
  }
  gapFirsts[rows] = count;
  return { size, from: gapFrom.subarray(0, count), to: gapTo.subarray(0, count), firsts: gapFirsts };
}

/** The first run of the piece of each run. `wide` 1: over edges and corners too, 0: over faces. */
function joined({ size: [, ny, nz], from, to, firsts }: Lines, wide: 0 | 1): Int32Array {
  const parents = Int32Array.from(from, (_, r) => r);
  const rootOf = (r: number): number => {
    while (parents[r] !== r) r = parents[r] = parents[parents[r]!]!;
    return r;
  };
  const join = (rowA: number, rowB: number): void => {
    let [a, b] = [firsts[rowA]!, firsts[rowB]!];
    const [aEnd, bEnd] = [firsts[rowA + 1]!, firsts[rowB + 1]!];
    while (a < aEnd && b < bEnd) {
      if (from[a]! < to[b]! + wide && from[b]! < to[a]! + wide) {
        const [p, q] = [rootOf(a), rootOf(b)];
        if (p < q) parents[q] = p;
        else parents[p] = q;
      }
      if (to[a]! < to[b]!) a++;
      else b++;
    }
  };
  for (let z = 0, row = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++, row++) {
      if (y > 0) join(row, row - 1);
      if (z === 0) continue;
      join(row, row - ny);
      if (wide === 0) continue;
      if (y > 0) join(row, row - ny - 1);
      if (y < ny - 1) join(row, row - ny + 1);
    }
  }
  // A parent comes before its child, so that one step reaches the root.
  for (let r = 0; r < parents.length; r++) parents[r] = parents[parents[r]!]!;
  return parents;
}

function counted(
  { size: [sx, sy, sz], from, to, firsts }: Lines,
  roots: Int32Array,
  [nx, ny]: Mask['grid']['size'],
  [low]: RunsBox,
): Piece[] {
  const numbers = new Int32Array(roots.length);
  const found: { voxels: number; first: number; open: boolean }[] = [];
  for (let z = 0, row = 0; z < sz; z++) {
    for (let y = 0; y < sy; y++, row++) {
      const atEnd = y === 0 || y === sy - 1 || z === 0 || z === sz - 1;
      for (let r = firsts[row]!; r < firsts[row + 1]!; r++) {
        if (roots[r] === r) {
          numbers[r] = found.length;
          const first = low[0] + from[r]! + nx * (low[1] + y + ny * (low[2] + z));
          found.push({ voxels: 0, first, open: false });
        } else numbers[r] = numbers[roots[r]!]!;
        const piece = found[numbers[r]!]!;
        piece.voxels += to[r]! - from[r]!;
        piece.open ||= atEnd || from[r] === 0 || to[r] === sx;
      }
    }
  }
  return found;
}
