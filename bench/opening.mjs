// Part A: opening 300 slices of 512 × 512 in the built page, in headless Chromium, over the project's own server.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { ensureBrowser, FLAGS } from '../scripts/browser.mjs';
import { firstLoadFiles } from '../scripts/first-load.mjs';
import { serve } from '../scripts/serve.mjs';
import { load } from './bundle.mjs';
import { median, table, time } from './table.mjs';

const root = dirname(import.meta.dirname);
const AIMS = { 'page ready': 2000, 'first picture': 1000, 'volume ready': 3000 };
const FIRST_LOAD_AIM = 300 * 1024;

/**
 * Opens the study in fresh pages and prints medians.
 *
 * Hooks of the page: `window.kinetex` (the Engine) stands when the page is ready, and these marks of User Timing:
 * `kinetex:page-ready` (the page takes files), `kinetex:files` (files were dropped or picked),
 * `kinetex:first-picture` (a plane of the opened study is on the canvas), `kinetex:volume-ready` (the whole volume is
 * in the viewer). Files go in through the page's own file input (not the one for folders). Without the marks the engine alone is
 * measured: open to the first series, and open to `volume()`.
 */
export async function benchOpening({ runs, slices = 300, dist = join(root, 'dist') }) {
  if (!existsSync(join(dist, 'index.html'))) {
    console.log('opening: dist/ is missing; run "npm run build" first');
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), 'kinetex-bench-'));
  const server = await serve({ port: 0, folder: dist });
  const browser = await chromium.launch({ executablePath: ensureBrowser(), args: FLAGS });
  try {
    const start = performance.now();
    const paths = await writeLargeCt(join(folder, 'large'), slices);
    console.log(`made ${paths.length} files of 512 × 512 in ${time(performance.now() - start)}`);
    const samples = [];
    for (let run = 0; run <= runs; run++) {
      const sample = await openOnce(browser, server.address, paths);
      if (run > 0) samples.push(sample); // the first warms the file cache up
    }
    const steps = [...new Set(samples.flatMap((s) => Object.keys(s)))];
    const rows = steps.map((step) => {
      const values = samples.map((s) => s[step]).filter((v) => v !== undefined);
      const aim = AIMS[step];
      const middle = median(values);
      const verdict = aim ? `${(middle / aim).toFixed(2)}` : '–';
      return [
        step,
        time(middle),
        time(Math.min(...values)),
        time(Math.max(...values)),
        aim ? time(aim) : '–',
        verdict,
      ];
    });
    const first = firstLoad(dist);
    rows.push([
      'first-load script, gzip',
      `${(first / 1024).toFixed(0)} KB`,
      '–',
      '–',
      '300 KB',
      (first / FIRST_LOAD_AIM).toFixed(2),
    ]);
    console.log(`\n## Opening ${slices} slices of 512 × 512, median of ${samples.length}\n`);
    console.log(table(['step', 'median', 'least', 'most', 'aim', 'of aim'], rows));
    return { samples, firstLoadBytes: first };
  } finally {
    await browser.close();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function writeLargeCt(folder, slices) {
  const { largeCtFiles } = await load('make-inputs');
  mkdirSync(folder, { recursive: true });
  const paths = [];
  for (const { path, bytes } of largeCtFiles(512, slices)) {
    const to = join(folder, path.split('/').at(-1));
    writeFileSync(to, bytes);
    paths.push(to);
  }
  return paths;
}

/** One visit in a context of its own, so that no cache of an earlier run helps. Times in ms. */
async function openOnce(browser, address, paths) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  try {
    await page.goto(address, { waitUntil: 'load' });
    await page.waitForFunction(() => 'kinetex' in window, undefined, { timeout: 60_000 });
    const seen = await page.evaluate(() => performance.now());
    const marked = await mark(page, 'kinetex:page-ready', 2000);
    const sample = { 'page ready': marked ?? seen };
    const input = await page.$('input[type=file]:not([webkitdirectory])');
    if (input && marked !== undefined) {
      await input.setInputFiles(paths);
      const files = await mark(page, 'kinetex:files', 60_000);
      const picture = await mark(page, 'kinetex:first-picture', 60_000);
      const ready = await mark(page, 'kinetex:volume-ready', 120_000);
      if (files !== undefined && picture !== undefined) sample['first picture'] = picture - files;
      if (files !== undefined && ready !== undefined) sample['volume ready'] = ready - files;
      return sample;
    }
    return { ...sample, ...(await openWithEngine(page, paths)) };
  } finally {
    await context.close();
  }
}

/** Time of a mark since the page began, or undefined when it does not come. */
async function mark(page, name, timeout) {
  const find = (n) => performance.getEntriesByName(n, 'mark')[0]?.startTime;
  if (timeout > 0) await page.waitForFunction(find, name, { timeout, polling: 50 }).catch(() => undefined);
  return page.evaluate(find, name);
}

/** Without a viewer: the engine's calls alone. */
async function openWithEngine(page, paths) {
  const input = await page.evaluateHandle(() => {
    const made = document.createElement('input');
    made.type = 'file';
    made.multiple = true;
    document.body.append(made);
    return made;
  });
  await input.asElement().setInputFiles(paths);
  return page.evaluate(async (field) => {
    const files = [...field.files].map((file) => ({ path: file.name, content: file }));
    const start = performance.now();
    let first;
    const study = await window.kinetex.open(files, {
      onStudy: (s) => {
        if (s.series.length > 0) first ??= performance.now() - start;
      },
    });
    const opened = performance.now() - start;
    await window.kinetex.volume(study, study.series[0].uid);
    const out = { 'engine: all files read': opened, 'engine: volume': performance.now() - start };
    return first === undefined ? out : { 'engine: first series': first, ...out };
  }, input);
}

/** Bytes of the scripts that the page loads before anything is asked of it, gzipped. */
const firstLoad = (dist) =>
  firstLoadFiles(dist).reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0);
