import type { Mask } from '../../../core/volume.ts';
import { joinRuns, type JoinedRuns } from '../../../regions/morphology/join-runs.ts';
import { gapsBetween, type Runs } from '../../../regions/morphology/runs.ts';
import { runsOf } from '../region-runs.ts';

/** A connected piece of a region or of what it leaves out. */
export interface Piece {
  readonly voxels: number;
  /** Linear index into the image of its first voxel. */
  readonly first: number;
  /** Does it reach the border of the box that was looked at? */
  readonly open: boolean;
}

/**
 * Connected pieces of the voxels that are `value` within the box of a region: of the region itself over faces, edges and
 * corners (26 neighbours), or of its holes over faces alone (6), so that a wall of voxels that touch by corners is closed.
 * In the order of their first voxels.
 */
export function piecesOf(mask: Mask, value: 0 | 1): Piece[] {
  const inside = runsInBox(mask);
  if (inside === null) return [];
  const runs = value === 1 ? inside : gapsBetween(inside);
  const joined = joinRuns(runs, value === 1 ? 26 : 6);
  const firsts = firstVoxels(runs, joined, mask);
  const { low, high } = runs.box;
  return Array.from(joined.voxels, (voxels, n) => {
    const [x0, y0, z0, x1, y1, z1] = joined.boxes.subarray(6 * n, 6 * n + 6);
    const open = [x0, y0, z0].some((v, a) => v === low[a]) || [x1, y1, z1].some((v, a) => v === high[a]);
    return { voxels, first: firsts[n]!, open };
  });
}

/** Linear index into the image of the first voxel of each piece. */
function firstVoxels(
  { box: { low, high }, ends, firsts }: Runs,
  joined: JoinedRuns,
  { grid }: Mask,
): Uint32Array {
  const [nx, ny] = grid.size;
  const rows = high[1] - low[1];
  const found = new Uint32Array(joined.voxels.length);
  let next = 0;
  for (let row = 0; row < firsts.length - 1; row++) {
    const line = low[1] + (row % rows) + ny * (low[2] + Math.floor(row / rows));
    for (let r = firsts[row]!; r < firsts[row + 1]!; r++) {
      // Numbers come in the order of first voxels: a number that was not met before begins its piece.
      if (joined.numbers[r] === next) found[next++] = ends[2 * r]! + nx * line;
    }
  }
  return found;
}

/** The runs of a region with x in their row, in the box of the region. */
function runsInBox(mask: Mask): Runs | null {
  const { count, ends, box } = runsOf(mask);
  if (!box) return null;
  const [low, [x1, y1, z1]] = box;
  const [nx, ny] = mask.grid.size;
  const rows = y1 + 1 - low[1];
  const inRow = new Int32Array(2 * count);
  const firsts = new Int32Array(rows * (z1 + 1 - low[2]) + 1);
  let next = 0;
  for (let r = 0; r < count; r++) {
    const line = Math.floor(ends[2 * r]! / nx);
    inRow[2 * r] = ends[2 * r]! - nx * line;
    inRow[2 * r + 1] = ends[2 * r + 1]! - nx * line;
    const own = (line % ny) - low[1] + rows * (Math.floor(line / ny) - low[2]);
    while (next <= own) firsts[next++] = r;
  }
  firsts.fill(count, next);
  return { box: { low, high: [x1 + 1, y1 + 1, z1 + 1] }, ends: inRow, firsts };
}
