import { rmSync } from 'node:fs';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { barriers, drop, openSample, picture, SIZES, visit, type Visit } from './page.ts';
import { BALL, BALL_HU, twoSeries } from './two-series.ts';

const SIZE_NAMES = Object.keys(SIZES) as (keyof typeof SIZES)[];

const planes = (v: Visit) => v.page.getByRole('application');
const layout = (v: Visit, name: string) =>
  v.page.getByRole('group', { name: 'Layout' }).getByRole('button', { name, exact: true }).click();
const readings = (v: Visit) => v.page.getByRole('region', { name: 'At the crosshair' });
const measured = (v: Visit) => v.page.getByRole('region', { name: 'Measurements' });
/** A number as the page writes it. */
const numberIn = (text: string) =>
  Number.parseFloat(
    text
      .replace('−', '-')
      .replace(/[^\d.-]/g, ' ')
      .trim(),
  );

/** Middle of a plane, and a drag from there by (dx, dy) CSS pixels. */
async function drag({ page }: Visit, plane: Locator, from: [number, number], to: [number, number]) {
  const box = (await plane.boundingBox())!;
  const at = ([x, y]: [number, number]) => [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]));
  await page.mouse.move(...at(to));
  await page.mouse.up();
}

describe.each(['served', 'single file'] as const)('the viewer, %s', (how) => {
  let v: Visit;
  beforeAll(async () => {
    v = await visit(how);
    await openSample(v);
    v.forget();
  });
  afterAll(() => v.leave());

  it('shows one plane, three, and three with readings, by button and by key', async () => {
    await expect.poll(() => planes(v).count(), { timeout: 20_000 }).toBe(3);
    await layout(v, 'One plane');
    expect(await planes(v).count()).toBe(1);
    expect(await planes(v).getAttribute('aria-label')).toBe('Axial');
    await planes(v).focus();
    await v.page.keyboard.press('x');
    expect(await planes(v).getAttribute('aria-label')).toBe('Sagittal');
    await planes(v).first().focus();
    await v.page.keyboard.press('l');
    await expect.poll(() => planes(v).count()).toBe(3);
    await planes(v).first().focus();
    await v.page.keyboard.press('l');
    await readings(v).waitFor();
    expect(await planes(v).count()).toBe(3);
  });

  it('keeps the layout over a reload', async () => {
    // A page from the disk has storage of its own; the served one keeps what was chosen.
    if (how === 'single file') return;
    await v.page.reload();
    await openSample(v);
    await readings(v).waitFor();
  });

  it('reads value, neighbourhood and region at the crosshair', async () => {
    const value = await v.page.getByTestId('reading-value').innerText();
    expect(value).toMatch(/^−?\d+ HU$/);
    const around = await v.page.getByTestId('reading-around').innerText();
    expect(around).toMatch(/^−?[\d.]+ ± [\d.]+ HU$/);
    // The view opens in the lesion.
    expect(await readings(v).innerText()).toContain('Lesion');
    const before = around;
    await v.page.getByLabel('Size of the neighbourhood').selectOption('9');
    await expect.poll(() => v.page.getByTestId('reading-around').innerText()).not.toBe(before);
    expect(await readings(v).innerText()).toContain('729 with a value');
  });

  it('left drag changes the window, middle pans, right zooms, wheel turns slices, I inverts, Space resets', async () => {
    const axial = planes(v).first();
    const window = () => axial.getByTestId('window').innerText();
    const first = await window();
    await drag(v, axial, [0.5, 0.5], [0.7, 0.5]);
    expect(await window()).not.toBe(first);
    const slice = await axial.getAttribute('data-slice');
    await v.page.mouse.wheel(0, -120);
    await expect.poll(() => axial.getAttribute('data-slice')).not.toBe(slice);
    const box = (await axial.boundingBox())!;
    await v.page.mouse.move(box.x + 100, box.y + 150);
    await v.page.mouse.down({ button: 'right' });
    await v.page.mouse.move(box.x + 100, box.y + 90);
    await v.page.mouse.up({ button: 'right' });
    await axial.getByTestId('zoom').waitFor();
    await axial.focus();
    await v.page.keyboard.press('i');
    expect(await v.page.getByRole('button', { name: 'Invert grey scale' }).getAttribute('aria-pressed')).toBe(
      'true',
    );
    await v.page.keyboard.press(' ');
    await expect.poll(window).toBe(first);
    expect(await axial.getByTestId('zoom').count()).toBe(0);
    await v.page.keyboard.press('3');
    await expect.poll(window).toBe('W 1800  L 400');
  });

  it('measures a distance by drag, and moves its end', async () => {
    const axial = planes(v).first();
    await axial.focus();
    await v.page.keyboard.press(' ');
    await v.page.keyboard.press('d');
    await drag(v, axial, [0.3, 0.5], [0.5, 0.5]);
    const line = measured(v).getByRole('button', { name: /^1 · Distance/ });
    const before = numberIn(await line.locator('b').innerText());
    // The scale bar is the ruler to check by: its CSS pixels for its millimetres.
    const scale = axial.getByTestId('scale');
    const pixels = (await axial.locator('.bar').boundingBox())!.width;
    const text = await scale.innerText();
    const millimetres = numberIn(text) * (text.includes('cm') ? 10 : 1);
    const width = (await axial.boundingBox())!.width * 0.2;
    expect(Math.abs(before - (width * millimetres) / pixels)).toBeLessThan(0.02 * before + 1);
    await drag(v, axial, [0.5, 0.5], [0.7, 0.5]);
    const after = numberIn(await line.locator('b').innerText());
    expect(after / before).toBeCloseTo(2, 1);
  });

  it('draws a profile by keyboard alone, charts it, and deletes both', async () => {
    const axial = planes(v).first();
    await axial.focus();
    await v.page.keyboard.press('f');
    await v.page.keyboard.press('Enter');
    for (let i = 0; i < 10; i++) await v.page.keyboard.press('Shift+ArrowRight');
    await v.page.keyboard.press('Enter');
    const line = measured(v).getByRole('button', { name: /^2 · Profile/ });
    // Ten voxels of 1.6 mm (the sample prints its spacing).
    expect(numberIn(await line.locator('b').innerText())).toBeCloseTo(10 * 1.6, 0);
    await measured(v).getByText('Along the line (mm)').waitFor();
    await picture(v, `viewer-profile-${how.replace(' ', '-')}`);
    await axial.focus();
    await v.page.keyboard.press('Escape');
    await v.page.keyboard.press('Delete');
    await expect.poll(() => measured(v).getByRole('listitem').count()).toBe(1);
    await measured(v)
      .getByRole('button', { name: /^Delete: 1/ })
      .click();
    await measured(v).getByText('None yet.').waitFor();
  });

  it('plays the phases of a dynamic series, faster and slower, and stops', async () => {
    await v.page
      .getByRole('option', { name: /phases/ })
      .first()
      .click();
    const slider = v.page.getByLabel('Phase', { exact: true });
    await slider.waitFor({ timeout: 30_000 });
    const phase = async () => Number(await slider.inputValue());
    await v.page.getByLabel('Phases a second').selectOption('25');
    await planes(v).first().focus();
    await v.page.keyboard.press('k');
    await expect.poll(phase, { timeout: 20_000 }).toBeGreaterThan(5);
    // The page answers while it plays: the best of five, since other work on the machine does not count.
    const waits: number[] = [];
    while (waits.length < 5) {
      const start = Date.now();
      await v.page.evaluate(() => new Promise(requestAnimationFrame));
      waits.push(Date.now() - start);
    }
    expect(Math.min(...waits)).toBeLessThan(1000);
    await v.page.getByRole('button', { name: 'Play or pause the phases' }).click();
    const stopped = await phase();
    await v.page.waitForTimeout(300);
    expect(await phase()).toBe(stopped);
    await planes(v).first().focus();
    await v.page.keyboard.press('ArrowLeft');
    await expect.poll(phase).toBe(stopped - 1);
  });

  it('lists its keys', async () => {
    await planes(v).first().focus();
    await v.page.keyboard.press('?');
    const sheet = v.page.getByRole('dialog', { name: 'Mouse and keys' });
    expect(await sheet.innerText()).toMatch(
      /Measure a distance[^]*Play or pause|Play or pause[^]*Measure a distance/,
    );
    await v.page.keyboard.press('Escape');
    await expect.poll(() => sheet.count()).toBe(0);
  });

  it('two series of different frames stand side by side, and it is said that they are not linked', async () => {
    await layout(v, 'Two series side by side');
    await expect.poll(() => planes(v).count(), { timeout: 30_000 }).toBe(2);
    expect(await v.page.getByTestId('link').innerText()).toMatch(
      /^Not linked: the two series have different frames/,
    );
    await layout(v, 'Three planes');
  });

  it('asked nobody for anything, broke no policy and met no error', () => {
    const own = v.requests.filter((line) => !/^GET http:\/\/127\.0\.0\.1/.test(line));
    expect({ own, strangers: v.strangers(), violations: v.violations, errors: v.errors }).toEqual({
      own: [],
      strangers: [],
      violations: [],
      errors: [],
    });
  });
});

