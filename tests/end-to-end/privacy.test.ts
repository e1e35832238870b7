import { readdirSync, readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Download, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve } from '../../scripts/serve.mjs';
import type { Engine } from '../../src/engine/api.ts';
import { MARKER, markedStudy } from './marked-study.ts';
import { startBrowser, type OwnBrowser } from './own-browser.ts';
import { loaded, saving } from './page.ts';

// A study full of a marker name goes through the page; then everything that the page leaves behind is searched for it.
// Its regions carry the words with which files attack pages and spreadsheets.

const HOSTILE = [
  '<img src=x onerror="globalThis.__pwned=1">',
  '"><script>globalThis.__pwned=1</script>',
  '<svg/onload=globalThis.__pwned=1>',
  'javascript:globalThis.__pwned=1//',
  '{{constructor.constructor("globalThis.__pwned=1")()}}',
  '${globalThis.__pwned=1}',
  '=HYPERLINK("http://127.0.0.1/","x")',
  '+1+cmd|x',
  '-2+3+cmd|x',
  '@SUM(1+1)',
  '__proto__',
  'constructor',
  'gpj.exe',
  'line "quoted", with; marks',
];

/** Files of the profile that hold the marker, as bytes of UTF-8 or UTF-16. */
function filesWithMarker(folder: string): string[] {
  const needles = [Buffer.from(MARKER, 'utf8'), Buffer.from(MARKER, 'utf16le')];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .map((e) => join(e.parentPath, e.name))
    .filter((path) => {
      const bytes = readFileSync(path);
      return needles.some((n) => bytes.includes(n));
    });
}

/** Cells of a CSV after RFC 4180. */
function cellsOf(csv: string): string[] {
  return [...csv.matchAll(/"((?:[^"]|"")*)"|([^,\r\n"]+)/g)].map((m) => m[1]?.replaceAll('""', '"') ?? m[2]);
}

