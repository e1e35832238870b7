import { readFileSync, rmSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine, Study } from '../../src/engine/api.ts';
import { barriers, drop, openSample, picture, visit, type Visit } from './page.ts';
import { twoSeries } from './two-series.ts';

const toStage = (page: Page, name: RegExp) => page.getByRole('tab', { name }).click();
const list = (page: Page) => page.getByRole('region', { name: 'Drawn regions' });
const rows = (page: Page) => list(page).getByRole('listitem');

async function voxels(page: Page): Promise<number> {
  const line = await page.locator('li.chosen .line .small').first().innerText();
  return Number(line.split('·')[0]!.replace(/\D/g, ''));
}

/** Drags in a plane, from its middle and in CSS pixels. */
async function drag(page: Page, from: readonly number[], to: readonly number[], nth = 0): Promise<void> {
  const box = (await page.getByRole('application', { name: 'Axial' }).nth(nth).boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x + from[0]!, y + from[1]!);
  await page.mouse.down();
  await page.mouse.move(x + to[0]!, y + to[1]!, { steps: 8 });
  await page.mouse.up();
}

/** Opens a file beside the sample by the engine of the page, and lays its `Region 1` on the CT; NIfTI has no names, there it is the fourth label. */
function readBack(page: Page, path: string, base64: string): Promise<{ voxels: number; mask: string }> {
  return page.evaluate(
    async ([name, text]) => {
      const here = window as unknown as { kinetex: Engine; sample?: Study };
      const { kinetex } = here;
      const content = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
      here.sample ??= await kinetex.openSample();
      const study = await kinetex.open([{ path: name, content }], { into: here.sample });
      const region = study.regions.find((r) => /^(Region 1|regions 4)$/.test(r.name));
      if (!region) throw new Error(study.regions.map((r) => r.name).join());
      const ct = study.series.find((s) => s.modality === 'CT')!;
      const { voxels, mask } = await kinetex.placeRegion(study, region.id, ct.uid);
      const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', mask.data as BufferSource));
      return { voxels, mask: [...hash].map((b) => b.toString(16)).join(' ') };
    },
    [path, base64] as const,
  );
}

describe('a region that was drawn goes on', () => {
  let v: Visit;
  beforeAll(async () => {
    v = await visit('served');
    await openSample(v);
    await toStage(v.page, /Regions/);
    await v.page.getByRole('button', { name: 'New', exact: true }).waitFor();
  });
  afterAll(() => v.leave());

  it('in four formats, which are read back to the same voxels', async () => {
    const { page } = v;
    // Two arms that meet, and a hole: what contours find hard.
    await page.keyboard.press('b');
    await drag(page, [-20, -20], [30, 20]);
    await drag(page, [-20, 20], [30, 20]);
    await drag(page, [-20, -20], [-20, 20]);
    await page.getByText('Ball (3-D)').click();
    await drag(page, [60, 60], [62, 60]);
    await page.keyboard.press('Escape');
    const drawn = await voxels(page);
    expect(drawn).toBeGreaterThan(200);
    const seen = new Set<string>();
    for (const identified of [false, true]) {
      await page.getByLabel('Identified').setChecked(identified);
      for (const format of ['SEG', 'RTSTRUCT', 'NIfTI', 'NRRD']) {
        const [file] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('button', { name: `Save regions as ${format}` }).click(),
        ]);
        const bytes = readFileSync(await file.path()).toString('base64');
        const back = await readBack(page, `${identified}/${file.suggestedFilename()}`, bytes);
        expect([format, identified, back.voxels]).toEqual([format, identified, drawn]);
        seen.add(back.mask);
      }
    }
    expect(seen.size).toBe(1);
  });

  it('to the features', async () => {
    const { page } = v;
    await toStage(page, /Features/);
    for (const box of await page
      .getByRole('group', { name: /Regions/ })
      .getByRole('checkbox')
      .all())
      if (await box.isEnabled()) await box.uncheck();
    await page.getByRole('checkbox', { name: /Region 1/ }).check();
    await page
      .getByRole('button', { name: /^Extract/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'CSV' }).waitFor({ timeout: 60_000 });
    await page.getByRole('row').nth(5).waitFor();
    await picture(v, 'regions-features');
  });

  it('to the kinetics', async () => {
    const { page } = v;
    await page
      .getByRole('option', { name: /phases/ })
      .first()
      .click();
    await page.getByText('Tumour', { exact: true }).first().waitFor({ timeout: 60_000 });
    await toStage(page, /Regions/);
    await page.getByRole('button', { name: 'New', exact: true }).click();
    await page.getByLabel('Name of the region').fill('Drawn on the tumour');
    await page.keyboard.press('Enter');
    await page.keyboard.press('b');
    await drag(page, [0, 0], [4, 0]);
    await page.keyboard.press('Escape');
    expect(await voxels(page)).toBeGreaterThan(5);
    await toStage(page, /Kinetics/);
    await page.getByLabel('Region to fit').selectOption({ label: 'Drawn on the tumour' });
    await page.getByRole('button', { name: 'Fit the maps' }).click();
    await page.getByRole('button', { name: /NIfTI/ }).waitFor({ timeout: 90_000 });
    expect(v.errors).toEqual([]);
  });
});

describe('two series of one frame of reference', () => {
  const folder = twoSeries();
  let v: Visit;
  beforeAll(async () => {
    v = await visit('served');
    await drop(v, folder);
    await v.page.getByText('Turned').first().waitFor({ timeout: 60_000 });
    await toStage(v.page, /Regions/);
    await v.page.getByRole('button', { name: 'New', exact: true }).waitFor();
  });
  afterAll(async () => {
    await v.leave();
    rmSync(folder, { recursive: true, force: true });
  });

  it('are drawn on side by side, and a region is copied from one to the other', async () => {
    const { page } = v;
    await page.getByRole('button', { name: 'Two series side by side' }).click();
    await page.getByRole('application', { name: 'Axial' }).nth(1).waitFor();
    await page.waitForTimeout(500);
    await page.keyboard.press('b');
    for (const side of [0, 1]) {
      await drag(page, [0, 0], [20, 8], side);
      await expect.poll(() => rows(page).count()).toBe(side + 1);
      expect(await voxels(page)).toBeGreaterThan(5);
    }
    await page.keyboard.press('Escape');
    await picture(v, 'regions-side-by-side');
    // The second region lies on the second series; its copy comes to the first.
    const before = await voxels(page);
    await page.getByLabel('Copy to a series …').selectOption({ index: 1 });
    await expect.poll(() => rows(page).count()).toBe(3);
    await rows(page).last().click();
    await expect.poll(() => voxels(page)).toBeGreaterThan(before / 20);
    expect(await barriers(v)).toEqual([]);
    expect(v.errors).toEqual([]);
  });
});
