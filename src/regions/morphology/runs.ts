import type { VoxelBox } from '../box.ts';
import { eachRun, type PackedMask } from '../document/packed-mask.ts';

/**
 * Voxels of a box as runs along x, row after row: pieces and holes are told by the runs that touch, so they cost by the
 * surface of a region and not by its volume.
 */
export interface Runs {
  readonly box: VoxelBox;
  /** x in the image of the first voxel of each run, and of the one after its last: 2 · count. */
  readonly ends: Int32Array;
  /** Number of the first run of each row of the box, y fastest, and at the end that of all runs: rows + 1. */
  readonly firsts: Int32Array;
}

export const runCount = ({ ends }: Runs): number => ends.length / 2;

export const rowCount = ({ low, high }: VoxelBox): number => (high[1] - low[1]) * (high[2] - low[2]);

/** The box of the rectangles of a packed mask, along x in whole words; null when there are none. */
export function rectanglesBox({ size, slices }: PackedMask): VoxelBox | null {
  let [left, right, top, bottom] = [Infinity, 0, Infinity, 0];
  for (const s of slices) {
    if (s.rows === 0) continue;
    left = Math.min(left, s.left);
    right = Math.max(right, s.left + s.columns);
    top = Math.min(top, s.top);
    bottom = Math.max(bottom, s.top + s.rows);
  }
  if (right === 0) return null;
  const first = slices.findIndex((s) => s.rows > 0);
  const last = slices.findLastIndex((s) => s.rows > 0);
  return { low: [32 * left, top, first], high: [Math.min(size[0], 32 * right), bottom, last + 1] };
}

/** Runs of a packed mask in the box of its rectangles, which `box` is. */
export function runsOfPacked(mask: PackedMask, box: VoxelBox): Runs {
  const [nx] = mask.size;
  const { low, high } = box;
  const ny = high[1] - low[1];
  const firsts = new Int32Array(rowCount(box) + 1);
  let ends = new Int32Array(4 * firsts.length);
  let at = 0;
  let row = 0;
  for (let z = low[2]; z < high[2]; z++) {
    eachRun(mask.slices[z], nx, (from, to) => {
      const y = Math.floor(from / nx);
      for (const own = y - low[1] + ny * (z - low[2]); row <= own; row++) firsts[row] = at >> 1;
      if (at === ends.length) ends = twice(ends);
      ends[at] = from - nx * y;
      ends[at + 1] = to - nx * y;
      at += 2;
    });
  }
  firsts.fill(at >> 1, row);
  return { box, ends: ends.subarray(0, at), firsts };
}

function twice(values: Int32Array): Int32Array<ArrayBuffer> {
  const more = new Int32Array(2 * values.length);
  more.set(values);
  return more;
}

/** What the box holds between and beside its runs. */
export function gapsBetween(runs: Runs): Runs {
  const { box, ends, firsts } = runs;
  const rows = firsts.length - 1;
  const gaps = new Int32Array(ends.length + 2 * rows);
  const gapFirsts = new Int32Array(rows + 1);
  let at = 0;
  for (let row = 0; row < rows; row++) {
    gapFirsts[row] = at >> 1;
    let x = box.low[0];
    for (let r = firsts[row]; r <= firsts[row + 1]; r++) {
      const next = r === firsts[row + 1] ? box.high[0] : ends[2 * r];
      if (next > x) {
        gaps[at++] = x;
        gaps[at++] = next;
      }
      x = ends[2 * r + 1];
    }
  }
  gapFirsts[rows] = at >> 1;
  return { box, ends: gaps.subarray(0, at), firsts: gapFirsts };
}
