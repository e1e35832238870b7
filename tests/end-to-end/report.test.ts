import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MARKER, markedStudy } from './marked-study.ts';
import { openSample, picture, saving, settled, visit, type Visit } from './page.ts';

const folder = mkdtempSync(join(tmpdir(), 'kinetex-report-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function makeReport({ page }: Visit): Promise<void> {
  await page.getByRole('tab', { name: /Features/ }).click();
  const extract = page.getByRole('button', { name: /^Extract/ }).first();
  await expect.poll(() => extract.isEnabled(), { timeout: 60_000 }).toBe(true);
  await extract.click();
  await page.getByRole('button', { name: 'CSV' }).waitFor({ timeout: 90_000 });
  await page.getByRole('tab', { name: /Report/ }).click();
  await page.getByRole('button', { name: 'Make the report' }).click();
  await page.getByRole('button', { name: 'HTML', exact: true }).waitFor({ timeout: 90_000 });
}

async function saved({ page }: Visit, button: string): Promise<string> {
  const download = await saving(page, () => page.getByRole('button', { name: button, exact: true }).click());
  return readFileSync(await download.path(), 'utf8');
}

describe('the report of the sample study', () => {
  let v: Visit;
  beforeAll(async () => {
    v = await visit('served');
    await openSample(v);
  });
  afterAll(() => v.leave());

  it('opens on its own: no request, no error, every section, and prints whole', async () => {
    await settled(v);
    await makeReport(v);
    await picture(v, 'report-made');
    const file = join(folder, 'report.html');
    writeFileSync(file, await saved(v, 'HTML'));
    const page = await v.context.newPage();
    const said: string[] = [];
    const asked: string[] = [];
    page.on('console', (m) => said.push(m.text()));
    page.on('pageerror', (e) => said.push(e.message));
    page.on('request', (r) => asked.push(r.url()));
    await page.goto(pathToFileURL(file).href);
    expect(asked.filter((url) => !/^(file|data):/.test(url))).toEqual([]);
    expect(said).toEqual([]);
    for (const id of ['study', 'settings', 'features', 'methods', 'provenance'])
      expect(await page.locator(`section#${id}`).count(), id).toBe(1);
    expect(await page.locator('figure img').count()).toBeGreaterThan(2);
    // Whatever evidence points at is there.
    const targets = await page.locator('a').evaluateAll((all) => all.map((a) => a.getAttribute('href')!));
    for (const target of new Set(targets)) expect(await page.locator(target).count(), target).toBe(1);
    // On paper no table is wider than its page, and no row is cut at the side.
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 680, height: 960 }); // 180 mm
    const wide = await page
      .locator('table, .methods, dl')
      .evaluateAll((all) => all.filter((e) => e.scrollWidth > e.clientWidth + 1).length);
    expect(wide).toBe(0);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const pages = Number(/\/Type \/Pages[^]*?\/Count (\d+)/.exec(pdf)?.[1]);
    expect(pages).toBeGreaterThan(5);
    expect(pages).toBeLessThan(25);
    await page.close();
  });
});

describe('making and printing a report', () => {
  // Tasks of the page beyond 50 ms, as the browser sees them.
  const watch = ({ page }: Visit) =>
    page.evaluate(() => {
      const w = globalThis as unknown as { long: number[] };
      w.long = [];
      new PerformanceObserver((list) => list.getEntries().forEach((e) => w.long.push(e.duration))).observe({
        entryTypes: ['longtask'],
      });
    });
  const longest = ({ page }: Visit) =>
    page.evaluate(() => {
      const w = globalThis as unknown as { long: number[] };
      const most = Math.max(0, ...w.long);
      w.long = [];
      return most;
    });

  it('blocks the page for no more than 100 ms', async () => {
    const v = await visit('served');
    await openSample(v);
    await settled(v);
    await makeReport(v);
    await watch(v);
    // On a machine that does other work the best of a few tells what the page itself takes.
    const seen: number[] = [];
    for (let n = 0; n < 5 && !(seen.at(-1)! <= 100); n++) {
      await v.page.getByRole('button', { name: 'Make the report' }).click();
      await v.page.getByRole('button', { name: 'Make the report' }).waitFor({ timeout: 90_000 });
      await v.page.waitForTimeout(500);
      seen.push(Math.round(await longest(v)));
    }
    console.log(`longest tasks while the report was made: ${seen.join(', ')} ms`);
    expect(Math.min(...seen)).toBeLessThanOrEqual(100);
    await v.leave();
  });

  it('is in the language that the page has now, evidence included', async () => {
    const v = await visit('served');
    await openSample(v);
    await settled(v);
    await makeReport(v);
    for (const [language, other] of [
      ['Русский', 'Scanner|by a tool'],
      ['中文', 'Scanner|by a tool|Сканер'],
    ]) {
      await v.page.getByRole('group').getByRole('button', { name: language }).click();
      await v.page.locator('.buttons .button.main').first().click();
      await v.page.locator('.buttons .button.main:not([disabled])').first().waitFor();
      await v.page.waitForTimeout(300);
      await expect
        .poll(() => v.page.locator('.buttons .button.main').first().isEnabled(), { timeout: 60_000 })
        .toBe(true);
      const html = await saved(v, 'HTML');
      expect(html, language).not.toMatch(new RegExp(other));
    }
    await v.leave();
  });

  it('opened from the disk, where a page may not print its frame, saves the report and says so', async () => {
    const v = await visit('single file');
    await openSample(v);
    await settled(v);
    await makeReport(v);
    const text = await saved(v, 'Print');
    expect(text).toMatch(/^<!doctype html>/i);
    await v.page.getByText('Open it and print.', { exact: false }).waitFor();
    expect(v.errors).toEqual([]);
    await v.leave();
  });
});

describe('the report of a study full of a name', () => {
  let v: Visit;
  beforeAll(async () => {
    v = await visit('served');
    await v.page
      .locator('input[type=file]:not([webkitdirectory])')
      .first()
      .setInputFiles(markedStudy(`${MARKER} <b>study</b>`, [`of ${MARKER}`, 'Second']));
    await v.page.getByText('Second', { exact: true }).first().waitFor({ timeout: 30_000 });
  });
  afterAll(() => v.leave());

  it('leaves no identifying value and no UID of the files in the HTML and the JSON', async () => {
    await makeReport(v);
    for (const kind of ['HTML', 'JSON']) {
      const text = await saved(v, kind);
      expect(text.length).toBeGreaterThan(10_000);
      expect(text.toLowerCase()).not.toContain(MARKER.toLowerCase());
      expect(text).not.toMatch(/2\.25\.77\d{1,4}\b/);
      expect(text).not.toMatch(/20260102|030405/);
    }
  });
});
