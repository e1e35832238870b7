// Part R: every quality rule on a CT of 300 slices of 512 × 512, rule by rule in one thread, and as the page's one call.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { ensureBrowser, FLAGS } from '../scripts/browser.mjs';
import { serve } from '../scripts/serve.mjs';
import { load } from './bundle.mjs';
import { median, table, time } from './table.mjs';

const root = dirname(import.meta.dirname);
/** What issue 6 asks for, ms. */
const AIM = 2000;
/** Rules cheaper than this share a row, ms. */
const CHEAP = 10;

/** Prints the tables; returns the figures. */
export async function benchRules({ runs, slices = 300 }) {
  const oneThread = await benchOneThread(runs, slices);
  const page = await benchPage(runs, slices, oneThread.regions);
  return { oneThread: oneThread.figures, page };
}

async function benchOneThread(runs, slices) {
  const { prepare, REGIONS } = await load('rules');
  const judge = await prepare(slices);
  const figures = {};
  for (const region of REGIONS) {
    const first = judge(region);
    const warm = Array.from({ length: runs }, () => judge(region));
    figures[region] = { first, warm, total: median(warm.map((w) => w.total)) };
  }
  const ids = [...new Set(REGIONS.flatMap((r) => Object.keys(figures[r].first.times)))];
  const ofRule = (region, id) => median(figures[region].warm.map((w) => w.times[id] ?? 0));
  const dear = ids.filter((id) => REGIONS.some((r) => ofRule(r, id) >= CHEAP));
  const cheap = ids.filter((id) => !dear.includes(id));
  const row = (name, of) => [name, ...REGIONS.map((r) => time(of(r)))];
  console.log(`\n## Every rule on ${slices} slices of 512 × 512, one thread, Node, median of ${runs}\n`);
  console.log(
    table(
      ['rule', ...REGIONS.map((r) => `region: ${r}`)],
      [
        ...dear.map((id) => row(id, (r) => ofRule(r, id))),
        row(`${cheap.length} others`, (r) => cheap.reduce((sum, id) => sum + ofRule(r, id), 0)),
        row('all', (r) => figures[r].total),
        row('all, first call', (r) => figures[r].first.total),
      ],
    ),
  );
  console.log('\nFacts that several rules ask for count for the first that asks.');
  return { figures, regions: REGIONS };
}

async function benchPage(runs, slices, regions) {
  const dist = join(root, 'dist');
  if (!existsSync(join(dist, 'index.html'))) {
    console.log('rules in the page: dist/ is missing; run "npm run build" first');
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), 'kinetex-rules-'));
  const server = await serve({ port: 0, folder: dist });
  const browser = await chromium.launch({ executablePath: ensureBrowser(), args: FLAGS });
  try {
    const paths = await writeLargeCt(folder, slices);
    const figures = {};
    for (const region of regions)
      figures[region] = await judgeInPage(browser, server.address, paths, region, runs);
    console.log(
      `\n## The page's one call, ${slices} slices of 512 × 512, volume in the viewer, median of ${runs}\n`,
    );
    console.log(
      table(
        ['region', 'first call', 'later calls', 'least', 'most', 'aim', 'of aim', 'page waits at most'],
        regions.map((r) => {
          const { first, later, wait } = figures[r];
          const worst = Math.max(first, median(later));
          return [
            r,
            time(first),
            time(median(later)),
            time(Math.min(...later)),
            time(Math.max(...later)),
            time(AIM),
            (worst / AIM).toFixed(2),
            time(wait),
          ];
        }),
      ),
    );
    return figures;
  } finally {
    await browser.close();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function writeLargeCt(folder, slices) {
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

/** A visit of its own: ms of the first call and of later ones, and the longest that the page did not answer. */
async function judgeInPage(browser, address, paths, region, runs) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  try {
    await page.goto(address, { waitUntil: 'load' });
    await page.waitForFunction(() => 'kinetex' in window, undefined, { timeout: 60_000 });
    const input = await page.evaluateHandle(() => {
      const made = document.createElement('input');
      made.type = 'file';
      made.multiple = true;
      document.body.append(made);
      return made;
    });
    await input.asElement().setInputFiles(paths);
    return await page.evaluate(judgeOften, { field: input, region, runs });
  } finally {
    await context.close();
  }
}

/** Runs in the page. */
async function judgeOften({ field, region, runs }) {
  const files = [...field.files].map((file) => ({ path: file.name, content: file }));
  const study = await window.kinetex.open(files);
  const series = study.series[0].uid;
  const { grid, data } = await window.kinetex.volume(study, series);
  const masks = [];
  if (region !== 'none') {
    const [nx, ny, nz] = grid.size;
    const drawn = new Uint8Array(data.length);
    for (let i = 0; i < drawn.length; i++) {
      if (region === 'body') {
        drawn[i] = data[i] > -500 ? 1 : 0;
        continue;
      }
      const x = (((i % nx) - (nx - 1) / 2) * 360) / nx + 70;
      const y = (((Math.floor(i / nx) % ny) - (ny - 1) / 2) * 360) / ny;
      if (x * x + y * y + (Math.floor(i / (nx * ny)) - (nz - 1) / 2) ** 2 < 144) drawn[i] = 1;
    }
    masks.push({ grid, data: drawn, name: region, colour: [255, 0, 0] });
  }
  let wait = 0;
  let last = performance.now();
  const beat = setInterval(() => {
    const now = performance.now();
    wait = Math.max(wait, now - last);
    last = now;
  }, 1);
  const times = [];
  last = performance.now();
  for (let run = 0; run <= runs; run++) {
    const start = performance.now();
    await window.kinetex.assess({ study, series, masks });
    times.push(performance.now() - start);
  }
  clearInterval(beat);
  return { first: times[0], later: times.slice(1), wait };
}
