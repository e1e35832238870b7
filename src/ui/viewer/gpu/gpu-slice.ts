import { drawnMasks, type Frame, type ShownMask } from '../draw.ts';
import { isDrawn } from '../map-overlay.ts';
import type { Plane } from '../planes.ts';
import type { Drawer } from './drawer.ts';
import { membersOf, shadesOf, TASK_FLOATS, taskOf } from './slice-task.ts';

/** Drawing of one pane on the GPU: its task, and which regions hold each pixel of its slice. */
export class GpuSlice {
  readonly #drawer: Drawer;
  readonly #task: GPUBuffer;
  #shades: GPUBuffer | undefined;
  #members: GPUTexture | undefined;
  #shown: { masks: readonly ShownMask[]; plane: Plane; slice: number } | undefined;

  constructor(drawer: Drawer) {
    this.#drawer = drawer;
    this.#task = drawer.device.createBuffer({
      size: 4 * TASK_FLOATS,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
  }

  /**
   * Draws a frame; false where a volume is not on the GPU, and Canvas has to.
   * @param target asked for once all is there: a texture of the frame's device size in the drawer's format
   */
  draw(frame: Frame, target: () => GPUTextureView): boolean {
    const { device, volumes, pipeline, noMap } = this.#drawer;
    const overlay = frame.overlay && isDrawn(frame.overlay) ? frame.overlay : null;
    const image = volumes.view(frame.volume);
    const map = overlay ? volumes.view(overlay.volume) : noMap;
    if (typeof image === 'string' || typeof map === 'string') return false;

    const masks = drawnMasks(frame);
    device.queue.writeBuffer(this.#task, 0, taskOf(frame, masks.length));
    const { members, shades } = this.#regions(masks, frame.plane, frame.slice);
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginRenderPass({
      colorAttachments: [{ view: target(), loadOp: 'clear', storeOp: 'store' }],
    });
    pass.setPipeline(pipeline);
    pass.setBindGroup(
      0,
      device.createBindGroup({
        layout: pipeline.getBindGroupLayout(0),
        entries: [
          { binding: 0, resource: { buffer: this.#task } },
          { binding: 1, resource: image },
          { binding: 2, resource: map },
          { binding: 3, resource: this.#drawer.colours(overlay?.colourMap ?? 'grey') },
          { binding: 4, resource: members.createView({ dimension: '2d-array' }) },
          { binding: 5, resource: { buffer: shades } },
        ],
      }),
    );
    pass.draw(3);
    pass.end();
    device.queue.submit([encoder.finish()]);
    return true;
  }

  destroy(): void {
    this.#task.destroy();
    this.#shades?.destroy();
    this.#members?.destroy();
  }

  /** Regions of the slice as a texture of bits, read out of the masks only when slice or masks are others. */
  #regions(
    masks: readonly ShownMask[],
    plane: Plane,
    slice: number,
  ): { readonly members: GPUTexture; readonly shades: GPUBuffer } {
    const { device } = this.#drawer;
    const before = this.#shown;
    const same = before && sameMasks(before.masks, masks);
    if (same && this.#members && this.#shades && before.plane === plane && before.slice === slice) {
      return { members: this.#members, shades: this.#shades };
    }
    const layers = Math.max(1, Math.ceil(masks.length / 32));
    const { columns, rows } = masks.length > 0 ? plane : { columns: 1, rows: 1 };
    const size = [columns, rows, layers];
    if (!this.#members || size.join() !== sizeOf(this.#members).join()) {
      this.#members?.destroy();
      this.#members = device.createTexture({
        size,
        format: 'r32uint',
        usage: GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.COPY_DST,
      });
    }
    if (masks.length > 0) {
      device.queue.writeTexture(
        { texture: this.#members },
        membersOf(masks, plane, slice),
        { bytesPerRow: 4 * columns, rowsPerImage: rows },
        size,
      );
    }
    const shades = shadesOf(masks);
    if (this.#shades?.size !== shades.byteLength) {
      this.#shades?.destroy();
      this.#shades = device.createBuffer({
        size: Math.max(16, shades.byteLength),
        usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST,
      });
    }
    device.queue.writeBuffer(this.#shades, 0, shades);
    this.#shown = { masks, plane, slice };
    return { members: this.#members, shades: this.#shades };
  }
}

const sizeOf = (texture: GPUTexture) => [texture.width, texture.height, texture.depthOrArrayLayers];

function sameMasks(a: readonly ShownMask[], b: readonly ShownMask[]): boolean {
  return (
    a.length === b.length &&
    a.every(
      ({ mask, opacity, revision }, at) =>
        mask === b[at]!.mask && opacity === b[at]!.opacity && revision === b[at]!.revision,
    )
  );
}
