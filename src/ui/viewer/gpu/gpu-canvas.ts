import { deviceSize, fitCanvas, type Frame } from '../draw.ts';
import type { Drawer } from './drawer.ts';
import { GpuSlice } from './gpu-slice.ts';

/** A canvas that the GPU draws one pane on. */
export class GpuCanvas {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: GPUCanvasContext;
  readonly #slice: GpuSlice;

  /** @throws Error when the canvas gives no WebGPU context */
  constructor(drawer: Drawer, canvas: HTMLCanvasElement) {
    const context = canvas.getContext('webgpu');
    if (!context) throw new Error('the canvas gives no WebGPU context');
    context.configure({ device: drawer.device, format: drawer.format, alphaMode: 'opaque' });
    this.#canvas = canvas;
    this.#context = context;
    this.#slice = new GpuSlice(drawer);
  }

  /** Draws a frame; false where a volume is not on the GPU, and Canvas has to. */
  draw(frame: Frame): boolean {
    const [width, height] = deviceSize(frame);
    if (width === 0 || height === 0) return true;
    return this.#slice.draw(frame, () => {
      fitCanvas(this.#canvas, frame);
      return this.#context.getCurrentTexture().createView();
    });
  }

  destroy(): void {
    this.#slice.destroy();
    this.#context.unconfigure();
  }
}
