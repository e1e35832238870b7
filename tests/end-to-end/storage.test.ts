import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve } from '../../scripts/serve.mjs';
import type { Engine, Study } from '../../src/engine/api.ts';
import { DEFAULT_SETTINGS } from '../../src/radiomics/settings.ts';
import { markedStudy } from './marked-study.ts';
import { startBrowser } from './own-browser.ts';
import { loaded, visit, type Visit } from './page.ts';

// What becomes of the work when the browser's storage fails, fills, is emptied, is wanted by another tab, or the
// browser is killed. Every computing goes through `window.kinetex`, the same engine that the panels use.

type Bench = { kinetex: Engine; study: Study };

/** Opens the study in the page once; it stays there for `extract`. */
async function openStudy(page: Page): Promise<void> {
  const files = markedStudy('CT', ['Region']).map((f) => ({
    path: f.name,
    base64: f.buffer.toString('base64'),
  }));
  await page.evaluate(async (given) => {
    const bench = window as unknown as Bench;
    const bytes = (text: string) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    bench.study = await bench.kinetex.open(
      given.map((f) => ({ path: f.path, content: new Blob([bytes(f.base64)]) })),
    );
  }, files);
}

/** Extracts with a number of bins, which makes a result of its own; says how many values came and from where. */
const extract = (page: Page, bins: number) =>
  page.evaluate(
    async ({ settings, n }) => {
      const { kinetex, study } = window as unknown as Bench;
      const table = await kinetex.extract({
        study,
        series: study.series[0].uid,
        region: study.regions[0].id,
        settings: {
          ...settings,
          families: ['intensity_histogram'],
          discretisation: { method: 'FBN', bins: n, width: 25 },
        },
      });
      const values = table.features.filter((f) => f.value !== null).length;
      return { values, fromCache: table.fromCache };
    },
    { settings: DEFAULT_SETTINGS, n: bins },
  );

const cacheState = (page: Page) => page.evaluate(() => (window as unknown as Bench).kinetex.cache.state());

/** Records that do not hold what their own size says, and all records. */
const records = (page: Page) =>
  page.evaluate(async () => {
    // To open what is not there would make it.
    if (!(await indexedDB.databases()).some((d) => d.name === 'kinetex')) return { all: 0, torn: 0 };
    const result = <T>(asked: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        asked.onerror = () => reject(asked.error!);
        asked.onsuccess = () => resolve(asked.result);
      });
    const db = await result(indexedDB.open('kinetex'));
    const rows = (await result(db.transaction('results').objectStore('results').getAll())) as {
      value: unknown;
      bytes: number;
      key: string;
    }[];
    db.close();
    const torn = rows.filter((r) => JSON.stringify(r.value).length !== r.bytes || r.key.length !== 64);
    return { all: rows.length, torn: torn.length };
  });

describe('storage that fails', () => {
  let v: Visit;
  beforeAll(async () => {
    v = await visit('served');
    await openStudy(v.page);
  });
  afterAll(() => v.leave());

  const erase = () => v.page.evaluate(() => (window as unknown as Bench).kinetex.cache.eraseAll());

  it('never stops computing, whichever operation of the storage fails', async () => {
    await v.page.evaluate(() => {
      const counter = { n: 0, failAt: 0 };
      (window as unknown as { counter: typeof counter }).counter = counter;
      const spoil = (owner: object, name: string) => {
        const whole = (owner as Record<string, (...a: unknown[]) => unknown>)[name];
        Object.defineProperty(owner, name, {
          value(this: unknown, ...args: unknown[]) {
            if (++counter.n === counter.failAt) throw new DOMException('made to fail', 'UnknownError');
            return whole.apply(this, args);
          },
        });
      };
      for (const name of ['put', 'get', 'getAll']) spoil(IDBObjectStore.prototype, name);
      spoil(IDBDatabase.prototype, 'transaction');
      spoil(IDBFactory.prototype, 'open');
    });
    const arm = (failAt: number) =>
      v.page.evaluate((at) => {
        Object.assign((window as unknown as { counter: object }).counter, { n: 0, failAt: at });
      }, failAt);
    const used = () => v.page.evaluate(() => (window as unknown as { counter: { n: number } }).counter.n);
    const round = async (failAt: number) => {
      await arm(0);
      expect(await erase(), `erased before failure ${failAt}`).toBe(true);
      await arm(failAt);
      const values: number[] = [];
      for (const bins of [8, 16, 8]) values.push((await extract(v.page, bins)).values);
      expect(new Set(values).size, `values with failure ${failAt}: ${values.join()}`).toBe(1);
      expect(values[0]).toBeGreaterThan(20);
      const operations = await used();
      await arm(0);
      expect((await records(v.page)).torn, `torn after failure ${failAt}`).toBe(0);
      return operations;
    };
    const operations = await round(0);
    // Opening, and for each of three extractions a look, a record or its use, and a trim.
    expect(operations).toBeGreaterThan(10);
    for (let n = 1; n <= operations; n++) await round(n);
    expect(v.errors).toEqual([]);
  });

  it('survives that all data of the site are cleared in mid-session', async () => {
    const before = await extract(v.page, 40);
    const cdp = await v.context.newCDPSession(v.page);
    const origin = new URL(v.page.url()).origin;
    await cdp.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
    expect(await extract(v.page, 40)).toEqual({ values: before.values, fromCache: false });
    expect((await extract(v.page, 41)).values).toBe(before.values);
    expect((await extract(v.page, 41)).fromCache).toBe(true);
  });

  it('steps aside at once for a newer version in another tab, and computes on', async () => {
    await extract(v.page, 50);
    const other = await v.context.newPage();
    await other.goto(v.page.url());
    await loaded(other);
    const waited = await other.evaluate(
      () =>
        new Promise<number>((resolve, reject) => {
          const start = performance.now();
          const asked = indexedDB.open('kinetex', 99);
          asked.onerror = () => reject(asked.error);
          asked.onsuccess = () => {
            asked.result.onversionchange = () => asked.result.close();
            resolve(performance.now() - start);
          };
        }),
    );
    expect(waited).toBeLessThan(2000);
    // The old tab cannot use the newer database: it works on without, and says so.
    expect(await extract(v.page, 51)).toMatchObject({ fromCache: false });
    expect(await cacheState(v.page)).toMatchObject({ available: false, problem: 'unavailable' });
    await other.close();
    expect(await erase()).toBe(true);
    await extract(v.page, 52);
    expect((await extract(v.page, 52)).fromCache).toBe(true);
  });
});

