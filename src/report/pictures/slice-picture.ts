import type { Picture } from '../../formats/png.ts';
import { gradual } from './colours.ts';
import { edgeLetters, flipsOf } from './orientation.ts';
import type { SliceCut } from './slice-cut.ts';

/** A slice of an image as a picture, and what its caption has to say. */
export interface SlicePicture extends Picture {
  /** Patient directions of the left, right, upper and lower edge, as far as the geometry tells. */
  readonly edges: readonly [string, string, string, string];
  /** A round length that fits into a third of the width, mm, and its share of the width. */
  readonly scale: { readonly millimetres: number; readonly share: number };
}

/** The shorter side of a picture in pixels. */
const SIDE = 360;
const ROUND = [1, 2, 5, 10, 20, 50, 100, 200];
const LONGEST_BAR = 1 / 3;

/**
 * One slice of an image around a region, in grey, with the outline of the region along its voxel borders; true to the
 * voxel edges in millimetres. With `over`, its values stand in colour where it has any.
 */
export function slicePicture({ size, values, inside, affine, range, over }: SliceCut): SlicePicture {
  const [nx, ny] = size;
  const [sx, sy] = [0, 1].map((a) => Math.hypot(...affine.matrix[a]!)) as [number, number];
  const [wide, high] = [nx * sx, ny * sy];
  const scale = SIDE / Math.min(wide, high, Math.max(wide, high) / 1.2);
  const [columns, rows] = [wide, high].map((mm) => Math.max(1, Math.round(mm * scale))) as [number, number];
  const [flipX, flipY] = flipsOf(affine);
  const rgb = new Uint8Array(3 * columns * rows);
  const voxel = (px: number, py: number): number => {
    if (px < 0 || py < 0 || px >= columns || py >= rows) return -1;
    const [qx, qy] = [flipX ? columns - 1 - px : px, flipY ? rows - 1 - py : py];
    return Math.floor((qx * nx) / columns) + nx * Math.floor((qy * ny) / rows);
  };
  const isInside = (at: number): boolean => at >= 0 && inside[at] === 1;
  const span = range[1] - range[0] || 1;
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const at = voxel(x, y);
      const value = values[at]!;
      const grey = Number.isNaN(value) ? 0 : Math.round(255 * clamp((value - range[0]) / span));
      let colour: readonly number[] = [grey, grey, grey];
      const mapped = over?.values[at];
      if (over && mapped !== undefined && !Number.isNaN(mapped))
        colour = gradual(clamp((mapped - over.range[0]) / (over.range[1] - over.range[0] || 1)));
      if (
        isInside(at) &&
        !(
          isInside(voxel(x - 2, y)) &&
          isInside(voxel(x + 2, y)) &&
          isInside(voxel(x, y - 2)) &&
          isInside(voxel(x, y + 2))
        )
      )
        colour = OUTLINE;
      rgb.set(colour, 3 * (y * columns + x));
    }
  }
  const millimetres = ROUND.findLast((mm) => mm <= LONGEST_BAR * wide) ?? ROUND[0]!;
  return {
    columns,
    rows,
    rgb,
    edges: edgeLetters(affine),
    scale: { millimetres, share: Math.min(1, millimetres / wide) },
  };
}

const OUTLINE = [255, 179, 71] as const;
const clamp = (x: number): number => Math.min(1, Math.max(0, x));
