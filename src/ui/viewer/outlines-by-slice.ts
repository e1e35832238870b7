import type { Mask } from '../../core/volume.ts';
import { traceOutline } from './outline.ts';
import type { Plane } from './planes.ts';
import { extractSlice } from './slices.ts';

/** Borders of a slice along its rows, beyond which it is drawn pixel by pixel: a threshold in noise has ten times as many. */
const MOST_BORDERS = 5000;

/** The border of a mask in a slice as a path; or, where it is all borders, its pixels in the colour of the mask. */
export type SliceShape = Path2D | OffscreenCanvas;

/** Slices kept for each mask; three planes and some scrolling back and forth. */
const KEPT = 128;

interface Traced {
  readonly revision: number;
  /** First and last index along the third axis that hold a voxel of the mask; last < first when there is none. */
  readonly first: number;
  readonly last: number;
  readonly slices: Map<string, SliceShape | undefined>;
}

/** First and last slice that may hold something; all of them for a mask that is being edited, as a search takes longer. */
function extentOf(mask: Mask, edited: boolean): Pick<Traced, 'first' | 'last'> {
  const [columns, rows, slices] = mask.grid.size;
  if (edited) return { first: 0, last: slices - 1 };
  const layer = columns * rows;
  const first = mask.data.indexOf(1);
  if (first < 0) return { first: 0, last: -1 };
  return { first: Math.floor(first / layer), last: Math.floor(mask.data.lastIndexOf(1) / layer) };
}

/** Borders of masks as vector paths in plane pixels, traced once for each slice that is shown. */
export class OutlinesBySlice {
  readonly #traced = new WeakMap<Mask, Traced>();
  #buffer = new Uint8Array(0);

  /**
   * The border of a mask in a slice, or undefined where the slice holds nothing of it.
   * @param revision another number than last time: the voxels were changed in place, and all borders are traced anew
   */
  shape(mask: Mask, plane: Plane, slice: number, revision = 0): SliceShape | undefined {
    const traced = this.#entry(mask, revision);
    if (traced.last < traced.first) return undefined;
    if (plane.normal === 2 && (slice < traced.first || slice > traced.last)) return undefined;
    const key = `${plane.name} ${slice}`;
    if (traced.slices.has(key)) return traced.slices.get(key);
    const shape = this.#trace(mask, plane, slice);
    traced.slices.set(key, shape);
    if (traced.slices.size > KEPT) traced.slices.delete(traced.slices.keys().next().value!);
    return shape;
  }

  #entry(mask: Mask, revision: number): Traced {
    const known = this.#traced.get(mask);
    if (known?.revision === revision) return known;
    const entry: Traced = {
      revision,
      ...extentOf(mask, known !== undefined || revision > 0),
      slices: new Map(),
    };
    this.#traced.set(mask, entry);
    return entry;
  }

  #trace(mask: Mask, plane: Plane, slice: number): SliceShape | undefined {
    const count = plane.columns * plane.rows;
    if (this.#buffer.length < count) this.#buffer = new Uint8Array(count);
    extractSlice(mask.data, mask.grid.size, plane, slice, this.#buffer);
    if (bordersAlongRows(this.#buffer, plane) > MOST_BORDERS)
      return pixelsOf(this.#buffer, plane, mask.colour);
    const loops = traceOutline(this.#buffer, plane.columns, plane.rows);
    if (loops.length === 0) return undefined;
    const path = new Path2D();
    for (const loop of loops) {
      path.moveTo(loop[0]!, loop[1]!);
      for (let i = 2; i < loop.length; i += 2) path.lineTo(loop[i]!, loop[i + 1]!);
      path.closePath();
    }
    return path;
  }
}

/** How often a pixel differs from the one before it in its row. */
function bordersAlongRows(pixels: Uint8Array, { columns, rows }: Plane): number {
  let borders = 0;
  for (let row = 0, at = 0; row < rows; row++) {
    let last = 0;
    for (const end = at + columns; at < end; at++) {
      borders += last ^ pixels[at]!;
      last = pixels[at]!;
    }
  }
  return borders;
}

function pixelsOf(pixels: Uint8Array, { columns, rows }: Plane, [r, g, b]: Mask['colour']): OffscreenCanvas {
  const canvas = new OffscreenCanvas(columns, rows);
  const picture = new ImageData(columns, rows);
  // A pixel as one word; the bytes of a word stand in the order of the machine, which is little-endian everywhere.
  const colour = 0xff000000 | (Math.round(b) << 16) | (Math.round(g) << 8) | Math.round(r);
  const words = new Uint32Array(picture.data.buffer);
  for (let i = 0; i < words.length; i++) if (pixels[i] === 1) words[i] = colour;
  canvas.getContext('2d')!.putImageData(picture, 0, 0);
  return canvas;
}
