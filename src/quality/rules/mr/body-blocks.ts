import { spacingOf, type Size3 } from '../../../core/geometry.ts';
import type { Volume } from '../../../core/volume.ts';
import { otsu } from '../../../regions/histogram.ts';
import { largestPiece } from '../grid-pieces.ts';

/** The body in cubes large enough to quiet the noise and small enough to hold one tissue. */
export interface BodyBlocks {
  /** Logarithm of the mean of each block. */
  readonly logs: Float64Array;
  /** Places x, y, z of each block from the middle of the body, in half extents of its longest axis. */
  readonly places: Float64Array;
  /** Voxels of a block. */
  readonly voxels: number;
}

/** Blocks along the longest edge of the image, and at least so many along each axis that has as many voxels. */
const LONGEST = 40;
const FEWEST = 4;
const BINS = 256;
/** Blocks below this share of the brightest count as empty: the logarithm of nothing has no place among the others. */
const EMPTY = 1e-3;

/**
 * Blocks of the body. It is what lies above Otsu's threshold on the logarithm of the blocks: on the values themselves the
 * threshold parts bright fat from muscle, not the body from air. The largest piece (faces) is kept and loses its rim in the
 * plane, where blocks are partly air. Null when no block is bright.
 */
export function bodyBlocks({ data, grid }: Volume): BodyBlocks | null {
  const edges = spacingOf(grid.affine);
  const aim = Math.max(...edges, Math.max(...grid.size.map((n, a) => n * edges[a]!)) / LONGEST);
  const steps = edges.map((e, a) =>
    Math.max(1, Math.min(Math.round(aim / e), Math.floor(grid.size[a]! / FEWEST))),
  ) as [number, number, number];
  const size = grid.size.map((n, a) => Math.floor(n / steps[a]!)) as [number, number, number];
  const voxels = steps[0] * steps[1] * steps[2];
  const sums = blockSums(data, grid.size, steps, size);
  const inside = eroded(largestPiece(aboveOtsu(sums), size), size);
  const count = inside.reduce((n, v) => n + v, 0);
  if (count === 0) return null;
  const logs = new Float64Array(count);
  const places = new Float64Array(3 * count);
  const [nx, ny] = size;
  for (let at = 0, n = 0; at < sums.length; at++) {
    if (inside[at] === 0) continue;
    logs[n] = Math.log(sums[at]! / voxels);
    const place = [at % nx, Math.floor(at / nx) % ny, Math.floor(at / (nx * ny))];
    for (let a = 0; a < 3; a++) places[3 * n + a] = place[a]! * steps[a]! * edges[a]!;
    n++;
  }
  centre(places);
  return { logs, places, voxels };
}

/** Sums over whole blocks; what is left over at the far ends is not looked at. NaN counts as 0. */
function blockSums(data: Volume['data'], [nx, ny]: Size3, [sx, sy, sz]: Size3, [bx, by, bz]: Size3) {
  const sums = new Float64Array(bx * by * bz);
  for (let k = 0; k < bz * sz; k++) {
    for (let j = 0; j < by * sy; j++) {
      const from = nx * (j + ny * k);
      const to = bx * (Math.floor(j / sy) + by * Math.floor(k / sz));
      for (let i = 0, b = 0; b < bx; b++) {
        let sum = 0;
        for (const end = i + sx; i < end; i++) sum += data[from + i]!;
        if (sum === sum) sums[to + b]! += sum;
      }
    }
  }
  return sums;
}

function aboveOtsu(sums: Float64Array): Uint8Array {
  const top = sums.reduce((a, b) => Math.max(a, b), 0);
  if (!(top > 0)) return new Uint8Array(sums.length);
  const low = Math.log(EMPTY * top);
  const scale = (BINS - 1) / -Math.log(EMPTY);
  const bins = sums.map((s) => Math.floor((Math.log(Math.max(s, EMPTY * top)) - low) * scale));
  const counts = new Float64Array(BINS);
  for (const b of bins) counts[b]!++;
  const { level } = otsu(counts);
  return Uint8Array.from(bins, (b) => (b >= level ? 1 : 0));
}

/** Without the blocks that touch others than their own, by edge or corner, in their plane. */
function eroded(mask: Uint8Array, [nx, ny]: Size3): Uint8Array {
  return mask.map((v, at) => {
    if (v === 0) return 0;
    const i = at % nx;
    const j = Math.floor(at / nx) % ny;
    for (let dj = j > 0 ? -1 : 0; dj <= (j < ny - 1 ? 1 : 0); dj++)
      for (let di = i > 0 ? -1 : 0; di <= (i < nx - 1 ? 1 : 0); di++)
        if (mask[at + di + nx * dj] === 0) return 0;
    return 1;
  });
}

function centre(places: Float64Array): void {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  places.forEach((v, n) => {
    low[n % 3] = Math.min(low[n % 3]!, v);
    high[n % 3] = Math.max(high[n % 3]!, v);
  });
  const half = Math.max(...high.map((h, a) => (h - low[a]!) / 2)) || 1;
  for (let n = 0; n < places.length; n++) places[n] = (places[n]! - (low[n % 3]! + high[n % 3]!) / 2) / half;
}
