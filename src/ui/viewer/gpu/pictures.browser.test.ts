import { mount, unmount } from 'svelte';
import { afterEach, describe, expect, it } from 'vitest';
import type { Volume } from '../../../core/volume.ts';
import '../../tokens.css';
import '../../base.css';
import Viewer from '../Viewer.svelte';
import { pictures } from './pictures.svelte.ts';

// Who draws, and what happens when the GPU goes away. Needs Chromium with --enable-unsafe-webgpu.

const volume: Volume = {
  grid: {
    size: [16, 16, 8],
    affine: {
      origin: [0, 0, 0],
      matrix: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 2],
      ],
    },
  },
  data: Float32Array.from({ length: 2048 }, (_, i) => i % 200),
  unit: 'HU',
  modality: 'CT',
};
const there = (await navigator.gpu?.requestAdapter()) ? true : false;

let mounted: ReturnType<typeof mount> | undefined;
afterEach(() => {
  if (mounted) void unmount(mounted);
  mounted = undefined;
  pictures.choose('canvas');
  document.body.replaceChildren();
});

describe.skipIf(!there)('pictures on the GPU', () => {
  const show = () => {
    const target = document.createElement('div');
    target.style.cssText = 'width: 500px; height: 400px; display: flex';
    document.body.append(target);
    mounted = mount(Viewer, { target, props: { volume, layout: 'axial' as const } });
    return target;
  };
  const drawnBy = (target: HTMLElement) =>
    target.querySelector<HTMLElement>('[data-plane]')!.dataset['drawnBy'];

  it('software WebGPU is left alone unless it is chosen', async () => {
    const target = show();
    pictures.choose('auto');
    await expect.poll(() => pictures.noGpu, { timeout: 10_000 }).toBe('software');
    await expect.poll(() => drawnBy(target)).toBe('canvas');
  });

  it('that is lost gives way to Canvas, which says so and draws', async () => {
    // Nothing is shown on a WebGPU canvas here: without a graphics processor, headless Chromium would end its own.
    pictures.choose('webgpu');
    await expect.poll(() => pictures.drawer, { timeout: 20_000 }).not.toBeNull();
    expect(pictures.adapter).toMatch(/\w/);
    pictures.drawer!.device.destroy();
    await expect.poll(() => pictures.noGpu, { timeout: 10_000 }).toBe('lost');
    expect(pictures.drawer).toBeNull();
    const target = show();
    const grey = () => {
      const canvas = target.querySelector('canvas')!;
      if (canvas.width < 50) return 0;
      return canvas.getContext('2d')!.getImageData(canvas.width / 2 + 20, canvas.height / 2 + 20, 1, 1)
        .data[0];
    };
    await expect.poll(grey, { timeout: 10_000 }).toBeGreaterThan(0);
    expect(drawnBy(target)).toBe('canvas');
    expect(target.querySelector('[role=status]')!.textContent).toContain('The graphics processor was lost');
    // It is left alone until it is chosen again.
    pictures.choose('webgpu');
    expect(pictures.noGpu).toBe('lost');
    pictures.choose('canvas');
    expect(pictures.noGpu).toBeNull();
    pictures.choose('webgpu');
    await expect.poll(() => pictures.drawer, { timeout: 20_000 }).not.toBeNull();
  });
});
