import { gpuDevice } from '../../../engine/gpu/device.ts';
import { Drawer } from './drawer.ts';

/** Who draws the pictures: `auto` takes the GPU where it is a real one, as software WebGPU is slower than Canvas. */
export type PictureChoice = 'auto' | 'webgpu' | 'canvas';

/** Why the GPU does not draw though it was asked for. */
export type NoGpu = 'absent' | 'software' | 'lost' | 'failed';

/** The drawing of pictures on the GPU, for all viewers of the page: who draws, and why not the GPU. */
export class Pictures {
  /** Null: Canvas draws. */
  drawer = $state.raw<Drawer | null>(null);
  /** Null while nothing is known, while the GPU draws, and where Canvas was chosen. */
  noGpu = $state<NoGpu | null>(null);
  /** Grows when a volume has come to the GPU; drawings depend on it. */
  arrivals = $state(0);
  /** Name of the GPU as the browser gives it. */
  adapter = $state('');
  #choice: PictureChoice = 'canvas';
  #asking = false;

  /** Says who is to draw. A device that was lost is asked for anew only by choosing the GPU outright. */
  choose(choice: PictureChoice): void {
    const before = this.#choice;
    this.#choice = choice;
    if (choice === 'canvas') {
      this.#stop(null);
      return;
    }
    const tried = this.noGpu !== null && !(choice === 'webgpu' && before !== 'webgpu');
    if (!this.drawer && !this.#asking && !tried) void this.#ask();
  }

  async #ask(): Promise<void> {
    this.#asking = true;
    try {
      const device = await gpuDevice();
      if (!device) {
        this.noGpu = 'absent';
        return;
      }
      const { vendor, architecture, description, isFallbackAdapter } = device.adapterInfo;
      this.adapter = description || [vendor, architecture].filter(Boolean).join(' ');
      if (
        this.#choice === 'auto' &&
        (isFallbackAdapter || /swiftshader|llvmpipe/i.test(this.adapter + architecture))
      ) {
        this.noGpu = 'software';
        return;
      }
      const drawer = await Drawer.make(device, () => this.arrivals++);
      if (this.#choice === 'canvas') return;
      this.noGpu = null;
      this.drawer = drawer;
      void device.lost.then(() => {
        if (this.drawer === drawer) this.#stop('lost');
      });
    } catch {
      this.noGpu = 'failed';
    } finally {
      this.#asking = false;
    }
  }

  #stop(why: NoGpu | null): void {
    this.drawer?.volumes.destroy();
    this.drawer = null;
    this.noGpu = why;
  }
}

/** One for the page: all viewers share the volumes on the GPU. */
export const pictures = new Pictures();
