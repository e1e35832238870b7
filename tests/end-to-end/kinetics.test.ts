import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import axe from 'axe-core';
import { picture, SIZES, visit, type Visit } from './page.ts';

const SIZE_NAMES = Object.keys(SIZES) as (keyof typeof SIZES)[];

/** Opens the sample, shows its dynamic series and goes to the kinetics stage. */
async function openDynamic({ page }: Visit): Promise<void> {
  await page.getByRole('button', { name: /sample study/i }).click();
  await page.getByText('Lesion', { exact: true }).first().waitFor({ timeout: 60_000 });
  await page
    .getByRole('option', { name: /phases/ })
    .first()
    .click();
  await page.getByText('Tumour', { exact: true }).first().waitFor({ timeout: 60_000 });
  await page.getByRole('tab', { name: /Kinetics/ }).click();
  await page.getByLabel('Region to fit').selectOption({ label: 'Tumour' });
}

async function fit({ page }: Visit): Promise<void> {
  await page.getByRole('button', { name: 'Fit the maps' }).click();
  await page.getByRole('button', { name: /NIfTI/ }).waitFor({ timeout: 90_000 });
}

/** Failures that axe finds on what is on screen: contrast, names, roles. */
async function barriers({ page }: Visit): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: tool } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await tool.run();
    return violations.flatMap((x) => x.nodes.map((n) => `${x.id}: ${n.html.slice(0, 160)}`));
  });
}

/** Bytes of the file that a click saves, and its name. */
async function saved({ page }: Visit, button: RegExp | string): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

const median = async ({ page }: Visit, map: RegExp) => {
  const words = await page.getByRole('button', { name: map }).locator('.median').innerText();
  return Number.parseFloat(words);
};

