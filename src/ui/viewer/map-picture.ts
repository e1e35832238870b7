import { sameGrid, type Grid } from '../../core/geometry.ts';
import type { Volume } from '../../core/volume.ts';
import type { ColourMapName } from '../charts/colour-maps.ts';
import { paintMap, type MapOverlay } from './map-overlay.ts';
import { crossingOf } from './plane-frame.ts';
import type { Plane } from './planes.ts';
import { sampleAt } from './sampling.ts';
import { extractSlice } from './slices.ts';

/**
 * Values of a map on a slice of an image: its own on the same grid, else trilinear at the middle of each image pixel.
 * @param out at least columns × rows long
 */
export function mapSlice(
  { data, grid: other }: Volume,
  grid: Grid,
  plane: Plane,
  slice: number,
  out: Float32Array,
): void {
  if (sameGrid(other, grid)) {
    extractSlice(data, other.size, plane, slice, out);
    return;
  }
  const { origin, across, down } = crossingOf(grid, plane, slice, other);
  let to = 0;
  for (let row = 0.5; row < plane.rows; row++) {
    for (let column = 0.5; column < plane.columns; column++) {
      const at = (axis: 0 | 1 | 2) => origin[axis] + column * across[axis] + row * down[axis];
      out[to++] = sampleAt(data, other.size, at(0), at(1), at(2));
    }
  }
}

/**
 * One slice of a map as a coloured picture at its own resolution, clear where there is no value. Like the picture of
 * the image it keeps what it last made; opacity is left to whoever draws it.
 */
export class MapPicture {
  readonly canvas = document.createElement('canvas');
  readonly #context = this.canvas.getContext('2d')!;
  #values = new Float32Array(0);
  #pixels = new Uint32Array(0);
  #image: ImageData | undefined;
  #volume: Volume | undefined;
  #grid: Grid | undefined;
  #plane: Plane | undefined;
  #slice = -1;
  #range: MapOverlay['range'] | undefined;
  #colours: ColourMapName | undefined;

  /** Brings the canvas up to date. */
  show({ volume, range, colourMap }: MapOverlay, grid: Grid, plane: Plane, slice: number): HTMLCanvasElement {
    const samePlane = plane === this.#plane && slice === this.#slice && grid === this.#grid;
    const sameSlice = samePlane && volume === this.#volume;
    if (sameSlice && range === this.#range && colourMap === this.#colours) return this.canvas;
    const image = this.#sized(plane);
    if (!sameSlice) mapSlice(volume, grid, plane, slice, this.#values);
    paintMap(this.#values, plane.columns * plane.rows, range, colourMap, this.#pixels);
    this.#context.putImageData(image, 0, 0);
    this.#volume = volume;
    this.#grid = grid;
    this.#plane = plane;
    this.#slice = slice;
    this.#range = range;
    this.#colours = colourMap;
    return this.canvas;
  }

  #sized({ columns, rows }: Plane): ImageData {
    if (this.#image && this.#image.width === columns && this.#image.height === rows) return this.#image;
    this.canvas.width = columns;
    this.canvas.height = rows;
    this.#values = new Float32Array(columns * rows);
    this.#pixels = new Uint32Array(columns * rows);
    this.#image = new ImageData(new Uint8ClampedArray(this.#pixels.buffer), columns, rows);
    return this.#image;
  }
}