describe('two series of one frame of reference', () => {
  let v: Visit;
  let folder: string;
  beforeAll(async () => {
    folder = twoSeries();
    v = await visit('served');
    await drop(v, folder);
    await planes(v).first().waitFor({ timeout: 60_000 });
  });
  afterAll(async () => {
    await v.leave();
    rmSync(folder, { recursive: true });
  });

  /** Millimetres that a plane reads out at its crosshair. */
  const at = async (plane: Locator) => {
    const text = await plane.locator('.place').innerText();
    return [...text.replaceAll('−', '-').matchAll(/-?\d+\.\d/g)].map(([n]) => Number(n));
  };

  it('show the same place, also when one of them is turned', async () => {
    await layout(v, 'Two series side by side');
    await expect.poll(() => planes(v).count(), { timeout: 30_000 }).toBe(2);
    expect(await v.page.getByTestId('link').innerText()).toBe('Position linked, mm');
    const [left, right] = [planes(v).nth(0), planes(v).nth(1)];
    // Walk the left crosshair to the ball by keys: voxels of 2 × 2 × 3 mm.
    await left.focus();
    const start = await at(left);
    const walk = async (key: string, steps: number) => {
      for (let i = 0; i < steps; i++) await v.page.keyboard.press(key);
    };
    const columns = Math.round((BALL[0] - start[0]!) / 2);
    const rows = Math.round((BALL[1] - start[1]!) / 2);
    const slices = Math.round((BALL[2] - start[2]!) / 3);
    await walk(columns > 0 ? 'Shift+ArrowRight' : 'Shift+ArrowLeft', Math.abs(columns));
    await walk(rows > 0 ? 'Shift+ArrowDown' : 'Shift+ArrowUp', Math.abs(rows));
    await walk(slices > 0 ? 'ArrowUp' : 'ArrowDown', Math.abs(slices));
    for (const plane of [left, right])
      await expect.poll(() => plane.getByTestId('probe').innerText()).toBe(`${BALL_HU} HU`);
    const [a, b] = [await at(left), await at(right)];
    // Half a voxel of the coarse series: 3 × 3 × 5 mm.
    expect(Math.hypot(a[0]! - b[0]!, a[1]! - b[1]!)).toBeLessThanOrEqual(Math.hypot(1.5, 1.5) + 0.1);
    expect(Math.abs(a[2]! - b[2]!)).toBeLessThanOrEqual(2.6);
    // And the other way: the right one leads when it is touched.
    await right.focus();
    await walk('Shift+ArrowLeft', 12);
    await expect.poll(() => left.getByTestId('probe').innerText()).toBe('40 HU');
    await picture(v, 'viewer-pair-linked');
  });

  it('lie over each other in patient space, with a colour bar in the unit', async () => {
    await layout(v, 'Three planes');
    await v.page.getByLabel('Series over the image').selectOption({ index: 1 });
    const bar = v.page.getByTestId('colour-bar');
    await bar.waitFor({ timeout: 20_000 });
    expect(await bar.innerText()).toContain('(HU)');
    await planes(v).first().focus();
    expect(await planes(v).first().getByTestId('map-probe').innerText()).toMatch(/: \d+(\.\d+)? HU$/);
    await picture(v, 'viewer-overlay-series');
    await v.page.getByRole('button', { name: 'Take the map away' }).click();
    await expect.poll(() => bar.count()).toBe(0);
  });

  it('WebGPU can be chosen; where the browser cannot show it, that is said, and the picture stays', async () => {
    await v.page.getByRole('button', { name: 'Settings' }).click();
    await v.page.getByText('WebGPU', { exact: true }).click();
    await v.page.keyboard.press('Escape');
    await v.page.waitForTimeout(3000);
    // Headless Chromium without a graphics processor ends that process when a WebGPU canvas is to be shown.
    const lost = (await v.page.getByText('The graphics processor was lost.').count()) > 0;
    expect(await planes(v).first().getAttribute('data-drawn-by')).toBe(lost ? 'canvas' : 'webgpu');
    if (lost) {
      const grey = () =>
        planes(v)
          .first()
          .locator('canvas')
          .first()
          .evaluate((canvas: HTMLCanvasElement) => {
            const context = canvas.getContext('2d')!;
            return context.getImageData(canvas.width / 2 + 30, canvas.height / 2 + 30, 1, 1).data[0];
          });
      // Tissue of 40 HU in the middle of its window.
      await expect.poll(grey, { timeout: 10_000 }).toBe(128);
    }
    await picture(v, 'viewer-webgpu');
    expect(v.errors).toEqual([]);
  });
});