describe('a study full of a marker name', () => {
  const profile = mkdtempSync(join(tmpdir(), 'kinetex-marker-'));
  let server: Awaited<ReturnType<typeof serve>>;
  let browser: OwnBrowser;
  let page: Page;
  const said: string[] = [];
  const downloads: Record<string, string> = {};

  beforeAll(async () => {
    server = await serve({ port: 0 });
    browser = await startBrowser(profile);
    page = await browser.context.newPage();
    page.on('console', (m) => said.push(m.text()));
    page.on('pageerror', (e) => said.push(e.message));
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (e) =>
        console.log(`policy-violation ${e.violatedDirective} ${e.blockedURI}`),
      );
    });
    await page.goto(server.address);
    await loaded(page);
  });
  afterAll(async () => {
    await browser.kill().catch(() => undefined);
    server.close();
    rmSync(profile, { recursive: true, force: true });
  });

  const textOf = async (download: Download): Promise<string> => {
    const parts: Buffer[] = [];
    for await (const part of await download.createReadStream()) parts.push(part as Buffer);
    return Buffer.concat(parts).toString('utf8');
  };

  it('opens with regions named to attack, and every panel shows their names as text', async () => {
    await page
      .locator('input[type=file]:not([webkitdirectory])')
      .first()
      .setInputFiles(markedStudy(HOSTILE[0], HOSTILE));
    await page.getByText(HOSTILE[1], { exact: false }).first().waitFor({ timeout: 30_000 });
    for (const tab of [/Acquire/, /Regions/, /Features/]) {
      await page.getByRole('tab', { name: tab }).click();
      await page.waitForTimeout(150);
    }
    const button = page.getByRole('button', { name: /^Extract/ }).first();
    await expect.poll(() => button.isEnabled(), { timeout: 30_000 }).toBe(true);
    await button.click();
    await page.getByRole('button', { name: 'CSV' }).waitFor({ timeout: 90_000 });
    expect(await page.evaluate(() => (globalThis as { __pwned?: number }).__pwned)).toBeUndefined();
    expect(said.filter((line) => line.startsWith('policy-violation'))).toEqual([]);
  });

  it('exports tables whose cells no spreadsheet takes for a formula, with the names as they are', async () => {
    for (const kind of ['CSV', 'JSON']) {
      const download = await saving(page, () =>
        page.getByRole('button', { name: kind, exact: true }).click(),
      );
      downloads[download.suggestedFilename()] = await textOf(download);
    }
    expect(Object.keys(downloads)).toEqual(['kinetex-features.csv', 'kinetex-features.json']);
    const cells = cellsOf(downloads['kinetex-features.csv']);
    expect(cells.length).toBeGreaterThan(100);
    const number = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/;
    expect(cells.filter((c) => /^[=+\-@\t\r]/.test(c) && !number.test(c))).toEqual([]);
    expect(() => JSON.parse(downloads['kinetex-features.json']) as unknown).not.toThrow();
  });

  it('leaves the name in no export, title, address, console line or storage', async () => {
    const left = await page.evaluate(() => ({
      title: document.title,
      address: location.href,
      local: JSON.stringify({ ...localStorage }),
      session: JSON.stringify({ ...sessionStorage }),
    }));
    expect(JSON.stringify([left, said, downloads])).not.toContain(MARKER);
    expect(said).toEqual([]);
  });

  it('keeps runs of a device, a drawn region, choices and the program for offline use', async () => {
    await page.evaluate(async () => {
      const { kinetex: engine } = globalThis as unknown as { kinetex: Engine };
      const constancy = await engine.constancy();
      const device = await constancy.deviceNamed('CT room 7', 'CT');
      await constancy.saveRun(device, {
        kind: 'constancy',
        operator: 'physicist',
        date: '2026-01-05',
        template: { id: 'water-cylinder', version: 1 },
        results: [{ id: 'noise', value: 5, unit: 'HU' }],
        notes: 'after service',
      });
    });
    for (const at of [1, 0]) await page.locator('.languages button').nth(at).click();
    const kept = await page.evaluate(async () => {
      const { kinetex: engine } = globalThis as unknown as { kinetex: Engine };
      const open = indexedDB.open('kinetex');
      const database = await new Promise<IDBDatabase>(
        (resolve) => (open.onsuccess = () => resolve(open.result)),
      );
      const stores = [...database.objectStoreNames];
      database.close();
      const { books } = await (await engine.constancy()).books();
      return { stores, devices: books.map((b) => b.device.label), local: Object.keys(localStorage) };
    });
    expect(kept.stores).toContain('equipment');
    expect(kept.devices).toEqual(['CT room 7']);
    expect(kept.local.length).toBeGreaterThan(0);
  });

  it('erases everything at one button, and nothing of it is on the disk', { timeout: 60_000 }, async () => {
    expect(await page.evaluate(async () => (await indexedDB.databases()).map((d) => d.name))).toContain(
      'kinetex',
    );
    await page
      .getByRole('button', { name: /Settings of the page/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Erase everything' }).click();
    await page.getByRole('button', { name: 'Erase', exact: true }).click();
    await page.getByText('Nothing is left in this browser.').waitFor();
    const left = await page.evaluate(async () => ({
      databases: (await indexedDB.databases()).map((d) => d.name),
      caches: await caches.keys(),
      local: Object.keys(localStorage),
    }));
    expect(left).toEqual({ databases: [], caches: [], local: [] });
    const files = await page.evaluate(async () => {
      const root = (await navigator.storage.getDirectory()) as unknown as { keys(): AsyncIterable<string> };
      const names = [];
      for await (const name of root.keys()) names.push(name);
      return [names, Object.keys(sessionStorage)];
    });
    expect(files).toEqual([[], []]);
    await browser.close();
    expect(filesWithMarker(profile)).toEqual([]);
    expect(readdirSync(profile).length).toBeGreaterThan(3);
    // The next person on this machine finds no run and no result.
    browser = await startBrowser(profile);
    page = await browser.context.newPage();
    await page.goto(server.address);
    await loaded(page);
    const found = await page.evaluate(async () => {
      const { kinetex: engine } = globalThis as unknown as { kinetex: Engine };
      const { books } = await (await engine.constancy()).books();
      return [books.length, (await engine.cache.state()).entries];
    });
    expect(found).toEqual([0, 0]);
  });
});
