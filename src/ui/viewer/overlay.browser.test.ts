import axe from 'axe-core';
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Size3 } from '../../core/geometry.ts';
import type { Volume } from '../../core/volume.ts';
import '../tokens.css';
import '../base.css';
import { locale } from '../i18n/language.svelte.ts';
import { overlayOf, type MapOverlay } from './map-overlay.ts';
import OverlayControls from './OverlayControls.svelte';
import Viewer from './Viewer.svelte';

function volumeOf(size: Size3, spacing: number, value: (x: number, y: number, z: number) => number): Volume {
  const data = new Float32Array(size[0] * size[1] * size[2]);
  let at = 0;
  for (let z = 0; z < size[2]; z++)
    for (let y = 0; y < size[1]; y++) for (let x = 0; x < size[0]; x++) data[at++] = value(x, y, z);
  const matrix = [
    [spacing, 0, 0],
    [0, spacing, 0],
    [0, 0, spacing],
  ] as const;
  return { grid: { size, affine: { origin: [0, 0, 0], matrix } }, data, unit: 'arbitrary', modality: 'MR' };
}

let mounted: ReturnType<typeof mount>[] = [];
afterEach(() => {
  mounted.forEach((component) => void unmount(component));
  mounted = [];
  document.body.replaceChildren();
  delete document.documentElement.dataset['theme'];
  locale.language = 'en';
});

const drawn = () => new Promise((resolve) => setTimeout(resolve, 250));

function place(width: string, height: string): HTMLElement {
  const target = document.createElement('div');
  target.style.cssText = `width: ${width}; height: ${height}; display: flex; flex-direction: column; container-type: inline-size`;
  document.body.append(target);
  return target;
}

/** Red, green and blue at a share of the pane's width and height. */
function pixel(target: HTMLElement, plane: string, across: number, down: number): number[] {
  const canvas = target.querySelector<HTMLCanvasElement>(`[data-plane=${plane}] canvas`)!;
  const [x, y] = [Math.floor(across * canvas.width), Math.floor(down * canvas.height)];
  return [...canvas.getContext('2d')!.getImageData(x, y, 1, 1).data.slice(0, 3)];
}

/* An image of one grey, and a map on its left half (from x = 0 on) that runs under and over its range. */
const size: Size3 = [8, 8, 8];
const image = volumeOf(size, 1, () => 0);
const half = volumeOf(size, 1, (x, y) => (x < 4 ? (y < 4 ? 9 : -9) : NaN));
const overlay: MapOverlay = {
  ...overlayOf({ volume: half, name: 'Ktrans', unit: 'min⁻¹', range: [0, 1] }, null),
  opacity: 1,
};

describe('a map over the image', () => {
  it('covers voxels with a value, in the end colours outside the range, and leaves the others', async () => {
    const target = place('400px', '400px');
    const props = { target, props: { volume: image, layout: 'axial' as const, overlay } };
    mounted.push(mount(Viewer, props));
    await drawn();
    const bare = pixel(target, 'axial', 0.8, 0.2);
    expect(new Set(bare).size).toBe(1);
    // The first and the last colour of viridis, as published.
    expect(pixel(target, 'axial', 0.3, 0.2)).toEqual([0xfd, 0xe7, 0x25]);
    expect(pixel(target, 'axial', 0.3, 0.8)).toEqual([0x44, 0x01, 0x54]);
    const bar = target.querySelector('[data-testid=colour-bar]')!;
    expect(bar.textContent).toMatch(/Ktrans \(min⁻¹\)\s*0\s*0\.[25]/);
    // The crosshair stands at voxel 4, where there is no value.
    expect(target.querySelector('[data-testid=map-probe]')!.textContent).toBe('Ktrans: no value');
  });

  it('is half seen at half opacity', async () => {
    const target = place('400px', '400px');
    mounted.push(
      mount(Viewer, {
        target,
        props: { volume: image, layout: 'axial', overlay: { ...overlay, opacity: 0.5 } },
      }),
    );
    await drawn();
    const [under] = pixel(target, 'axial', 0.8, 0.2) as [number];
    const over = pixel(target, 'axial', 0.3, 0.2);
    [0xfd, 0xe7, 0x25].forEach((v, i) => expect(Math.abs(over[i]! - (v + under) / 2)).toBeLessThanOrEqual(2));
  });

  it('on another grid it is left out', async () => {
    const target = place('400px', '400px');
    const elsewhere = { ...overlay, volume: volumeOf(size, 2, () => 1) };
    mounted.push(mount(Viewer, { target, props: { volume: image, layout: 'axial', overlay: elsewhere } }));
    await drawn();
    expect(pixel(target, 'axial', 0.3, 0.2)).toEqual(pixel(target, 'axial', 0.8, 0.2));
    expect(target.querySelector('[data-testid=colour-bar]')).toBeNull();
    expect(target.querySelector('[data-testid=map-probe]')).toBeNull();
  });

  it('key O asks to hide it, and reads the value where the crosshair is moved', async () => {
    const target = place('400px', '400px');
    const onoverlay = vi.fn();
    mounted.push(mount(Viewer, { target, props: { volume: image, layout: 'axial', overlay, onoverlay } }));
    await drawn();
    target.querySelector<HTMLElement>('[data-plane=axial]')!.focus();
    await userEvent.keyboard('o');
    expect(onoverlay).toHaveBeenCalledWith({ ...overlay, visible: false });
    await userEvent.keyboard('{Shift>}{ArrowLeft}{/Shift}');
    expect(target.querySelector('[data-testid=map-probe]')!.textContent).toBe('Ktrans: −9 min⁻¹');
  });
});

