import type { Volume, VolumeData } from '../../../core/volume.ts';

/** Bytes of volumes that are kept on the GPU; the least recently drawn go first. One that is larger is refused. */
const BUDGET = 2 ** 30;
/** A volume that was drawn so lately, ms, is not thrown out: two that do not fit together would be sent in turns. */
const IN_USE = 2000;
/** Bytes that are sent between two frames: a few milliseconds on a slow bus. */
const CHUNK = 2 ** 23;

interface Entry {
  readonly texture: GPUTexture;
  readonly view: GPUTextureView;
  readonly bytes: number;
  /** Slices that were sent. */
  sent: number;
  /** All were sent and the device has found no fault: only then it is drawn from. */
  ready: boolean;
  /** When it was last asked for, ms. */
  used: number;
}

/**
 * Volumes as 3-D textures of 32-bit values, sent once, slice by slice between frames, and shared by all panes. Values are
 * kept as the bits of floats (`r32uint`), since a filter would mix NaN into its neighbours.
 */
export class VolumeTextures {
  readonly #device: GPUDevice;
  readonly #arrived: () => void;
  readonly #entries = new Map<VolumeData, Entry>();
  readonly #refused = new WeakSet<VolumeData>();
  readonly #waiting: { volume: Volume; entry: Entry }[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param arrived a volume has come, or was refused: what waited for it can be drawn again */
  constructor(device: GPUDevice, arrived: () => void) {
    this.#device = device;
    this.#arrived = arrived;
  }

  /**
   * The texture of a volume: `waiting` while it is on its way, `refused` where the device or the budget cannot hold it,
   * or not beside what else is on screen.
   */
  view(volume: Volume): GPUTextureView | 'waiting' | 'refused' {
    const key = volume.data;
    if (this.#refused.has(key)) return 'refused';
    const known = this.#entries.get(key);
    if (known) {
      this.#entries.delete(key);
      this.#entries.set(key, known);
      known.used = performance.now();
      return known.ready ? known.view : 'waiting';
    }
    return this.#start(volume) ? 'waiting' : 'refused';
  }

  destroy(): void {
    clearTimeout(this.#timer);
    for (const { texture } of this.#entries.values()) texture.destroy();
    this.#entries.clear();
    this.#waiting.length = 0;
  }

  #start(volume: Volume): boolean {
    const [width, height, depthOrArrayLayers] = volume.grid.size;
    const bytes = 4 * width * height * depthOrArrayLayers;
    const { maxTextureDimension3D, maxBufferSize } = this.#device.limits;
    // Chromium clears a texture through a buffer of its size when a part of it is written first.
    if (bytes > Math.min(BUDGET, maxBufferSize)) return false;
    if (Math.max(width, height, depthOrArrayLayers) > maxTextureDimension3D) return false;
    if (!this.#makeRoom(bytes)) return false;
    this.#watch();
    const texture = this.#device.createTexture({
      size: { width, height, depthOrArrayLayers },
      dimension: '3d',
      format: 'r32uint',
      usage: GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.COPY_DST,
    });
    void this.#faulty().then((faulty) => faulty && this.#forget(volume.data));
    const entry: Entry = {
      texture,
      view: texture.createView(),
      bytes,
      sent: 0,
      ready: false,
      used: performance.now(),
    };
    this.#entries.set(volume.data, entry);
    this.#waiting.push({ volume, entry });
    this.#timer ??= setTimeout(() => this.#send());
    return true;
  }

  /** Errors of a device come later and are thrown at nobody: they are asked for, or a volume that never arrived is drawn. */
  #watch(): void {
    this.#device.pushErrorScope('validation');
    this.#device.pushErrorScope('out-of-memory');
  }

  async #faulty(): Promise<boolean> {
    const scopes = [this.#device.popErrorScope(), this.#device.popErrorScope()];
    try {
      return (await Promise.all(scopes)).some((error) => error !== null);
    } catch {
      return true; // The device is lost: its owner is told by the device itself.
    }
  }

  #forget(data: VolumeData): void {
    this.#refused.add(data);
    const entry = this.#entries.get(data);
    entry?.texture.destroy();
    this.#entries.delete(data);
    const at = this.#waiting.findIndex(({ volume }) => volume.data === data);
    if (at >= 0) this.#waiting.splice(at, 1);
    this.#arrived();
  }

  #makeRoom(bytes: number): boolean {
    let total = [...this.#entries.values()].reduce((sum, entry) => sum + entry.bytes, bytes);
    for (const [data, entry] of this.#entries) {
      if (total <= BUDGET) return true;
      if (performance.now() - entry.used < IN_USE) return false;
      const at = this.#waiting.findIndex((task) => task.entry === entry);
      if (at >= 0) this.#waiting.splice(at, 1);
      entry.texture.destroy();
      this.#entries.delete(data);
      total -= entry.bytes;
    }
    return total <= BUDGET;
  }

  #send(): void {
    this.#timer = undefined;
    const task = this.#waiting[0];
    if (!task) return;
    const { volume, entry } = task;
    const [width, height, slices] = volume.grid.size;
    const layer = width * height;
    const count = Math.min(slices - entry.sent, Math.max(1, Math.floor(CHUNK / (4 * layer))));
    const from = entry.sent * layer;
    this.#watch();
    this.#device.queue.writeTexture(
      { texture: entry.texture, origin: { x: 0, y: 0, z: entry.sent } },
      bitsOf(volume.data, from, from + count * layer),
      { bytesPerRow: 4 * width, rowsPerImage: height },
      { width, height, depthOrArrayLayers: count },
    );
    entry.sent += count;
    const last = entry.sent === slices;
    if (last) this.#waiting.shift();
    void this.#faulty().then((faulty) => {
      if (this.#entries.get(volume.data) !== entry) return;
      if (faulty) this.#forget(volume.data);
      else if (last) {
        entry.ready = true;
        this.#arrived();
      }
    });
    if (this.#waiting.length > 0) this.#timer = setTimeout(() => this.#send());
  }
}

/** The bits of values from `from` to `to`: those of a Float32Array itself, without a copy. */
export function bitsOf(data: VolumeData, from: number, to: number): Uint32Array {
  if (data instanceof Float32Array)
    return new Uint32Array(data.buffer, data.byteOffset + 4 * from, to - from);
  return new Uint32Array(Float32Array.from(data.subarray(from, to)).buffer);
}
