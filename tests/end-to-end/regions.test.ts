import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve } from '../../scripts/serve.mjs';
import { startBrowser, type OwnBrowser } from './own-browser.ts';
import { accept, axial, lesion, panel, rows, stroke, toRegions, voxels } from './region-hand.ts';
import { barriers, loaded, openSample, picture, SIZES, visit, type Visit } from './page.ts';

async function growInLesion(page: Page): Promise<void> {
  await panel(page, 'Operations');
  await page.getByLabel('Operation', { exact: true }).selectOption('growing');
  // The crosshair lies in the lesion.
  await axial(page).focus();
  await page.keyboard.press('Enter');
  await accept(page).waitFor();
}

/** Runs a method as a person does and takes its result; returns the name of the new region. */
async function segment(
  page: Page,
  method: string,
  prepare: () => Promise<unknown> = () => Promise.resolve(),
): Promise<string> {
  const before = await rows(page).count();
  await panel(page, 'Segment');
  await page.getByLabel('Method', { exact: true }).selectOption(method);
  await prepare();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('button', { name: 'Accept' }).click({ timeout: 60_000 });
  await expect.poll(() => rows(page).count()).toBe(before + 1);
  return page.getByLabel('Name of the region').inputValue();
}

/** Dice with the lesion's own mask, as the page measures it. */
async function dice(page: Page, name: string): Promise<number> {
  await panel(page, 'Compare');
  await page.getByLabel('Region A').selectOption({ label: name });
  await page.getByLabel('Region B').selectOption({ label: 'Lesion' });
  await page.getByRole('button', { name: 'Compare A with B' }).click();
  await page.getByText('Jaccard').waitFor();
  return Number(
    await page
      .locator('dt', { hasText: /^Dice$/ })
      .locator('+ dd')
      .innerText(),
  );
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

  it('grows a region from a point, with a preview', async () => {
    const { page } = v;
    await growInLesion(page);
    await page.getByLabel('More or less than the point, HU').fill('100');
    await page.getByLabel('No farther than, mm').fill('20');
    await accept(page).waitFor();
    await picture(v, `regions-growing-${size}`);
    await page.getByLabel(/As a new region/).check();
    await page.getByRole('button', { name: 'Accept' }).click();
    await expect.poll(() => rows(page).count()).toBe(2);
    expect(await voxels(page)).toBeGreaterThan(2000);
    // A vessel that touches the lesion comes along: a person opens it off.
    await panel(page, 'Operations');
    await page.getByLabel('Operation', { exact: true }).selectOption('smooth');
    await page.getByLabel('Method', { exact: true }).selectOption('open');
    await page.getByLabel(/Width or radius/).fill('4');
    await accept(page).click();
    expect(await dice(page, 'Region 2')).toBeGreaterThan(0.85);
    expect(await barriers(v)).toEqual([]);
  });

  it('shows what is marked, and takes it back', async () => {
    const { page } = v;
    await panel(page, 'Segment');
    await page.getByLabel('Method', { exact: true }).selectOption('markov-random-field');
    const marks = page.getByRole('group', { name: 'Strokes and points' });
    const at = await lesion(page);
    const drag = async (kind: RegExp, [x0, y0]: readonly number[], [x1, y1]: readonly number[]) => {
      await marks.getByRole('button', { name: kind }).click();
      await page.mouse.move(at.x + x0! * at.mm, at.y + y0! * at.mm);
      await page.mouse.down();
      await page.mouse.move(at.x + x1! * at.mm, at.y + y1! * at.mm, { steps: 6 });
      await page.mouse.up();
      await marks.getByRole('button', { name: kind }).click();
    };
    await drag(/Lesion/, [-7, 0], [7, 0]);
    const lesionButton = marks.getByRole('button', { name: /Lesion \d+/ });
    await lesionButton.waitFor();
    await drag(/Background/, [-24, -26], [24, -26]);
    await marks.getByRole('button', { name: /Background \d+/ }).waitFor();
    await page.keyboard.press('Control+z');
    await expect.poll(() => marks.getByRole('button', { name: /Background \d+/ }).count()).toBe(0);
    await page.keyboard.press('Control+Shift+z');
    await marks.getByRole('button', { name: /Background \d+/ }).waitFor();
    await picture(v, `regions-strokes-${size}`);
    expect(await barriers(v)).toEqual([]);
  });

  it('segments the lesion by three methods', async () => {
    const { page } = v;
    const around = (where: string) => page.getByLabel('Box around').selectOption(where);
    const cut = await segment(page, 'markov-random-field');
    await picture(v, `regions-graph-cut-${size}`);
    expect(await dice(page, cut)).toBeGreaterThan(0.8);
    const means = await segment(page, 'k-means', () => around('crosshair'));
    expect(await dice(page, means)).toBeGreaterThan(0.85);
    await picture(v, `regions-k-means-${size}`);
    const contour = await segment(page, 'chan-vese', async () => {
      await around('crosshair');
      await page.getByLabel('Starts from').selectOption('middle');
    });
    expect(await dice(page, contour)).toBeGreaterThan(0.9);
    await picture(v, `regions-compare-${size}`);
    expect(await barriers(v)).toEqual([]);
  });

  it('edits what a method proposed, and tells how much', async () => {
    const { page } = v;
    const before = await voxels(page);
    const at = await lesion(page);
    await page.keyboard.press('e');
    await page.mouse.move(at.x, at.y);
    await page.mouse.down();
    await page.mouse.move(at.x + 10 * at.mm, at.y, { steps: 5 });
    await page.mouse.up();
    await expect.poll(() => voxels(page)).toBeLessThan(before);
    expect(await page.getByText(/Edited by hand since/).innerText()).not.toMatch(/ 0 %/);
    await page.keyboard.press('Control+z');
    await expect.poll(() => voxels(page)).toBe(before);
    await page.keyboard.press('Escape');
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
    return load();
  }
  async function load(): Promise<Page> {
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
    // The pointer stays down: what the hand did half a second ago is kept.
    await stroke(page, -60, -30, true);
    await page.waitForTimeout(900);
    await browser.kill();

    const again = await open();
    await again.getByText(/Your earlier work is back/).waitFor();
    await expect.poll(() => voxels(again)).toBeGreaterThan(painted);
    await again.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => voxels(again)).toBe(painted);
    await again.getByRole('button', { name: 'Redo' }).click();
    await expect.poll(() => voxels(again)).toBeGreaterThan(painted);
  });

  it('and again when the tab alone crashes, strokes for a method too', async () => {
    const [page] = browser.context.pages().slice(-1);
    const before = await voxels(page!);
    await page!.getByRole('button', { name: 'Segment', exact: true }).click();
    await page!.getByLabel('Method', { exact: true }).selectOption('pixel-classifier');
    const marks = page!.getByRole('group', { name: 'Strokes and points' });
    await marks.getByRole('button', { name: /Lesion/ }).click();
    await stroke(page!, 30, 10, true);
    await page!.waitForTimeout(900);
    const crashed = page!.waitForEvent('crash');
    void page!.goto('chrome://crash').catch(() => undefined);
    await crashed;

    const again = await load();
    expect(await voxels(again)).toBe(before);
    await again.getByRole('button', { name: 'Segment', exact: true }).click();
    await again.getByLabel('Method', { exact: true }).selectOption('pixel-classifier');
    const kept = again.getByRole('group', { name: 'Strokes and points' });
    await kept.getByRole('button', { name: /Lesion \d+/ }).waitFor();
    await again.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => kept.getByRole('button', { name: /Lesion \d+/ }).count()).toBe(0);
  });
});
