import type { Size3 } from '../../core/geometry.ts';
import type { MaskRows } from '../../imaging/mask-rows.ts';

/**
 * How often each of the 256 marching-cubes cases occurs in a mask with a layer of zeros all around.
 * Corner bits: y = bit 0, z = bit 1, x = bit 2 (see `cube-table.ts`).
 */
export function countCubesReference(mask: Uint8Array, [nx, ny, nz]: Size3): Uint32Array {
  const counts = new Uint32Array(256);
  const at = (x: number, y: number, z: number): number =>
    x < 0 || y < 0 || z < 0 || x >= nx || y >= ny || z >= nz ? 0 : mask[x + nx * (y + ny * z)]!;
  for (let z = -1; z < nz; z++) {
    for (let y = -1; y < ny; y++) {
      for (let x = -1; x < nx; x++) {
        const low =
          at(x, y, z) | (at(x, y + 1, z) << 1) | (at(x, y, z + 1) << 2) | (at(x, y + 1, z + 1) << 3);
        const high =
          at(x + 1, y, z) |
          (at(x + 1, y + 1, z) << 1) |
          (at(x + 1, y, z + 1) << 2) |
          (at(x + 1, y + 1, z + 1) << 3);
        // Four corners of a column as bits y, z: 00, 10, 01, 11.
        counts[low | (high << 4)]!++;
      }
    }
  }
  return counts;
}

/** Sums over the voxels of a mask: number, coordinates, and products of coordinates, in voxel indices. */
export interface MaskMoments {
  readonly count: number;
  readonly first: readonly [number, number, number];
  /** xx, yy, zz, xy, xz, yz. */
  readonly second: readonly [number, number, number, number, number, number];
}

/** Whole-number sums, exact below 2⁵³. */
export function maskMoments(mask: Uint8Array, rows: MaskRows): MaskMoments {
  let count = 0;
  const f: [number, number, number] = [0, 0, 0];
  const s: [number, number, number, number, number, number] = [0, 0, 0, 0, 0, 0];
  for (let r = 0; r < rows.count; r++) {
    const start = rows.start(r);
    const [y, z, n] = [rows.y(r), rows.z(r), rows.voxelsOf(r)];
    const [from, to] = [rows.first(r) - start, rows.last(r) - start];
    let sx = 0;
    let sxx = 0;
    if (n === to - from + 1) {
      sx = (n * (from + to)) / 2;
      sxx = squaresUpTo(to) - squaresUpTo(from - 1);
    } else {
      for (let x = from; x <= to; x++) {
        if (mask[start + x] === 0) continue;
        sx += x;
        sxx += x * x;
      }
    }
    count += n;
    f[0] += sx;
    f[1] += n * y;
    f[2] += n * z;
    s[0] += sxx;
    s[1] += n * y * y;
    s[2] += n * z * z;
    s[3] += sx * y;
    s[4] += sx * z;
    s[5] += n * y * z;
  }
  return { count, first: f, second: s };
}

/** 1² + 2² + … + n². */
const squaresUpTo = (n: number): number => (n * (n + 1) * (2 * n + 1)) / 6;

/** Number of voxels, Σx, and Σx·(i, j, k), over the voxels of the intensity mask. */
export function weightedSums(
  image: Float64Array,
  mask: Uint8Array,
  rows: MaskRows,
): { count: number; sum: number; first: readonly [number, number, number] } {
  let count = 0;
  let sum = 0;
  let [fx, fy, fz] = [0, 0, 0];
  for (let r = 0; r < rows.count; r++) {
    const start = rows.start(r);
    const [first, last, voxels] = [rows.first(r), rows.last(r), rows.voxelsOf(r)];
    let row = 0;
    let rowX = 0;
    if (voxels === last - first + 1) {
      for (let i = first; i <= last; i++) {
        const v = image[i]!;
        row += v;
        rowX += v * (i - start);
      }
    } else {
      for (let i = first; i <= last; i++) {
        if (mask[i] === 0) continue;
        row += image[i]!;
        rowX += image[i]! * (i - start);
      }
    }
    count += voxels;
    sum += row;
    fx += rowX;
    fy += row * rows.y(r);
    fz += row * rows.z(r);
  }
  return { count, sum, first: [fx, fy, fz] };
}
