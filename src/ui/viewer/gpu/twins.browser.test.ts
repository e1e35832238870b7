import { beforeAll, describe, expect, it, vi } from 'vitest';
import { toPatient, type Affine, type Size3, type Vec3 } from '../../../core/geometry.ts';
import type { Mask, Volume } from '../../../core/volume.ts';
import { deviceSize, drawFrame, type Frame, type ShownMask } from '../draw.ts';
import { overlayOf, type MapOverlay } from '../map-overlay.ts';
import { MapPicture } from '../map-picture.ts';
import { OutlinesBySlice } from '../outlines-by-slice.ts';
import { patientPlane } from '../planes.ts';
import { SlicePicture } from '../slice-picture.ts';
import { wholeView } from '../view.ts';
import { Drawer } from './drawer.ts';
import { GpuSlice } from './gpu-slice.ts';
import { VolumeTextures } from './volume-textures.ts';

// The shader against Canvas 2D, pixel by pixel. Needs Chromium with --enable-unsafe-webgpu --use-webgpu-adapter=swiftshader.

const adapter = await navigator.gpu?.requestAdapter();
const device = adapter ? await adapter.requestDevice() : null;

const size: Size3 = [40, 36, 20];
const affine: Affine = {
  origin: [-40, -36, 10],
  matrix: [
    [2, 0, 0],
    [0, 2, 0],
    [0, 0, 4],
  ],
};
const made = (value: (x: number, y: number, z: number) => number, at: Affine = affine, of: Size3 = size) => {
  const data = new Float32Array(of[0] * of[1] * of[2]);
  let to = 0;
  for (let z = 0; z < of[2]; z++)
    for (let y = 0; y < of[1]; y++) for (let x = 0; x < of[0]; x++) data[to++] = value(x, y, z);
  return { grid: { size: of, affine: at }, data, unit: 'HU', modality: 'CT' } satisfies Volume;
};
/** Soft waves, a sharp block, padding in a corner. */
const image = made((x, y, z) =>
  x + y < 8 ? NaN : 300 * Math.sin(x / 5) * Math.cos(y / 7) + 12 * z + (x > 20 && x < 27 && y > 9 ? 700 : 0),
);
const region = (
  name: string,
  colour: Mask['colour'],
  inside: (x: number, y: number, z: number) => boolean,
): Mask => ({
  grid: image.grid,
  data: Uint8Array.from(made((x, y, z) => (inside(x, y, z) ? 1 : 0)).data),
  name,
  colour,
});
const ball = region('ball', [230, 60, 60], (x, y, z) => Math.hypot(x - 20, y - 18, 2 * (z - 10)) < 11);
const slab = region('slab', [60, 200, 90], (x, y) => x >= 26 && y >= 20);
const masks: readonly ShownMask[] = [
  { mask: ball, visible: true, opacity: 0.45 },
  { mask: slab, visible: true, opacity: 0.3 },
];
const map: MapOverlay = {
  ...overlayOf(
    {
      volume: made((x, y) => (y > 24 ? (x > 12 ? -Infinity : NaN) : (x - 3) / 30)),
      name: 'Ktrans',
      unit: 'min⁻¹',
      range: [0, 1],
    },
    null,
  ),
  opacity: 0.6,
};
/** Another series of the same space, turned and coarser. */
const turned: Affine = (() => {
  const [c, s] = [Math.cos(0.3), Math.sin(0.3)];
  return {
    origin: [-30, -52, 5],
    matrix: [
      [5 * c, 5 * s, 0],
      [-5 * s, 5 * c, 0],
      [0, 0.5, 7],
    ],
  };
})();
const other: MapOverlay = {
  ...overlayOf(
    {
      volume: made((x, y, z) => x + 2 * y + 3 * z, turned, [18, 18, 12]),
      name: 'PET',
      unit: 'SUV',
      colourMap: 'inferno',
      range: [0, 60],
      frameOfReference: '1.2.3',
    },
    null,
  ),
  opacity: 0.5,
};

const axial = patientPlane(image.grid, 'axial');
const base: Frame = {
  volume: image,
  plane: axial,
  slice: 9,
  window: [100, 900],
  inverted: false,
  view: wholeView(axial),
  pane: { width: 420, height: 380 },
  ratio: 1,
  masks: [],
  overlay: null,
  smooth: true,
};

