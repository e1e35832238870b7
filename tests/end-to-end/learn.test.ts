import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { barriers, openSample, picture, SIZES, visit, type Visit } from './page.ts';

/** Brightness of the canvas in an element, pixel by pixel, as one text to be compared. */
const pixels = (v: Visit, selector: string): Promise<string> =>
  v.page.locator(selector).evaluate((node) => (node as HTMLCanvasElement).toDataURL());

describe.each(Object.keys(SIZES) as (keyof typeof SIZES)[])('lessons at %s size', (size) => {
  let v: Visit;
  beforeAll(async () => {
    v = await visit('served', size);
    await openSample(v);
    await v.page.getByRole('tab', { name: /Features/ }).click();
  });
  afterAll(() => v.leave());

  const found: string[] = [];
  const look = async (name: string): Promise<void> => {
    await picture(v, `learn-${name}-${size}`);
    const wide = await v.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (wide > 0) found.push(`${name}: ${wide} px wider than the window`);
    found.push(...(await barriers(v)).map((b) => `${name}: ${b}`));
  };
  const map = () => v.page.locator('.map');
  const said = () => v.page.locator('#learn-said').innerText();

  it('shows the bins of the region while the settings change', async () => {
    await v.page.getByText('Intensities of the region and their bins').click();
    await v.page.getByText('32 bins').first().waitFor({ timeout: 30_000 });
    await v.page.getByRole('textbox', { name: /Number of bins/ }).fill('4');
    await v.page.getByText('4 bins', { exact: false }).first().waitFor();
    await v.page.getByText('4 bins are unusual', { exact: false }).waitFor();
    await look('settings');
    await v.page.getByRole('textbox', { name: /Number of bins/ }).fill('32');
  });

  it('draws the matrix of the slice on screen', async () => {
    await v.page.getByText('Learn', { exact: true }).click();
    await map().waitFor({ timeout: 30_000 });
    await look('glcm');
  });

  it('follows the viewer from slice to slice', async () => {
    const before = await pixels(v, '.map canvas');
    await v.page.getByText('slice 49 of 72', { exact: true }).waitFor();
    await v.page.getByRole('application', { name: /Axial/ }).focus();
    await v.page.keyboard.press('ArrowUp');
    await v.page.getByText('slice 50 of 72', { exact: true }).waitFor();
    await expect.poll(() => pixels(v, '.map canvas')).not.toBe(before);
    await v.page.getByRole('application', { name: /Axial/ }).press('End');
    await v.page.getByText('The region does not reach the slice on screen.').waitFor();
    await v.page.getByRole('button', { name: 'Go to the region' }).click();
    await map().waitFor();
  });

  it('redraws histogram, slice and matrix as the slider moves', async () => {
    const before = [await pixels(v, 'canvas.slice'), await pixels(v, '.map canvas')];
    const slider = v.page.getByRole('slider', { name: /Number of bins/ });
    await slider.focus();
    for (let k = 0; k < 24; k++) await slider.press('ArrowLeft');
    await v.page.getByText('8 bins').first().waitFor();
    await expect
      .poll(async () => [await pixels(v, 'canvas.slice'), await pixels(v, '.map canvas')])
      .not.toEqual(before);
    await expect.poll(() => v.page.locator('.histogram rect').count()).toBe(8);
  });

  it('lights what a cell counts, by pointer and by keys', async () => {
    const dark = await pixels(v, 'canvas.slice');
    const box = (await map().boundingBox())!;
    // The middle of level 7 beside level 7: the lesion is soft tissue near the top of its range.
    const step = (box.width - 29) / 8;
    await v.page.mouse.move(box.x + 28 + 6.5 * step, box.y + 18 + 6.5 * Math.min(30, step));
    await expect.poll(said).toMatch(/^Level \d+ beside level \d+: [\d,]+ pairs?\.$/);
    const lit = await pixels(v, 'canvas.slice');
    expect(lit).not.toBe(dark);
    await map().focus();
    const here = await said();
    await v.page.keyboard.press('ArrowDown');
    await v.page.keyboard.press('ArrowRight');
    expect(await said()).not.toBe(here);
    await look('glcm-cell');
  });

  it.each([
    ['glrlm', 'run length', /in a row: \d+ runs?\.$/],
    ['glszm', 'size zone', /size \d+: \d+ zones?\.$/],
    ['gldzm', 'distance zone', /depth \d+ from the border: \d+ zones?\.$/],
    ['ngtdm', 'tone difference', /: \d+ voxels? that ha(s|ve) neighbours\.$/],
    ['ngldm', 'dependence', /alike, itself included: \d+ voxels?\.$/],
  ])('teaches the %s on the made-up image', async (id, _, sentence) => {
    await v.page.getByRole('combobox', { name: 'Shown on' }).selectOption('teaching');
    await v.page.getByRole('combobox', { name: 'Family' }).selectOption(id);
    await expect.poll(() => v.page.locator('.histogram rect').count()).toBe(4);
    await map().focus();
    await v.page.keyboard.press('Home');
    await expect.poll(said).toMatch(sentence);
    await look(id);
  });

  it('reads every feature: formula, range, high and low', async () => {
    await v.page.getByRole('combobox', { name: 'Family' }).selectOption('glcm');
    await v.page.getByText('Contrast', { exact: true }).click();
    await v.page.getByText('When high').waitFor();
    await v.page.locator('math').first().waitFor();
    await look('feature');
  });

  it('is one click away from every explained number', async () => {
    await v.page.getByText('Measure', { exact: true }).click();
    const button = v.page.getByRole('button', { name: /^Extract/ }).first();
    await expect.poll(() => button.isEnabled()).toBe(true);
    await button.click();
    await v.page.getByRole('button', { name: 'CSV' }).waitFor({ timeout: 60_000 });
    await v.page.getByRole('searchbox').fill('szm_lzhge');
    await v.page.getByRole('row').filter({ hasText: 'Large zone high' }).first().click();
    await v.page.getByText('When high').waitFor();
    await look('explainer');
    await v.page.getByRole('button', { name: 'How it is counted' }).click();
    expect(await v.page.getByRole('combobox', { name: 'Family' }).inputValue()).toBe('glszm');
  });

  it('is as clear on light ground', async () => {
    await v.page
      .getByRole('button', { name: /Settings of the page/ })
      .first()
      .click();
    await v.page.getByText('Light', { exact: true }).click();
    await v.page.keyboard.press('Escape');
    await v.page.getByRole('combobox', { name: 'Shown on' }).selectOption({ index: 0 });
    await map().focus();
    await v.page.keyboard.press('ArrowDown');
    await v.page.waitForTimeout(300);
    await look('light');
  });

  it.each(['RU, Русский', '中文'])('speaks %s', async (name) => {
    await v.page.getByRole('button', { name, exact: true }).click();
    const words = await v.page.locator('.learn').innerText();
    expect(words).not.toMatch(/\{\w+\}|undefined|\[object/);
    await picture(v, `learn-${name.slice(0, 2)}-${size}`);
  });

  it('has no barrier that axe finds, asked nobody and met no error', () => {
    expect({ found, violations: v.violations, errors: v.errors, strangers: v.strangers() }).toEqual({
      found: [],
      violations: [],
      errors: [],
      strangers: [],
    });
  });
});
