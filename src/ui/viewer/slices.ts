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

/** Slices that are read together where they lie side by side in memory; one line of a processor's cache holds twice as many. */
const TOGETHER = 8;

/**
 * Slices of a volume for someone who scrolls. Across the fastest axis every voxel of a slice lies in another line of the
 * cache, and reading one costs as much as reading its neighbours too: these are kept for the next step.
 */
export class NearbySlices {
  #data: VolumeData | undefined;
  #plane: Plane | undefined;
  #first = 0;
  #block = new Float32Array(0);

  /** The values of a slice in display order; valid until the next call. */
  read(data: VolumeData, size: Size3, plane: Plane, slice: number): Float32Array {
    const count = plane.columns * plane.rows;
    const many = plane.normal === 0 ? TOGETHER : 1;
    const first = Math.floor(slice / many) * many;
    if (data !== this.#data || plane !== this.#plane || first !== this.#first) {
      if (this.#block.length !== count * many) this.#block = new Float32Array(count * many);
      if (many === 1) extractSlice(data, size, plane, slice, this.#block);
      else this.#readBlock(data, size, plane, first);
      this.#data = data;
      this.#plane = plane;
      this.#first = first;
    }
    return this.#block.subarray((slice - first) * count, (slice - first + 1) * count);
  }

  #readBlock(data: VolumeData, size: Size3, plane: Plane, first: number): void {
    const { columns, rows } = plane;
    const count = columns * rows;
    const there = Math.min(TOGETHER, plane.slices - first);
    const { start, across, down } = sliceStrides(plane, size, first);
    let to = 0;
    for (let row = 0; row < rows; row++) {
      let from = start + row * down;
      for (let column = 0; column < columns; column++, from += across, to++) {
        for (let next = 0; next < there; next++) this.#block[to + next * count] = data[from + next]!;
      }
    }
  }
}
