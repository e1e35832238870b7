import { expect, it } from 'vitest';
import type { Mask, Volume } from '../../../core/volume.ts';
import { deviceSize, drawFrame, type Frame } from '../draw.ts';
import { MapPicture } from '../map-picture.ts';
import { OutlinesBySlice } from '../outlines-by-slice.ts';
import { planesOf } from '../planes.ts';
import { SlicePicture } from '../slice-picture.ts';
import { wholeView } from '../view.ts';
import { draggedWindow, type Window } from '../window.ts';
import { Drawer } from './drawer.ts';
import { GpuSlice } from './gpu-slice.ts';

// Times of a frame at 512³, three planes, two regions; run on wish: VITE_FRAME_TIMES=1 npx vitest run
// -c vitest.browser.config.ts src/ui/viewer/gpu/frame-times.browser.test.ts. It asks for 1.3 GiB.

const SIDE = 512;
const FRAMES = 20;
const asked = (import.meta.env as Record<string, string | undefined>)['VITE_FRAME_TIMES'] !== undefined;

const spread = (times: number[]) => {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!.toFixed(1);
  return `median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms`;
};

it.skipIf(!asked)('frames at 512³', { timeout: 300_000 }, async () => {
  const grid: Volume['grid'] = {
    size: [SIDE, SIDE, SIDE],
    affine: {
      origin: [0, 0, 0],
      matrix: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    },
  };
  const data = new Float32Array(SIDE ** 3);
  for (let i = 0; i < data.length; i++) data[i] = ((i * 7919) % 2000) - 1000;
  const volume: Volume = { grid, data, unit: 'HU', modality: 'CT' };
  const cube = (from: number, to: number, colour: Mask['colour']): Mask => {
    const inside = new Uint8Array(SIDE ** 3);
    for (let z = from; z < to; z++)
      for (let y = from; y < to; y++)
        inside.fill(1, (z * SIDE + y) * SIDE + from, (z * SIDE + y) * SIDE + to);
    return { grid, data: inside, name: '', colour };
  };
  const masks = [cube(200, 320, [255, 0, 0]), cube(150, 260, [0, 255, 0])].map((mask) => ({
    mask,
    visible: true,
    opacity: 0.4,
  }));
  const planes = planesOf(grid, false);
  const frameOf = (at: number, slice: number, window: Window): Frame => ({
    volume,
    plane: planes[at]!,
    slice,
    window,
    inverted: false,
    view: wholeView(planes[at]!),
    pane: at === 0 ? { width: 700, height: 480 } : { width: 350, height: 350 },
    ratio: 1,
    masks,
    overlay: null,
    smooth: true,
  });

  const outlines = new OutlinesBySlice();
  const panes = planes.map(() => ({
    context: document.createElement('canvas').getContext('2d', { alpha: false })!,
    picture: new SlicePicture(),
    map: new MapPicture(),
  }));
  const onCanvas = (frames: readonly Frame[]) => {
    frames.forEach((frame) => {
      const { context, picture, map } = panes[planes.indexOf(frame.plane)]!;
      drawFrame(context, frame, picture, map, outlines);
      // One pixel read back: the drawing is done and not only written down.
      context.getImageData(0, 0, 1, 1);
    });
    return Promise.resolve();
  };

  const adapter = await navigator.gpu?.requestAdapter();
  const device =
    adapter &&
    (await adapter.requestDevice({ requiredLimits: { maxBufferSize: adapter.limits.maxBufferSize } }));
  const errors: string[] = [];
  device?.addEventListener('uncapturederror', ({ error }) => errors.push(error.message));
  void device?.lost.then(({ reason, message }) => errors.push(`lost: ${reason} ${message}`));
  const drawer = device ? await Drawer.make(device, () => undefined) : null;
  const targets = planes.map((_, at) => {
    const slice = drawer && new GpuSlice(drawer);
    const texture = device?.createTexture({
      size: [...deviceSize(frameOf(at, 0, [0, 1]))],
      format: drawer!.format,
      usage: GPUTextureUsage.RENDER_ATTACHMENT | GPUTextureUsage.COPY_SRC,
    });
    return { slice, texture, view: texture?.createView() };
  });
  const onGpu = async (frames: readonly Frame[]) => {
    for (const frame of frames) {
      const { slice, view } = targets[planes.indexOf(frame.plane)]!;
      if (!slice!.draw(frame, () => view!)) throw new Error('the volume is not there');
    }
    await drawnPixel(planes.indexOf(frames.at(-1)!.plane));
  };
  /** Grey at the middle of a plane, read back: whatever was asked before has been done, and truly drawn. */
  const landing = device?.createBuffer({
    size: 256,
    usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
  });
  async function drawnPixel(at: number): Promise<number[]> {
    const texture = targets[at]!.texture!;
    const encoder = device!.createCommandEncoder();
    encoder.copyTextureToBuffer(
      { texture, origin: [Math.floor(texture.width / 2), Math.floor(texture.height / 2)] },
      { buffer: landing!, bytesPerRow: 256 },
      [1, 1],
    );
    device!.queue.submit([encoder.finish()]);
    await landing!.mapAsync(GPUMapMode.READ);
    const pixel = [...new Uint8Array(landing!.getMappedRange()).slice(0, 4)];
    landing!.unmap();
    return pixel;
  }

  const measure = async (draw: (frames: readonly Frame[]) => Promise<void>, by: string) => {
    let window: Window = [0, 2000];
    const drags: number[] = [];
    for (let i = 0; i < FRAMES; i++) {
      window = draggedWindow(window, i % 2 ? 4 : -3, 2);
      const start = performance.now();
      await draw([0, 1, 2].map((at) => frameOf(at, 256, window)));
      drags.push(performance.now() - start);
    }
    console.log(`${by}, window drag, three planes: ${spread(drags)}`);
    for (const at of [0, 1, 2]) {
      const scrolls: number[] = [];
      for (let i = 0; i < FRAMES; i++) {
        const start = performance.now();
        await draw([frameOf(at, 180 + i, window)]);
        scrolls.push(performance.now() - start);
      }
      console.log(`${by}, slice scroll, ${planes[at]!.name}: ${spread(scrolls)}`);
    }
  };

  await measure(onCanvas, 'Canvas');
  if (drawer) {
    const start = performance.now();
    const longest = { at: performance.now(), gap: 0 };
    while (typeof drawer.volumes.view(volume) === 'string') {
      await new Promise((resolve) => setTimeout(resolve));
      longest.gap = Math.max(longest.gap, performance.now() - longest.at);
      longest.at = performance.now();
      if (drawer.volumes.view(volume) === 'refused') throw new Error('the volume was refused');
    }
    console.log(
      `upload: ${(performance.now() - start).toFixed(0)} ms, longest stop ${longest.gap.toFixed(0)} ms`,
    );
    await measure(onGpu, 'WebGPU');
    const last = frameOf(0, 256, [0, 2000]);
    await onGpu([last]);
    await onCanvas([last]);
    const { width, height } = panes[0]!.context.canvas;
    const expected = panes[0]!.context.getImageData(Math.floor(width / 2), Math.floor(height / 2), 1, 1).data;
    const got = await drawnPixel(0);
    // A frame that was not drawn is quick: the figures count only beside these.
    expect(errors).toEqual([]);
    expected.forEach((v, i) => expect(Math.abs(v - got[i]!)).toBeLessThanOrEqual(9));
    console.log(
      `middle of the axial plane: WebGPU ${got.join()}, Canvas ${[...expected].join()}; errors: ${errors.join(' | ') || 'none'}`,
    );
  }
  expect(planes).toHaveLength(3);
});
