import type { Volume } from '../../core/volume.ts';
import type { ColourMapName } from '../charts/colour-maps.ts';
import { paintMap, type MapOverlay } from './map-overlay.ts';
import type { Plane } from './planes.ts';
import { extractSlice } from './slices.ts';

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
  #plane: Plane | undefined;
  #slice = -1;
  #range: MapOverlay['range'] | undefined;
  #colours: ColourMapName | undefined;

  /** Brings the canvas up to date. */
  show({ volume, range, colourMap }: MapOverlay, plane: Plane, slice: number): HTMLCanvasElement {
    const sameSlice = volume === this.#volume && plane === this.#plane && slice === this.#slice;
    if (sameSlice && range === this.#range && colourMap === this.#colours) return this.canvas;
    const image = this.#sized(plane);
    if (!sameSlice) extractSlice(volume.data, volume.grid.size, plane, slice, this.#values);
    paintMap(this.#values, plane.columns * plane.rows, range, colourMap, this.#pixels);
    this.#context.putImageData(image, 0, 0);
    this.#volume = volume;
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
