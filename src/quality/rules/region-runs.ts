import type { Mask } from '../../core/volume.ts';

/**
 * A region as runs of voxels along x, taken from its mask in one pass: what rules count, they count on these. No run
 * crosses the end of a row; runs come in the order of the voxels.
 */
export interface RegionRuns {
  /** Voxels inside. */
  readonly voxels: number;
  readonly count: number;
  /** Linear index of the first voxel of each run, and of the one after its last: 2 · count. */
  readonly ends: Int32Array;
  /** First and last voxel along each axis; undefined for an empty region. */
  readonly box: RunsBox | undefined;
}

export type RunsBox = readonly [
  low: readonly [number, number, number],
  high: readonly [number, number, number],
];

const known = new WeakMap<Mask, RegionRuns>();

/** Runs of a region, worked out once a mask. */
export function runsOf(mask: Mask): RegionRuns {
  const before = known.get(mask);
  if (before) return before;
  const runs = findRuns(mask);
  known.set(mask, runs);
  return runs;
}

/** First and last voxel of a region along each axis; undefined for an empty one. */
export const boxOf = (mask: Mask): RunsBox | undefined => runsOf(mask).box;

const ALL_INSIDE = 0x01010101;

function findRuns({ data, grid }: Mask): RegionRuns {
  const [nx, ny] = grid.size;
  const low = [Infinity, Infinity, Infinity] as [number, number, number];
  const high = [-1, -1, -1] as [number, number, number];
  let ends = new Int32Array(1024);
  let count = 0;
  let voxels = 0;
  /** Keeps the voxels from `from` up to `to`, cut at the ends of rows. */
  const keep = (from: number, to: number): void => {
    voxels += to - from;
    while (from < to) {
      const row = Math.floor(from / nx);
      const end = Math.min(to, (row + 1) * nx);
      if (2 * count === ends.length) {
        const more = new Int32Array(2 * ends.length);
        more.set(ends);
        ends = more;
      }
      ends[2 * count] = from;
      ends[2 * count + 1] = end;
      count++;
      const y = row % ny;
      const z = (row - y) / ny;
      low[0] = Math.min(low[0], from - row * nx);
      high[0] = Math.max(high[0], end - 1 - row * nx);
      low[1] = Math.min(low[1], y);
      high[1] = Math.max(high[1], y);
      low[2] = Math.min(low[2], z);
      high[2] = z;
      from = end;
    }
  };
  // Four voxels at a time where they are alike; -1: not in a run.
  let begun = -1;
  const bytes = (from: number, to: number): void => {
    for (let i = from; i < to; i++) {
      if ((data[i] === 1) === begun >= 0) continue;
      if (begun < 0) begun = i;
      else {
        keep(begun, i);
        begun = -1;
      }
    }
  };
  // Words begin at multiples of four bytes; a mask may end before the first.
  const head = Math.min(data.length, -data.byteOffset & 3);
  const whole = (data.length - head) >> 2;
  const words = whole === 0 ? new Int32Array() : new Int32Array(data.buffer, data.byteOffset + head, whole);
  bytes(0, head);
  for (let w = 0; w < words.length; w++) {
    if (words[w] !== (begun < 0 ? 0 : ALL_INSIDE)) bytes(head + 4 * w, head + 4 * w + 4);
  }
  bytes(head + 4 * words.length, data.length);
  if (begun >= 0) keep(begun, data.length);
  return { voxels, count, ends: ends.subarray(0, 2 * count), box: count === 0 ? undefined : [low, high] };
}

/** Numbers of the slices that a region has a voxel in, from 0. */
export function slicesOf(mask: Mask): number[] {
  const { count, ends } = runsOf(mask);
  const plane = mask.grid.size[0] * mask.grid.size[1];
  const slices: number[] = [];
  for (let r = 0; r < count; r++) {
    const k = Math.floor(ends[2 * r]! / plane);
    if (k !== slices.at(-1)) slices.push(k);
  }
  return slices;
}

/** Number and mean of the values of a region that are numbers. */
export function meanWithin(
  mask: Mask,
  data: ArrayLike<number>,
): { readonly n: number; readonly mean: number } {
  const { count, ends } = runsOf(mask);
  let n = 0;
  let sum = 0;
  for (let r = 0; r < count; r++) {
    for (let i = ends[2 * r]!; i < ends[2 * r + 1]!; i++) {
      const v = data[i]!;
      if (v !== v) continue;
      n++;
      sum += v;
    }
  }
  return { n, mean: sum / n };
}
