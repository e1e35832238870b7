import type { Size3 } from '../../core/geometry.ts';

/** First and last voxel of a region along each axis; undefined for an empty one. */
export function boxOf(
  [nx, ny, nz]: Size3,
  data: Uint8Array,
): readonly [lo: number[], hi: number[]] | undefined {
  const lo = [Infinity, Infinity, Infinity];
  const hi = [-1, -1, -1];
  for (let k = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      const row = nx * (j + ny * k);
      const line = data.subarray(row, row + nx);
      const first = line.indexOf(1);
      if (first < 0) continue;
      const ends = [
        [first, line.lastIndexOf(1)],
        [j, j],
        [k, k],
      ];
      ends.forEach(([from, to], a) => {
        lo[a] = Math.min(lo[a]!, from!);
        hi[a] = Math.max(hi[a]!, to!);
      });
    }
  }
  return hi[0]! < 0 ? undefined : [lo, hi];
}