describe('storage that is full', () => {
  // A page of its own: Chromium remembers for half a minute how much room an origin had.
  let v: Visit;
  beforeAll(async () => {
    v = await visit('served');
    await openStudy(v.page);
  });
  afterAll(() => v.leave());

  it('is told in one plain sentence, and computing goes on', async () => {
    const cdp = await v.context.newCDPSession(v.page);
    const origin = new URL(v.page.url()).origin;
    await cdp.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
    for (const bins of [32, 33]) expect((await extract(v.page, bins)).values).toBeGreaterThan(20);
    expect(await cacheState(v.page)).toMatchObject({ problem: 'full', entries: 0 });
    expect((await records(v.page)).all).toBe(0);
    await v.page
      .getByRole('button', { name: /Settings of the page/ })
      .first()
      .click();
    await v.page.getByText('storage is full', { exact: false }).waitFor();
    expect(v.errors).toEqual([]);
  });
});

// KILLS=100 is the full amount of SAFETY.
const KILLS = Number(process.env.KILLS ?? 10);

it(
  `a browser killed ${KILLS} times while it writes shows no torn result`,
  { timeout: 60_000 + 20_000 * KILLS },
  async () => {
    const profile = mkdtempSync(join(tmpdir(), 'kinetex-killed-'));
    const server = await serve({ port: 0 });
    const started = async () => {
      const browser = await startBrowser(profile);
      const page = browser.context.pages()[0] ?? (await browser.context.newPage());
      await page.goto(server.address);
      await loaded(page);
      return { browser, page };
    };
    let [kept, most, givenUp] = [0, 0, 0];
    let { browser, page } = await started();
    try {
      for (let kill = 0; kill < KILLS; kill++) {
        await openStudy(page);
        const writing = (async () => {
          for (let bins = 2; ; bins++) await extract(page, 1000 * kill + bins);
        })().catch(() => undefined);
        await new Promise((resolve) => setTimeout(resolve, 150 + ((kill * 613) % 700)));
        await browser.kill();
        await writing;
        ({ browser, page } = await started());
        expect((await cacheState(page)).available, `after kill ${kill + 1}`).toBe(true);
        const found = await records(page);
        expect(found.torn, `after kill ${kill + 1}`).toBe(0);
        // At most what was being written is lost. Seldom (seen once in some hundred kills) Chromium itself gives up the
        // whole database of a profile that was killed: the page then starts anew, and never shows half of it.
        if (found.all === 0 && kept > 0) givenUp++;
        else expect(found.all).toBeGreaterThanOrEqual(kept);
        kept = found.all;
        most = Math.max(most, kept);
      }
      console.log(
        `killed ${KILLS} times while writing: ${kept} results kept, 0 torn, ${givenUp} databases given up`,
      );
      expect(givenUp).toBeLessThanOrEqual(1);
      expect(most).toBeGreaterThan(KILLS);
    } finally {
      await browser.kill();
      server.close();
      rmSync(profile, { recursive: true, force: true });
    }
  },
);
