import type { Affine } from '../../core/geometry.ts';
import type { Mask, Volume } from '../../core/volume.ts';
import type { Picture } from '../../formats/png.ts';
import { gradual } from './colours.ts';
import { edgeLetters, flipsOf } from './orientation.ts';

/** A slice of an image as a picture, and what its caption has to say. */
export interface SlicePicture extends Picture {
  /** Slice along the third axis, from 1, and how many there are. */
  readonly slice: number;
  readonly slices: number;
  /** Intensities shown black and white. */
  readonly range: readonly [number, number];
  /** Patient directions of the left, right, upper and lower edge, as far as the geometry tells. */
  readonly edges: readonly [string, string, string, string];
}

/** Voxels shown around the region, as a share of its longer side, and the shorter side of a picture in pixels. */
const MARGIN = 0.6;
const LEAST_MARGIN = 6;
const SIDE = 360;

interface Box {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/**
 * The slices of a region that a reader wants to see: the one with most of it, and those a quarter from its ends.
 * @returns indices along the third axis, ascending; none for an empty region
 */
export function tellingSlices({ data, grid }: Mask, count = 3): number[] {
  const [nx, ny, nz] = grid.size;
  const areas = Array.from({ length: nz }, (_, k) => {
    let n = 0;
    for (let i = k * nx * ny; i < (k + 1) * nx * ny; i++) n += data[i]!;
    return n;
  });
  const used = areas.flatMap((n, k) => (n > 0 ? [k] : []));
  if (used.length === 0) return [];
  const widest = areas.indexOf(Math.max(...areas));
  const shares = [0.25, 0.75].map((s) => used[Math.round(s * (used.length - 1))]!);
  return [...new Set([widest, ...shares])].slice(0, count).sort((a, b) => a - b);
}

/**
 * One slice of an image around a region, in grey, with the outline of the region along its voxel borders; true to the
 * voxel edges in millimetres. With `map`, its values stand in colour where it has any.
 */
export function slicePicture(
  volume: Volume,
  mask: Mask,
  slice: number,
  { range, map }: { readonly range: readonly [number, number]; readonly map?: MapOver },
): SlicePicture {
  const [nx, ny, nz] = volume.grid.size;
  const box = boxOf(mask, nx, ny);
  const affine: Affine = volume.grid.affine;
  const [sx, sy] = [0, 1].map((a) => Math.hypot(...affine.matrix[a]!)) as [number, number];
  const [wide, high] = [(box.x[1] - box.x[0] + 1) * sx, (box.y[1] - box.y[0] + 1) * sy];
  const scale = SIDE / Math.min(wide, high, Math.max(wide, high) / 1.2);
  const [columns, rows] = [wide, high].map((mm) => Math.max(1, Math.round(mm * scale))) as [number, number];
  const [flipX, flipY] = flipsOf(affine);
  const rgb = new Uint8Array(3 * columns * rows);
  const voxel = (px: number, py: number): number => {
    if (px < 0 || py < 0 || px >= columns || py >= rows) return -1;
    const [qx, qy] = [flipX ? columns - 1 - px : px, flipY ? rows - 1 - py : py];
    const i = box.x[0] + Math.floor((qx * (box.x[1] - box.x[0] + 1)) / columns);
    const j = box.y[0] + Math.floor((qy * (box.y[1] - box.y[0] + 1)) / rows);
    return i + nx * (j + ny * slice);
  };
  const inside = (at: number): boolean => at >= 0 && mask.data[at] === 1;
  const span = range[1] - range[0] || 1;
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const at = voxel(x, y);
      const value = volume.data[at]!;
      const grey = Number.isNaN(value) ? 0 : Math.round(255 * clamp((value - range[0]) / span));
      let colour: readonly number[] = [grey, grey, grey];
      const over = map?.data[at];
      if (map && over !== undefined && !Number.isNaN(over))
        colour = gradual(clamp((over - map.range[0]) / (map.range[1] - map.range[0] || 1)));
      if (
        inside(at) &&
        !(
          inside(voxel(x - 2, y)) &&
          inside(voxel(x + 2, y)) &&
          inside(voxel(x, y - 2)) &&
          inside(voxel(x, y + 2))
        )
      )
        colour = OUTLINE;
      rgb.set(colour, 3 * (y * columns + x));
    }
  }
  return { columns, rows, rgb, slice: slice + 1, slices: nz, range, edges: edgeLetters(affine) };
}

/** Values over an image, on its grid; NaN where there are none. */
export interface MapOver {
  readonly data: ArrayLike<number>;
  readonly range: readonly [number, number];
}

const OUTLINE = [255, 179, 71] as const;
const clamp = (x: number): number => Math.min(1, Math.max(0, x));

/** Box of the region in all its slices, with a margin, inside the image. */
function boxOf(mask: Mask, nx: number, ny: number): Box {
  let [x0, x1, y0, y1] = [nx, -1, ny, -1];
  for (let at = mask.data.indexOf(1); at >= 0; at = mask.data.indexOf(1, at + 1)) {
    const [i, j] = [at % nx, Math.floor(at / nx) % ny];
    [x0, x1, y0, y1] = [Math.min(x0, i), Math.max(x1, i), Math.min(y0, j), Math.max(y1, j)];
  }
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