/** Skia's bilinear weights have four bits: between black and white it is off by up to 255/32. */
const FAR = 9;

interface Difference {
  /** Share of pixels where some channel differs by more than {@link FAR} of 255. */
  readonly share: number;
  /** Mean absolute difference of all channels, of 255. */
  readonly mean: number;
  /** Share of pixels that are not black in the oracle: the test looks at something. */
  readonly lit: number;
}

let drawer: Drawer;

/** Pixels of a frame on the GPU, RGBA: drawn into a texture and read back, as a canvas is not shown without a screen. */
async function onGpu(frame: Frame): Promise<Uint8Array> {
  const [width, height] = deviceSize(frame);
  const texture = device!.createTexture({
    size: [width, height],
    format: drawer.format,
    usage: GPUTextureUsage.RENDER_ATTACHMENT | GPUTextureUsage.COPY_SRC,
  });
  const slice = new GpuSlice(drawer);
  await expect.poll(() => slice.draw(frame, () => texture.createView()), { timeout: 20_000 }).toBe(true);
  const bytesPerRow = Math.ceil((4 * width) / 256) * 256;
  const buffer = device!.createBuffer({
    size: bytesPerRow * height,
    usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
  });
  const encoder = device!.createCommandEncoder();
  encoder.copyTextureToBuffer({ texture }, { buffer, bytesPerRow }, [width, height]);
  device!.queue.submit([encoder.finish()]);
  await buffer.mapAsync(GPUMapMode.READ);
  const padded = new Uint8Array(buffer.getMappedRange());
  const pixels = new Uint8Array(4 * width * height);
  const [red, blue] = drawer.format.startsWith('bgra') ? [2, 0] : [0, 2];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [from, to] = [y * bytesPerRow + 4 * x, 4 * (y * width + x)];
      pixels.set([padded[from + red]!, padded[from + 1]!, padded[from + blue]!, padded[from + 3]!], to);
    }
  }
  buffer.destroy();
  texture.destroy();
  slice.destroy();
  return pixels;
}

function onCanvas(frame: Frame): Uint8ClampedArray {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
  drawFrame(context, frame, new SlicePicture(), new MapPicture(), new OutlinesBySlice());
  return context.getImageData(0, 0, context.canvas.width, context.canvas.height).data;
}

async function twins(frame: Frame, on: Frame = frame): Promise<Difference> {
  const [a, b] = [onCanvas(frame), await onGpu(on)];
  expect(b.length).toBe(a.length);
  let [far, sum, lit] = [0, 0, 0];
  for (let at = 0; at < a.length; at += 4) {
    const parts = [0, 1, 2].map((i) => Math.abs(a[at + i]! - b[at + i]!));
    if (Math.max(...parts) > FAR) far++;
    if (Math.max(a[at]!, a[at + 1]!, a[at + 2]!) > 0) lit++;
    sum += parts[0]! + parts[1]! + parts[2]!;
  }
  const pixels = a.length / 4;
  return { share: far / pixels, mean: sum / (3 * pixels), lit: lit / pixels };
}

