import type { Volume } from '../../core/volume.ts';
import type { Plane } from './planes.ts';
import { NearbySlices } from './slices.ts';
import { paintGrey, type Window } from './window.ts';

/**
 * One slice as a grey picture at its own resolution. Keeps what it last made: a new window costs one pass over the
 * slice, a new slice one more to read it, and a picture that has not changed costs nothing.
 */
export class SlicePicture {
  readonly canvas = document.createElement('canvas');
  readonly #context = this.canvas.getContext('2d', { alpha: false })!;
  readonly #nearby = new NearbySlices();
  #values: Float32Array = new Float32Array(0);
  #pixels = new Uint32Array(0);
  #image: ImageData | undefined;
  #volume: Volume | undefined;
  #plane: Plane | undefined;
  #slice = -1;
  #window: Window | undefined;
  #inverted = false;

  /** Brings the canvas up to date. */
  show(volume: Volume, plane: Plane, slice: number, window: Window, inverted: boolean): HTMLCanvasElement {
    const sameSlice = volume === this.#volume && plane === this.#plane && slice === this.#slice;
    if (sameSlice && window === this.#window && inverted === this.#inverted) return this.canvas;
    const image = this.#sized(plane);
    if (!sameSlice) this.#values = this.#nearby.read(volume.data, volume.grid.size, plane, slice);
    paintGrey(this.#values, plane.columns * plane.rows, window, inverted, this.#pixels);
    this.#context.putImageData(image, 0, 0);
    this.#volume = volume;
    this.#plane = plane;
    this.#slice = slice;
    this.#window = window;
    this.#inverted = inverted;
    return this.canvas;
  }

  #sized({ columns, rows }: Plane): ImageData {
    if (this.#image && this.#image.width === columns && this.#image.height === rows) return this.#image;
    this.canvas.width = columns;
    this.canvas.height = rows;
    this.#pixels = new Uint32Array(columns * rows);
    this.#image = new ImageData(new Uint8ClampedArray(this.#pixels.buffer), columns, rows);
    return this.#image;
  }
}
