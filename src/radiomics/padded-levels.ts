import type { Size3 } from '../core/geometry.ts';
import type { KernelModule } from '../core/kernel-module.ts';
import type { RegionSample } from './region-sample.ts';
import { levelCounts } from './region-values.ts';

/**
 * Grey levels cut to the bounding box of the morphological mask, with `pad` voxels of 0 on every side, so that
 * kernels read neighbours up to that distance without asking where the box ends.
 */
export interface PaddedLevels {
  /** Voxels along x, y, z with both pads. Rows have at least 17, so that no vector reaches the next row but one. */
  readonly size: Size3;
  readonly pad: number;
  /** Voxels along x, y, z without the pads. */
  readonly inner: Size3;
  /** Where the box starts in the sample. */
  readonly from: Size3;
  /** 0 outside the intensity mask, else a rank: `values[rank]` is the grey level. One byte when ranks fit. */
  readonly data: Uint8Array | Uint16Array;
  /** Number of ranks K, from 1; at most the number of voxels where levels were ranked. */
  readonly ranks: number;
  /** Grey level of each rank; `values[0]` is 0. */
  readonly values: Uint32Array;
  /** N_g of the discretisation. */
  readonly bins: number;
  /** Voxels of each rank; index 0 is 0. */
  readonly counts: Uint32Array;
  readonly voxels: number;
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
  const values = [0];
  const counts = [0];
  const rankOf = new Uint16Array(bins + 1);
  let voxels = 0;
  levelCounts(sample, kernels).forEach((n, k) => {
    voxels += n;
    if (ranked && n === 0) return;
    rankOf[k + 1] = values.length;
    values.push(k + 1);
    counts.push(n);
  });
  const bounds = voxels === 0 ? null : boundsOf(sample, kernels);
  if (bounds === null) return null;
  const { lo, hi } = bounds;
  const inner: Size3 = [hi[0] - lo[0] + 1, hi[1] - lo[1] + 1, hi[2] - lo[2] + 1];
  const size: Size3 = [Math.max(17, inner[0] + 2 * pad), inner[1] + 2 * pad, inner[2] + 2 * pad];
  const ranks = values.length - 1;
  const box: Box = { inner, from: lo, size, pad };
  const bytes = ranks <= 255 ? 1 : 2;
  return {
    ...box,
    data: kernels
      ? copyByKernel(sample.size, levels, box, bytes, ranked ? rankOf : null, kernels)
      : copyPlainly(sample.size, levels, box, bytes, ranked ? rankOf : null),
    ranks,
    values: Uint32Array.from(values),
    bins,
    counts: Uint32Array.from(counts),
    voxels,
  };
}

type Box = Pick<PaddedLevels, 'inner' | 'from' | 'size' | 'pad'>;

/** First and last voxel, along each axis, of the morphological mask; null when it is empty. */
function boundsOf(
  { morphological: mask, size: [nx, ny, nz] }: RegionSample,
  kernels: KernelModule | null,
): { lo: Size3; hi: Size3 } | null {
  if (kernels) {
    const { arena, call } = kernels;
    arena.reset();
    const at = arena.room(mask.length + 16);
    const row = arena.alloc(nx + 16);
    const out = arena.alloc(24);
    new Uint8Array(arena.buffer, at, mask.length).set(mask);
    if (call('padded_levels_bounds', at, nx, ny, nz, row, out) === 0) return null;
    const [x0, x1, y0, y1, z0, z1] = new Int32Array(arena.buffer, out, 6);
    return { lo: [x0!, y0!, z0!], hi: [x1!, y1!, z1!] };
  }
  const lo: [number, number, number] = [nx, ny, nz];
  const hi: [number, number, number] = [-1, -1, -1];
  for (let v = 0; v < mask.length; v++) {
    if (mask[v] === 0) continue;
    const at = [v % nx, Math.floor(v / nx) % ny, Math.floor(v / (nx * ny))] as const;
    for (const axis of [0, 1, 2] as const) {
      if (at[axis] < lo[axis]) lo[axis] = at[axis];
      if (at[axis] > hi[axis]) hi[axis] = at[axis];
    }
  }
  return hi[0] < 0 ? null : { lo, hi };
}