describe.skipIf(device === null)('a slice on the GPU equals the one on Canvas', () => {
  beforeAll(async () => {
    drawer = await Drawer.make(device!, () => undefined);
  });

  /* Without mixing the twins are equal. Mixed greys follow Skia's weights; Skia counts area under a border's line, the
   * shader the distance from it. Mean in 255ths. */
  const equal = { share: 1e-9, mean: 1e-9 };
  const plain = { share: 0.005, mean: 1.3 };
  const lined = { share: 0.01, mean: 1.3 };
  it.each<[string, Partial<Frame>, typeof plain]>([
    ['smooth', {}, plain],
    ['voxels as squares', { smooth: false }, equal],
    ['inverse grey', { inverted: true }, plain],
    ['a narrow window', { window: [50, 40], smooth: false }, equal],
    ['enlarged and moved', { view: { zoom: 5.3, column: 22.4, row: 13.2 } }, plain],
    ['two device pixels a CSS pixel', { ratio: 2 }, plain],
    ['regions filled', { masks }, lined],
    ['regions enlarged', { masks, view: { zoom: 4, column: 25, row: 21 } }, lined],
    ['regions by squares at ratio 2', { masks, smooth: false, ratio: 2 }, lined],
    ['a map with failed voxels', { overlay: map }, plain],
    ['a map under borders', { overlay: map, masks }, lined],
    ['another series in patient space', { overlay: other }, plain],
    ['nothing of a hidden map', { overlay: { ...map, visible: false } }, plain],
  ])('%s', async (_, change, tolerance) => {
    const { share, mean, lit } = await twins({ ...base, ...change });
    expect(lit).toBeGreaterThan(0.5);
    expect(share).toBeLessThan(tolerance.share);
    expect(mean).toBeLessThan(tolerance.mean);
  });

  it.each(['sagittal', 'coronal'] as const)('%s, with its flips', async (name) => {
    const plane = patientPlane(image.grid, name);
    const { share, mean, lit } = await twins({
      ...base,
      plane,
      slice: 17,
      view: wholeView(plane),
      masks,
      overlay: other,
    });
    expect(lit).toBeGreaterThan(0.3);
    expect(share).toBeLessThan(0.01);
    expect(mean).toBeLessThan(1.3);
  });

  it('a sheared plane (gantry tilt)', async () => {
    const sheared: Affine = {
      origin: [0, 0, 0],
      matrix: [
        [2, 0, 0],
        [0, 2, 0],
        [0, 1.2, 3],
      ],
    };
    const volume = { ...image, grid: { size, affine: sheared } };
    const plane = patientPlane(volume.grid, 'sagittal');
    expect(plane.shear).not.toBe(0);
    const { share, mean } = await twins({ ...base, volume, plane, view: wholeView(plane) });
    expect(share).toBeLessThan(0.01);
    expect(mean).toBeLessThan(1.3);
  });

  it('a shrunk picture, loosely: the filters differ', async () => {
    const { mean, lit } = await twins({ ...base, pane: { width: 40, height: 36 } });
    expect(lit).toBeGreaterThan(0.3);
    expect(mean).toBeLessThan(8);
  });

  it('the comparison sees what is wrong: another slice, another window, another opacity', async () => {
    expect((await twins(base, { ...base, slice: 10 })).mean).toBeGreaterThan(2);
    expect((await twins(base, { ...base, window: [100, 1000] })).mean).toBeGreaterThan(2);
    const fainter = masks.map((shown) => ({ ...shown, opacity: shown.opacity - 0.1 }));
    expect((await twins({ ...base, masks }, { ...base, masks: fainter })).share).toBeGreaterThan(0.1);
  });

  it('a volume that the device cannot hold is refused, and left to Canvas', async () => {
    const tall = {
      ...image,
      grid: { ...image.grid, size: [1, 1, 4096] as const },
      data: new Float32Array(4096),
    };
    expect(drawer.volumes.view(tall)).toBe('refused');
    // Larger than a buffer of this device, whose limits are the least that WebGPU allows: not even begun.
    const wide = {
      ...image,
      grid: { ...image.grid, size: [2048, 2048, 17] as const },
      data: new Float32Array(0),
    };
    expect(drawer.volumes.view(wide)).toBe('refused');
  });

  it('a volume that the device takes and then finds fault with is refused, not drawn black', async () => {
    const faulty = new Proxy(device!, {
      get(target, name) {
        if (name === 'pushErrorScope') return () => undefined;
        if (name === 'popErrorScope') return () => Promise.resolve(new GPUValidationError('too large'));
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
    const told = vi.fn();
    const volumes = new VolumeTextures(faulty, told);
    expect(volumes.view(image)).toBe('waiting');
    await expect.poll(() => volumes.view(image), { timeout: 10_000 }).toBe('refused');
    expect(told).toHaveBeenCalled();
    volumes.destroy();
  });

  it('more than 32 regions', async () => {
    const many = Array.from({ length: 40 }, (_, i): ShownMask => {
      const mask = region(
        `${i}`,
        [6 * i, 255 - 6 * i, 128],
        (x, y) => Math.floor(x / 5) + 8 * Math.floor(y / 8) === i,
      );
      return { mask, visible: true, opacity: 0.5 };
    });
    const { share } = await twins({ ...base, masks: many });
    expect(share).toBeLessThan(0.01);
  });
});

it('an oblique grid is met where the patient position says', () => {
  // The fixture itself: voxel (0, 0, 0) of the other series lies inside the image.
  const [x, y, z] = toPatient(turned, 9, 9, 6) as Vec3;
  expect(x > -40 && x < 40 && y > -36 && y < 36 && z > 10 && z < 90).toBe(true);
});