describe.each(SIZE_NAMES)('the viewer at %s size', (size) => {
  let v: Visit;
  beforeAll(async () => {
    v = await visit('served', size);
    await openSample(v);
  });
  afterAll(() => v.leave());

  it('fits in every layout and language, light and dark, without barriers that axe finds', async () => {
    const found: string[] = [];
    const look = async (name: string) => {
      await v.page.mouse.move(0, 0);
      await picture(v, `viewer-${name}-${size}`);
      const overflow = await v.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (overflow > 0) found.push(`${name}: ${overflow} px wider than the window`);
      found.push(...(await barriers(v)).map((b) => `${name}: ${b}`));
    };
    const axial = () => planes(v).first();
    await axial().focus();
    await v.page.keyboard.press('f');
    await drag(v, axial(), [0.35, 0.4], [0.6, 0.6]);
    const buttons = v.page.getByRole('group', { name: /Layout|Расположение|布局/ }).getByRole('button');
    for (const [language, button] of [
      ['zh', '中文'],
      ['ru', 'RU, Русский'],
      ['en', 'EN, English'],
    ] as const) {
      await v.page.getByRole('button', { name: button, exact: true }).click();
      for (const [at, name] of ['one', 'three', 'four', 'pair'].entries()) {
        await buttons.nth(at).click();
        await expect.poll(() => planes(v).count(), { timeout: 30_000 }).toBe([1, 3, 3, 2][at]);
        await look(`${name}-${language}`);
      }
      await buttons.nth(2).click();
    }
    await v.page.evaluate(() => (document.documentElement.dataset['theme'] = 'light'));
    await look('light-four');
    await buttons.nth(3).click();
    await look('light-pair');
    expect(found).toEqual([]);
  });
});