describe.each(['served', 'single file'] as const)('kinetics of the sample, %s', (how) => {
  let v: Visit;
  beforeAll(async () => {
    v = await visit(how);
    await openDynamic(v);
    v.forget();
  });
  afterAll(() => v.leave());

  it('starts from the headers: the region named artery, TR and flip angle of the files', async () => {
    const { page } = v;
    expect(await page.getByLabel('Region of the artery').locator('option:checked').innerText()).toBe(
      'Artery',
    );
    await page.getByText('Signal, T1, delay and times').click();
    expect(await page.getByLabel('Repetition time, ms').getAttribute('placeholder')).toMatch(/^file: \d/);
    expect(await page.getByLabel('Flip angle, °').getAttribute('placeholder')).toMatch(/^file: \d/);
    await page.getByText('Times of the frames', { exact: true }).click();
    expect(await page.getByRole('table').locator('tbody tr').count()).toBeGreaterThan(30);
  });

  it('says beside the field what is wrong, and waits', async () => {
    const { page } = v;
    await page.getByLabel('Haematocrit').fill('1.4');
    await page.getByText('The haematocrit must lie between 0 and 0.9.').waitFor();
    expect(await page.getByRole('button', { name: 'Fit the maps' }).isEnabled()).toBe(false);
    await page.getByLabel('Haematocrit').fill('0.42');
    expect(await page.getByRole('button', { name: 'Fit the maps' }).isEnabled()).toBe(true);
  });

  it('fits maps within the range of the phantom', async () => {
    const { page } = v;
    await page.getByLabel('T1 before contrast, s').fill('1.6');
    await fit(v);
    const ktrans = await median(v, /^Ktrans/);
    // Patches of 0.05 to 0.5 and a rim of 0.5 /min.
    expect(ktrans).toBeGreaterThan(0.05);
    expect(ktrans).toBeLessThan(0.5);
    await page.getByText(/converged$/).waitFor();
    await page.getByText(/^Input: measured in a region, peak [\d.]+ mmol\/L at \d+ s$/).waitFor();
    // The map lies over the image, with its colours and range.
    await page.getByRole('group', { name: 'Map over the image' }).getByText('Ktrans').waitFor();
  });

  it('follows the crosshair', async () => {
    const { page } = v;
    await page.getByText('Curve', { exact: true }).click();
    await page.getByRole('table', { name: /Parameters of the fit/ }).waitFor();
    const place = page.getByText(/^Voxel \d+, \d+, \d+$/);
    const parameters = page.getByRole('table', { name: /Parameters of the fit/ });
    const [where, what] = [await place.innerText(), await parameters.innerText()];
    expect(what).toMatch(/±/);
    await page.getByRole('application').first().focus();
    await page.keyboard.press('Shift+ArrowRight');
    await expect.poll(() => place.innerText()).not.toBe(where);
    await expect.poll(() => parameters.innerText()).not.toBe(what);
  });

  it('ranks every model by AICc, and bends the curve by hand', async () => {
    const { page } = v;
    await page.getByLabel('Every model').check();
    const models = page.getByRole('table', { name: 'All models on this curve' });
    await models.waitFor();
    const scores = await models.locator('tbody td:nth-child(2)').allInnerTexts();
    expect(scores.length).toBe(6);
    const numbers = scores.map((s) => Number(s.replace('−', '-')));
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    await page.getByText('Parameters by hand').click();
    const slider = page.getByRole('slider', { name: 'Ktrans' });
    await slider.focus();
    await page.keyboard.press('Home');
    await expect
      .poll(() => page.getByRole('table', { name: /Parameters of the fit/ }).innerText())
      .toContain('By hand');
    await page.getByRole('button', { name: 'Back to the fit' }).click();
  });

  it('fits another model', async () => {
    const { page } = v;
    await page.getByText('Maps', { exact: true }).click();
    await page.getByText('Model, input and signal').click();
    await page.getByLabel('Model', { exact: true }).selectOption('tofts');
    await page.getByText('The settings have changed since these maps were fitted.').waitFor();
    await fit(v);
    await expect.poll(() => page.getByRole('button', { name: /^vp/ }).count()).toBe(0);
    expect(await median(v, /^Ktrans/)).toBeGreaterThan(0);
  });

  it('saves maps, curves and settings', async () => {
    const { page } = v;
    await page.getByRole('button', { name: /^Ktrans/ }).click();
    const nifti = await saved(v, /NIfTI/);
    expect(nifti.name).toBe('kinetex-Ktrans.nii.gz');
    expect([...nifti.bytes.subarray(0, 2)]).toEqual([0x1f, 0x8b]);
    const json = await saved(v, 'JSON');
    expect(JSON.parse(json.bytes.toString())).toMatchObject({ model: 'tofts' });
    const csv = await saved(v, 'CSV');
    // Once the rules have run, their verdict is the last column.
    expect(csv.bytes.toString().split('\n')[0]).toMatch(
      /^curve,time_s,concentration_mmol_per_L,settings_hash,qc_hash,qc$/,
    );
  });

  it('measures a map like any image', async () => {
    const { page } = v;
    await page.getByRole('button', { name: 'Measure this map' }).click();
    await page.getByRole('tab', { name: /Features/, selected: true }).waitFor();
    const tumour = page.getByRole('checkbox', { name: /Tumour/ });
    await expect.poll(() => tumour.isEnabled(), { timeout: 30_000 }).toBe(true);
    await tumour.check();
    const button = page.getByRole('button', { name: /^Extract/ }).first();
    await expect.poll(() => button.isEnabled(), { timeout: 60_000 }).toBe(true);
    await button.click();
    await page.getByRole('button', { name: 'CSV' }).waitFor({ timeout: 90_000 });
    expect(await page.locator('[role=row]').count()).toBeGreaterThan(10);
    await picture(v, 'kinetics-features');
  });

  it('asked nobody for anything, broke no policy and met no error', () => {
    expect({
      requests: v.requests,
      strangers: v.strangers(),
      violations: v.violations,
      errors: v.errors,
    }).toEqual({ requests: [], strangers: [], violations: [], errors: [] });
  });
});

describe.each(SIZE_NAMES)('the kinetics panel at %s size', (size) => {
  let v: Visit;
  beforeAll(async () => {
    v = await visit('served', size);
    await openDynamic(v);
  });
  afterAll(() => v.leave());

  it('is pictured in three languages, fits, and has no barrier that axe finds', async () => {
    const { page } = v;
    const found: string[] = [];
    const look = async (name: string) => {
      await picture(v, `kinetics-${name}-${size}`);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (overflow > 0) found.push(`${name}: ${overflow} px wider than the window`);
      const words = await page.locator('body').innerText();
      if (/\{\w+\}|undefined|\[object/.test(words)) found.push(`${name}: a text with a hole`);
      found.push(...(await barriers(v)).map((b) => `${name}: ${b}`));
    };
    const languages = [
      ['en', 'EN, English'],
      ['ru', 'RU, Русский'],
      ['zh', '中文'],
    ] as const;
    const everywhere = async (name: string) => {
      for (const [code, button] of languages.toReversed()) {
        await page.getByRole('button', { name: button, exact: true }).click();
        await page.mouse.move(0, 0);
        await look(`${name}-${code}`);
      }
    };
    await everywhere('setup');
    await page.getByText('Signal, T1, delay and times').click();
    await everywhere('more');
    await fit(v);
    await everywhere('maps');
    await page.getByText('Curve', { exact: true }).click();
    await page.getByLabel('Every model').check();
    await page.getByText('Parameters by hand').click();
    await page.getByRole('table', { name: 'All models on this curve' }).waitFor();
    await everywhere('curve');
    expect(found).toEqual([]);
  });
});