function copyPlainly(
  [nx, ny]: Size3,
  levels: Uint16Array,
  { inner, from, size, pad }: Box,
  bytes: 1 | 2,
  rankOf: Uint16Array | null,
): Uint8Array | Uint16Array {
  const data = new (bytes === 1 ? Uint8Array : Uint16Array)(size[0] * size[1] * size[2]);
  for (let z = 0; z < inner[2]; z++) {
    for (let y = 0; y < inner[1]; y++) {
      const start = from[0] + nx * (from[1] + y + ny * (from[2] + z));
      const to = pad + size[0] * (pad + y + size[1] * (pad + z));
      for (let x = 0; x < inner[0]; x++) {
        const level = levels[start + x]!;
        data[to + x] = rankOf ? rankOf[level]! : level;
      }
    }
  }
  return data;
}

function copyByKernel(
  [nx, ny]: Size3,
  levels: Uint16Array,
  { inner, from, size, pad }: Box,
  bytes: 1 | 2,
  rankOf: Uint16Array | null,
  { arena, call }: KernelModule,
): Uint8Array | Uint16Array {
  // Only the slices of the box go in.
  const slices = levels.subarray(nx * ny * from[2], nx * ny * (from[2] + inner[2]));
  const count = size[0] * size[1] * size[2];
  arena.reset();
  const source = arena.room(slices.byteLength);
  const ranks = arena.alloc(2 * (rankOf?.length ?? 0));
  const target = arena.alloc(bytes * count);
  new Uint16Array(arena.buffer, source, slices.length).set(slices);
  if (rankOf) new Uint16Array(arena.buffer, ranks, rankOf.length).set(rankOf);
  call(
    'padded_levels_copy',
    rankOf ? 2 + bytes : bytes === 1 ? 2 : 1,
    source + 2 * (from[0] + nx * from[1]),
    nx,
    nx * ny,
    target + bytes * pad * (1 + size[0] * (1 + size[1])),
    size[0],
    size[0] * size[1],
    ...inner,
    ranks,
  );
  return bytes === 1
    ? new Uint8Array(arena.buffer, target, count).slice()
    : new Uint16Array(arena.buffer, target, count).slice();
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
export function paddedMask({ morphological, size }: RegionSample, box: PaddedLevels): Uint8Array {
  const [px, py, pz] = box.size;
  const { pad, from, inner } = box;
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

/** The same, put by the kernel at an address of the arena, where `source` has room for the mask's slices. */
export function placeMask(
  { morphological, size: [nx, ny] }: RegionSample,
  { size, pad, from, inner }: PaddedLevels,
  source: number,
  target: number,
  { arena, call }: KernelModule,
): void {
  const slices = morphological.subarray(nx * ny * from[2], nx * ny * (from[2] + inner[2]));
  new Uint8Array(arena.buffer, source, slices.length).set(slices);
  const start = pad * (1 + size[0] * (1 + size[1]));
  const first = source + from[0] + nx * from[1];
  const [px, py] = size;
  call('padded_levels_copy', 0, first, nx, nx * ny, target + start, px, px * py, ...inner, 0);
}

/** Place in the sample of a place in the padded box. */
export function sampleIndex(
  { size: [px, py], pad, from }: PaddedLevels,
  { size: [nx, ny] }: RegionSample,
): (place: number) => number {
  return (place) => {
    const x = place % px;
    const row = (place - x) / px;
    const y = row % py;
    const z = (row - y) / py;
    return x - pad + from[0] + nx * (y - pad + from[1] + ny * (z - pad + from[2]));
  };
}
