import type { Size3 } from '../core/geometry.ts';
import type { KernelModule } from '../core/kernel-module.ts';
import type { RegionSample } from './region-sample.ts';
import { levelCounts } from './region-values.ts';

/**
 * Grey levels cut to the bounding box of the morphological mask, with `pad` voxels of 0 on every side, so that
 * kernels read neighbours up to that distance without asking where the box ends.
 */
export interface PaddedLevels {
  /** Voxels along x, y, z with both pads. Rows have at least 16, so that no vector spans more than two. */
  readonly size: Size3;
  readonly pad: number;
  /** Voxels along x, y, z without the pads. */
  readonly inner: Size3;
  /** 0 outside the intensity mask, else a rank: `values[rank]` is the grey level. One byte when ranks fit. */
  readonly data: Uint8Array | Uint16Array;
  /** Number of ranks K, from 1; at most the number of voxels, however many levels the bins allow. */
  readonly ranks: number;
  /** Grey level of each rank; `values[0]` is 0. */
  readonly values: Uint32Array;
  /** N_g of the discretisation. */
  readonly bins: number;
  /** Voxels of each rank; index 0 is 0. */
  readonly counts: Uint32Array;
  readonly voxels: number;
  /** Where the box starts in the sample. */
  readonly from: Size3;
}

/** Voxel indices of the box around all 1 of a mask, both ends included; null when there is none. */
export function boundsOf(mask: Uint8Array, [nx, ny, nz]: Size3): { lo: Size3; hi: Size3 } | null {
  const lo: [number, number, number] = [nx, ny, nz];
  const hi: [number, number, number] = [-1, -1, -1];
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      const start = nx * (y + ny * z);
      const row = mask.subarray(start, start + nx);
      const first = row.indexOf(1);
      if (first < 0) continue;
      const last = row.lastIndexOf(1);
      if (first < lo[0]) lo[0] = first;
      if (last > hi[0]) hi[0] = last;
      if (y < lo[1]) lo[1] = y;
      if (y > hi[1]) hi[1] = y;
      if (z < lo[2]) lo[2] = z;
      hi[2] = z;
    }
  }
  return hi[0] < 0 ? null : { lo, hi };
}

const packed = new WeakMap<RegionSample, Map<string, PaddedLevels | null>>();

/**
 * Levels of a sample as kernels want them; made once for each sample and pad.
 * @param as `level` keeps the grey levels (`values[k] = k`), `rank` numbers those that occur when one byte would not
 *   hold them all. With at most 255 bins both are the same.
 * @returns null when the region holds no grey levels.
 */
export function paddedLevels(
  sample: RegionSample,
  pad: number,
  as: 'level' | 'rank',
  kernels: KernelModule | null,
): PaddedLevels | null {
  const d = sample.discretised;
  if (d === null) return null;
  const ranked = as === 'rank' && d.bins > 255;
  const key = `${pad} ${ranked}`;
  let known = packed.get(sample);
  if (!known) packed.set(sample, (known = new Map()));
  const before = known.get(key);
  if (before !== undefined) return before;
  const result = pack(sample, d.levels, d.bins, pad, ranked, kernels);
  known.set(key, result);
  return result;
}

function pack(
  sample: RegionSample,
  levels: Uint16Array,
  bins: number,
  pad: number,
  ranked: boolean,
  kernels: KernelModule | null,
): PaddedLevels | null {
  const bounds = boundsOf(sample.morphological, sample.size);
  const perLevel = levelCounts(sample, kernels);
  if (bounds === null) return null;
  const values = [0];
  const counts = [0];
  const rankOf = new Uint16Array(bins + 1);
  let voxels = 0;
  for (let level = 1; level <= bins; level++) {
    const n = perLevel[level - 1]!;
    voxels += n;
    if (ranked && n === 0) continue;
    rankOf[level] = values.length;
    values.push(level);
    counts.push(n);
  }
  if (voxels === 0) return null;
  const { lo, hi } = bounds;
  const inner: Size3 = [hi[0] - lo[0] + 1, hi[1] - lo[1] + 1, hi[2] - lo[2] + 1];
  const size: Size3 = [Math.max(16, inner[0] + 2 * pad), inner[1] + 2 * pad, inner[2] + 2 * pad];
  const ranks = values.length - 1;
  const data = new (ranks <= 255 ? Uint8Array : Uint16Array)(size[0] * size[1] * size[2]);
  const [nx, ny] = sample.size;
  for (let z = 0; z < inner[2]; z++) {
    for (let y = 0; y < inner[1]; y++) {
      const start = lo[0] + nx * (lo[1] + y + ny * (lo[2] + z));
      const to = pad + size[0] * (pad + y + size[1] * (pad + z));
      if (ranked) for (let x = 0; x < inner[0]; x++) data[to + x] = rankOf[levels[start + x]!]!;
      else for (let x = 0; x < inner[0]; x++) data[to + x] = levels[start + x]!;
    }
  }
  return {
    size,
    pad,
    inner,
    data,
    ranks,
    values: Uint32Array.from(values),
    bins,
    counts: Uint32Array.from(counts),
    voxels,
    from: lo,
  };
}

/** Slices of the padded box that hold voxels of the intensity mask, in order. */
export function filledSlices({ data, size }: PaddedLevels): number[] {
  const plane = size[0] * size[1];
  const slices: number[] = [];
  for (let z = 0; z < size[2]; z++) {
    if (data.subarray(z * plane, (z + 1) * plane).some((rank) => rank > 0)) slices.push(z);
  }
  return slices;
}

/** The morphological mask in the same padded box, bytes 0 or 1. */
export function paddedMask({ morphological, size }: RegionSample, levels: PaddedLevels): Uint8Array {
  const [px, py, pz] = levels.size;
  const { pad, from, inner } = levels;
  const mask = new Uint8Array(px * py * pz);
  for (let z = 0; z < inner[2]; z++) {
    for (let y = 0; y < inner[1]; y++) {
      const start = from[0] + size[0] * (from[1] + y + size[1] * (from[2] + z));
      const row = morphological.subarray(start, start + inner[0]);
      mask.set(row, pad + px * (pad + y + py * (pad + z)));
    }
  }
  return mask;
}
