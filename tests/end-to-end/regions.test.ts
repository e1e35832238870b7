import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve } from '../../scripts/serve.mjs';
import { startBrowser, type OwnBrowser } from './own-browser.ts';
import { barriers, loaded, openSample, picture, SIZES, visit, type Visit } from './page.ts';

const toRegions = (page: Page) => page.getByRole('tab', { name: /Regions/ }).click();
const rows = (page: Page) => page.getByRole('region', { name: 'Drawn regions' }).getByRole('listitem');
const axial = (page: Page) => page.getByRole('application', { name: 'Axial' });

/** Voxels of the chosen region, as its line in the list says. */
async function voxels(page: Page): Promise<number> {
  const line = await page.locator('li.chosen .line .small').first().innerText();
  return Number(line.split('·')[0]!.replace(/\D/g, ''));
}

/** Drags from the middle of the axial plane; `hold` leaves the button down. */
async function stroke(page: Page, dx: number, dy: number, hold = false): Promise<void> {
  const box = (await axial(page).boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + dx, y + dy, { steps: 8 });
  if (!hold) await page.mouse.up();
}

async function growInLesion(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Operations' }).click();
  await page.getByLabel('Operation', { exact: true }).selectOption('growing');
  // The crosshair lies in the lesion.
  await axial(page).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Accept' }).and(page.locator(':enabled')).waitFor();
}

describe.each(Object.keys(SIZES) as (keyof typeof SIZES)[])('regions are drawn, %s', (size) => {
  let v: Visit;
  beforeAll(async () => {
    v = await visit('served', size);
    await openSample(v);
    await toRegions(v.page);
    await v.page.getByRole('button', { name: 'New', exact: true }).waitFor();
  });
  afterAll(() => v.leave());

  it('paints with the brush, undoes and redoes', async () => {
    const { page } = v;
    await page.keyboard.press('b');
    await stroke(page, 40, 20);
    await expect.poll(() => rows(page).count()).toBe(1);
    const painted = await voxels(page);
    expect(painted).toBeGreaterThan(10);
    await picture(v, `regions-brush-${size}`);
    await page.keyboard.press('Control+z');
    await expect.poll(() => voxels(page)).toBe(0);
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(() => voxels(page)).toBe(painted);
    await page.keyboard.press('e');
    await stroke(page, 10, 5);
    await expect.poll(() => voxels(page)).toBeLessThan(painted);
    await picture(v, `regions-eraser-${size}`);
    await page.getByRole('button', { name: 'Freehand' }).click();
    await picture(v, `regions-freehand-${size}`);
    await page.getByRole('button', { name: 'Freehand' }).click();
  });

  it('grows a region from a click, with a preview', async () => {
    const { page } = v;
    await growInLesion(page);
    await picture(v, `regions-growing-${size}`);
    await page.getByLabel(/As a new region/).check();
    await page.getByRole('button', { name: 'Accept' }).click();
    await expect.poll(() => rows(page).count()).toBe(2);
    expect(await voxels(page)).toBeGreaterThan(10);
  });

  it('segments by k-means around what is chosen', async () => {
    const { page } = v;
    await page.getByRole('button', { name: 'Segment', exact: true }).click();
    await page.getByLabel('Method', { exact: true }).selectOption('k-means');
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByLabel('Class to keep').waitFor({ timeout: 60_000 });
    await picture(v, `regions-k-means-${size}`);
    await page.getByRole('button', { name: 'Accept' }).click();
    await expect.poll(() => rows(page).count()).toBe(3);
  });

  it('compares two regions and shows where they differ', async () => {
    const { page } = v;
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await page.getByLabel('Region A').selectOption({ label: 'Region 2' });
    await page.getByLabel('Region B').selectOption({ label: 'Lesion' });
    await page.getByRole('button', { name: 'Compare A with B' }).click();
    await page.getByText('Jaccard').waitFor();
    // Grown from the middle of the phantom's lesion: a part of it at least.
    const dice = Number(
      await page
        .locator('dt', { hasText: /^Dice$/ })
        .locator('+ dd')
        .innerText(),
    );
    expect(dice).toBeGreaterThan(0.1);
    await picture(v, `regions-compare-${size}`);
    expect(await barriers(v)).toEqual([]);
  });

  it('saves them without identity', async () => {
    const { page } = v;
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save regions as SEG' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('segmentation.dcm');
    expect(v.errors).toEqual([]);
  });
});

describe('a browser that dies in mid-stroke', () => {
  const profile = mkdtempSync(join(tmpdir(), 'kinetex-regions-'));
  let server: Awaited<ReturnType<typeof serve>>;
  let browser: OwnBrowser;
  beforeAll(async () => {
    server = await serve({ port: 0 });
  });
  afterAll(async () => {
    await browser.close().catch(() => undefined);
    server.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  });

  async function open(): Promise<Page> {
    browser = await startBrowser(profile);
    const page = await browser.context.newPage();
    await page.setViewportSize(SIZES.wide);
    await page.goto(server.address);
    await loaded(page);
    await page.getByRole('button', { name: /sample study/i }).click();
    await page.getByText('Lesion', { exact: true }).first().waitFor({ timeout: 60_000 });
    await toRegions(page);
    await page.getByRole('button', { name: 'New', exact: true }).waitFor();
    return page;
  }

  it('finds the work again', async () => {
    const page = await open();
    await page.keyboard.press('b');
    await stroke(page, 40, 20);
    const painted = await voxels(page);
    await page.getByText('Kept in this browser').waitFor();
    // A long stroke is kept once a second while it runs.
    await stroke(page, -60, -30, true);
    await page.waitForTimeout(1200);
    await page.mouse.move(600, 300, { steps: 20 });
    await page.waitForTimeout(700);
    await browser.kill();

    const again = await open();
    await again.getByText(/Your earlier work is back/).waitFor();
    await expect.poll(() => voxels(again)).toBeGreaterThan(painted);
    await again.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => voxels(again)).toBe(painted);
  });
});
