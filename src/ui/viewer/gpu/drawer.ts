import source from '../../../../shaders/viewer/slice.wgsl?raw';
import { colourTable, type ColourMapName } from '../../charts/colour-maps.ts';
import { VolumeTextures } from './volume-textures.ts';

/** What all panes of the page share on one GPU: the compiled shader, the volumes, the colours. */
export class Drawer {
  readonly device: GPUDevice;
  readonly format: GPUTextureFormat;
  readonly pipeline: GPURenderPipeline;
  readonly volumes: VolumeTextures;
  /** Stands in for a map where there is none. */
  readonly noMap: GPUTextureView;
  readonly #colours = new Map<ColourMapName, GPUTextureView>();

  private constructor(
    device: GPUDevice,
    format: GPUTextureFormat,
    pipeline: GPURenderPipeline,
    arrived: () => void,
  ) {
    this.device = device;
    this.format = format;
    this.pipeline = pipeline;
    this.volumes = new VolumeTextures(device, arrived);
    const nothing = device.createTexture({
      size: [1, 1, 1],
      dimension: '3d',
      format: 'r32uint',
      usage: GPUTextureUsage.TEXTURE_BINDING,
    });
    this.noMap = nothing.createView();
  }

  /**
   * @param arrived a volume has come to the GPU: what waited for it can be drawn
   * @throws what the device rejects with: a shader that does not compile, a device that is lost meanwhile
   */
  static async make(device: GPUDevice, arrived: () => void): Promise<Drawer> {
    // The picture is read back in tests and saved by the person, so it is written as it is: no sRGB conversion.
    const format = navigator.gpu.getPreferredCanvasFormat();
    const module = device.createShaderModule({ code: source });
    const pipeline = await device.createRenderPipelineAsync({
      layout: 'auto',
      vertex: { module, entryPoint: 'corner' },
      fragment: { module, entryPoint: 'pixel', targets: [{ format }] },
    });
    return new Drawer(device, format, pipeline, arrived);
  }

  /** The 256 colours of a map as a texture of one row. */
  colours(name: ColourMapName): GPUTextureView {
    let view = this.#colours.get(name);
    if (!view) {
      const table = colourTable(name);
      const pixels = new Uint8Array(4 * 256);
      for (let at = 0; at < 256; at++) pixels.set([...table.subarray(3 * at, 3 * at + 3), 255], 4 * at);
      const texture = this.device.createTexture({
        size: [256, 1],
        format: 'rgba8unorm',
        usage: GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.COPY_DST,
      });
      this.device.queue.writeTexture({ texture }, pixels, { bytesPerRow: 1024 }, [256, 1]);
      view = texture.createView();
      this.#colours.set(name, view);
    }
    return view;
  }
}