describe('the controls of the map', () => {
  it('change colours, range, lock, opacity and visibility', async () => {
    const target = place('700px', 'auto');
    const asked: MapOverlay[] = [];
    const props = { overlay, onchange: (next: MapOverlay) => asked.push(next), onclose: vi.fn() };
    mounted.push(mount(OverlayControls, { target, props }));
    flushSync();
    await userEvent.selectOptions(page.getByRole('combobox'), 'inferno');
    expect(asked.at(-1)).toEqual({ ...overlay, colourMap: 'inferno' });
    // Diverging colours bring a range about zero: the data run from −9 to 9.
    await userEvent.selectOptions(page.getByRole('combobox'), 'diverging');
    expect(asked.at(-1)).toEqual({ ...overlay, colourMap: 'diverging', range: [-9, 9] });
    await userEvent.fill(page.getByRole('textbox', { name: 'Highest value of the colours' }), '2,5');
    expect(asked.at(-1)!.range).toEqual([0, 2.5]);
    await userEvent.click(page.getByRole('button', { name: 'Keep the range' }));
    expect(asked.at(-1)!.locked).toBe(true);
    await userEvent.click(page.getByRole('button', { name: 'Show the map' }));
    expect(asked.at(-1)!.visible).toBe(false);
    await userEvent.click(page.getByRole('button', { name: 'Take the map away' }));
    expect(props.onclose).toHaveBeenCalledOnce();
  });

  it('say that the ends of the range are in the wrong order', () => {
    const target = place('700px', 'auto');
    const props = { overlay: { ...overlay, range: [2, 1] as const }, onchange: vi.fn(), onclose: vi.fn() };
    mounted.push(mount(OverlayControls, { target, props }));
    flushSync();
    expect(target.textContent).toContain('The lower end must be below the upper one.');
  });
});

/* An ellipsoid "head" with a bright "lesion", and a map in the lesion with voxels that failed. */
const big: Size3 = [96, 110, 48];
const inLesion = (x: number, y: number, z: number) => Math.hypot((x - 60) / 14, (y - 48) / 17, (z - 24) / 10);
const head = volumeOf(big, 2, (x, y, z) => {
  const r = Math.hypot((x - 48) / 42, (y - 55) / 50, (z - 24) / 26);
  if (r > 1) return 4 + ((x * 7 + y * 3 + z) % 5);
  return (r > 0.92 ? 240 : 110) + 30 * Math.sin(x / 6) * Math.cos(y / 8) + (inLesion(x, y, z) < 1 ? 70 : 0);
});
const ktrans = volumeOf(big, 2, (x, y, z) => {
  const r = inLesion(x, y, z);
  return r >= 1 || (x * 31 + y * 17 + z * 7) % 61 === 0
    ? NaN
    : 0.05 + 0.3 * Math.sqrt(r) + 0.03 * Math.sin(x + y);
});

describe('pictures to look at', () => {
  it.each([
    ['1440x900', 1440, 900, 'en', 'dark', 'viridis'],
    ['1024x768', 1024, 768, 'ru', 'light', 'inferno'],
  ] as const)('%s', async (name, width, height, language, theme, colourMap) => {
    await page.viewport(width, height);
    document.documentElement.dataset['theme'] = theme;
    await locale.speak(language);
    document.body.style.margin = '0';
    const target = place(`${width * 0.62}px`, `${height}px`);
    const shown = overlayOf({ volume: ktrans, name: 'Ktrans', unit: 'min⁻¹', colourMap }, null);
    const viewer = mount(Viewer, { target, props: { volume: head, overlay: shown } });
    mounted.push(viewer);
    const props = { overlay: shown, onchange: vi.fn(), onclose: vi.fn() };
    mounted.push(mount(OverlayControls, { target, props }));
    flushSync();
    viewer.moveTo([128, 100, 48]);
    await drawn();
    await page.screenshot({ path: `../../../test-results/pictures/charts-map-${name}.png` });
    // A part alone has no landmarks; the page around it has.
    const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } });
    expect(violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html.slice(0, 160)}`))).toEqual([]);
    expect(target.querySelectorAll('[data-testid=colour-bar]').length).toBe(1);
    expect(target.querySelector('[data-testid=map-probe]')!.textContent).toMatch(/^Ktrans: 0[.,]\d+ min⁻¹$/);
  });
});
