import type { Size3 } from '../../core/geometry.ts';
import type { VolumeData } from '../../core/volume.ts';
import type { Plane } from './planes.ts';

/** Where the pixels of a slice lie in memory: pixel (column, row) is voxel `start + column·across + row·down`. */
export interface Strides {
  readonly start: number;
  readonly across: number;
  readonly down: number;
}

/** Strides of a slice in display order, flips included. */
export function sliceStrides(plane: Plane, size: Size3, slice: number): Strides {
  const step = [1, size[0], size[0] * size[1]] as const;
  const across = step[plane.across] * (plane.flipAcross ? -1 : 1);
  const down = step[plane.down] * (plane.flipDown ? -1 : 1);
  const start =
    slice * step[plane.normal] +
    (plane.flipAcross ? (plane.columns - 1) * step[plane.across] : 0) +
    (plane.flipDown ? (plane.rows - 1) * step[plane.down] : 0);
  return { start, across, down };
}

/**
 * Copies one slice out of a volume or mask, row by row from the top left of the screen.
 * @param out at least columns × rows long; may be larger, the rest is left alone.
 */
export function extractSlice(
  data: VolumeData | Uint8Array,
  size: Size3,
  plane: Plane,
  slice: number,
  out: Float32Array | Uint8Array,
): void {
  const { columns, rows } = plane;
  const { start, across, down } = sliceStrides(plane, size, slice);
  if (across === 1) {
    for (let row = 0; row < rows; row++) {
      const from = start + row * down;
      out.set(data.subarray(from, from + columns), row * columns);
    }
    return;
  }
  let to = 0;
  for (let row = 0; row < rows; row++) {
    let from = start + row * down;
    for (let column = 0; column < columns; column++, from += across) out[to++] = data[from]!;
  }
}
