import type { Affine } from '../../core/geometry.ts';
import type { Mask, Volume } from '../../core/volume.ts';

/** One slice of an image around a region, cut out of its volume: all that a picture of it needs. Plain data. */
export interface SliceCut {
  /** Voxels across and down. */
  readonly size: readonly [number, number];
  readonly values: Float32Array;
  /** 1 in the region. */
  readonly inside: Uint8Array;
  readonly affine: Affine;
  /** Slice along the third axis, from 1, and how many there are. */
  readonly slice: number;
  readonly slices: number;
  /** Intensities shown black and white. */
  readonly range: readonly [number, number];
  /** Values in colour over the image, NaN where there are none, and what the ends of the colours stand for. */
  readonly over?: { readonly values: Float32Array; readonly range: readonly [number, number] };
}

/** Voxels shown around the region, as a share of its longer side. */
const MARGIN = 0.6;
const LEAST_MARGIN = 6;

interface Box {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** Runs of the region along x as `[i0, i1, j]`, slice by slice; empty slices cost one native search. */
function* rowsOf({ data, grid }: Mask, slice: number): Generator<readonly [number, number, number]> {
  const [nx, ny] = grid.size;
  const plane = data.subarray(slice * nx * ny, (slice + 1) * nx * ny);
  for (let at = plane.indexOf(1); at >= 0;) {
    const j = Math.floor(at / nx);
    const row = plane.subarray(j * nx, (j + 1) * nx);
    yield [at - j * nx, row.lastIndexOf(1), j];
    at = plane.indexOf(1, (j + 1) * nx);
  }
}

/**
 * The slices of a region that a reader wants to see: the one with most of it, and those a quarter from its ends.
 * @returns indices along the third axis, ascending; none for an empty region
 */
export function tellingSlices(mask: Mask, count = 3): number[] {
  const [nx, , nz] = mask.grid.size;
  const areas = Array.from({ length: nz }, (_, k) => {
    let n = 0;
    const plane = k * nx * mask.grid.size[1];
    for (const [i0, i1, j] of rowsOf(mask, k))
      for (let i = i0; i <= i1; i++) n += mask.data[plane + j * nx + i]!;
    return n;
  });
  const used = areas.flatMap((n, k) => (n > 0 ? [k] : []));
  if (used.length === 0) return [];
  const widest = areas.indexOf(Math.max(...areas));
  const shares = [0.25, 0.75].map((s) => used[Math.round(s * (used.length - 1))]!);
  return [...new Set([widest, ...shares])].slice(0, count).sort((a, b) => a - b);
}

/** Cuts slices of an image around a region; `over` stands on the grid of the image. */
export function cutSlices(
  volume: Volume,
  mask: Mask,
  slices: readonly number[],
  range: readonly [number, number],
  over?: { readonly data: ArrayLike<number>; readonly range: readonly [number, number] },
): SliceCut[] {
  const [nx, ny, nz] = volume.grid.size;
  const { x, y } = boxOf(mask, nx, ny);
  const size = [x[1] - x[0] + 1, y[1] - y[0] + 1] as const;
  const cut = <A extends Float32Array | Uint8Array>(from: ArrayLike<number>, to: A, slice: number): A => {
    for (let j = 0; j < size[1]; j++)
      for (let i = 0; i < size[0]; i++) to[j * size[0] + i] = from[x[0] + i + nx * (y[0] + j + ny * slice)]!;
    return to;
  };
  const length = size[0] * size[1];
  return slices.map((slice) => ({
    size,
    values: cut(volume.data, new Float32Array(length), slice),
    inside: cut(mask.data, new Uint8Array(length), slice),
    affine: volume.grid.affine,
    slice: slice + 1,
    slices: nz,
    range,
    ...(over && { over: { values: cut(over.data, new Float32Array(length), slice), range: over.range } }),
  }));
}

/** Box of the region in all its slices, with a margin, inside the image. */
function boxOf(mask: Mask, nx: number, ny: number): Box {
  let [x0, x1, y0, y1] = [nx, -1, ny, -1];
  for (let k = 0; k < mask.grid.size[2]; k++)
    for (const [i0, i1, j] of rowsOf(mask, k))
      [x0, x1, y0, y1] = [Math.min(x0, i0), Math.max(x1, i1), Math.min(y0, j), Math.max(y1, j)];
  if (x1 < 0) return { x: [0, nx - 1], y: [0, ny - 1] };
  const margin = Math.max(LEAST_MARGIN, Math.round(MARGIN * Math.max(x1 - x0, y1 - y0)));
  return {
    x: [Math.max(0, x0 - margin), Math.min(nx - 1, x1 + margin)],
    y: [Math.max(0, y0 - margin), Math.min(ny - 1, y1 + margin)],
  };
}

/** A window for an image without one: first to 99th percentile of at most some ten thousand of its values. */
export function windowOf({ data }: Volume): readonly [number, number] {
  const step = Math.max(1, Math.floor(data.length / 20_000));
  const seen: number[] = [];
  for (let i = 0; i < data.length; i += step) if (!Number.isNaN(data[i]!)) seen.push(data[i]!);
  seen.sort((a, b) => a - b);
  if (seen.length === 0) return [0, 1];
  return [seen[Math.floor(0.01 * (seen.length - 1))]!, seen[Math.floor(0.99 * (seen.length - 1))]!];
}
