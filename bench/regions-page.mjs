// Drawing on 512 × 512 × 300 as a person meets it: from the movement of the hand to the frame, in headless Chromium.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { ensureBrowser, FLAGS } from '../scripts/browser.mjs';
import { serve } from '../scripts/serve.mjs';
import { writeLargeCt } from './opening.mjs';
import { median, table, time } from './table.mjs';

const root = dirname(import.meta.dirname);
const STEPS = 40;
const AIMS = { 'brush, disc of 10 mm': 16, 'brush, ball of 30 mm': 16, 'threshold, slider': 50 };

/** Prints what each step costs the page and when it is on screen; of a threshold also when the whole image is there. */
export async function benchRegionsPage({ slices = 300, dist = join(root, 'dist') } = {}) {
  if (!existsSync(join(dist, 'index.html'))) {
    console.log('regions in the page: dist/ is missing; run "npm run build" first');
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), 'kinetex-bench-'));
  const server = await serve({ port: 0, folder: dist });
  const browser = await chromium.launch({ executablePath: ensureBrowser(), args: FLAGS });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(server.address);
    await page.waitForFunction(() => performance.getEntriesByName('kinetex:loaded').length > 0);
    const files = await writeLargeCt(join(folder, 'large'), slices);
    await (await page.$('input[type=file]:not([webkitdirectory])')).setInputFiles(files);
    await page.waitForFunction(
      () => performance.getEntriesByName('kinetex:volume-ready').length > 0,
      undefined,
      {
        timeout: 120_000,
      },
    );
    await page.getByRole('tab', { name: /Regions/ }).click();
    await page.getByRole('button', { name: 'New', exact: true }).waitFor();
    const drawnBy = await page.locator('[data-drawn-by]').first().getAttribute('data-drawn-by');
    const figures = {
      'brush, disc of 10 mm': { handled: await brush(page, 10, 'Disc (2-D)') },
      'brush, ball of 30 mm': { handled: await brush(page, 30, 'Ball (3-D)') },
      ...(await threshold(page)),
    };
    console.log(
      `\n## Regions in the page, 512 × 512 × ${slices}, drawn by ${drawnBy}, median of ${STEPS} steps\n`,
    );
    console.log(
      table(
        ['step', 'work of the page', 'worst', 'aim', 'event to frame', 'whole image'],
        Object.entries(figures).map(([name, { handled, whole }]) => [
          name,
          time(median(handled.map((h) => h.work))),
          time(Math.max(...handled.map((h) => h.work))),
          `${AIMS[name]} ms`,
          time(median(handled.map((h) => h.frame))),
          whole ? time(median(whole)) : '–',
        ]),
      ),
    );
    return figures;
  } finally {
    await browser.close();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Times of the movements of one stroke, ms. */
async function brush(page, radius, shape) {
  await page.keyboard.press('b');
  await page.getByText(shape).click();
  await page.locator('.size input').fill(String(radius));
  const box = await page.getByRole('application', { name: 'Axial' }).boundingBox();
  const at = (n) => [
    box.x + box.width / 2 + 60 * Math.cos(n / 6),
    box.y + box.height / 2 + 60 * Math.sin(n / 6),
  ];
  await page.mouse.move(...at(0));
  await page.mouse.down();
  await listen(page, 'pointermove');
  for (let n = 1; n <= STEPS; n++) {
    await page.mouse.move(...at(n));
    await page.waitForFunction((count) => window.handled.length >= count, n, { polling: 20 });
  }
  await page.mouse.up();
  await page.keyboard.press('Escape');
  return heard(page, 'pointermove');
}

/**
 * Writes down each event: `work` is the time of the page's own scripts, those of the event and those of the next frame, and
 * `frame` the time from the event to the end of that frame, waiting for it included.
 */
async function listen(page, event) {
  await page.evaluate((name) => {
    window.handled = [];
    window.heard = () => {
      const start = performance.now();
      let begun = 0;
      // The first callback of the next frame; the page's own come behind it.
      requestAnimationFrame(() => (begun = performance.now()));
      // Behind all listeners, and the effects that they set off as microtasks.
      window.addEventListener(
        name,
        () =>
          queueMicrotask(() =>
            queueMicrotask(() => {
              const listeners = performance.now() - start;
              requestAnimationFrame(() => {
                const end = performance.now();
                window.handled.push({ work: listeners + end - begun, frame: end - start });
              });
            }),
          ),
        { once: true },
      );
    };
    window.addEventListener(name, window.heard, { capture: true });
  }, event);
}

const heard = (page, event) =>
  page.evaluate((name) => {
    window.removeEventListener(name, window.heard, { capture: true });
    return window.handled;
  }, event);

/** A slider that is moved: until the slices on screen are drawn, and until the whole image is there. */
async function threshold(page) {
  await page.getByRole('button', { name: 'Operations' }).click();
  const accept = page.getByRole('button', { name: 'Accept' });
  const whole = [];
  await page.waitForTimeout(1000);
  await listen(page, 'input');
  for (let n = 0; n < STEPS; n++) {
    const start = Date.now();
    await page.evaluate(
      (value) => {
        const slider = document.querySelector('input.slider');
        slider.value = value;
        slider.dispatchEvent(new Event('input', { bubbles: true }));
      },
      String(-150 + 5 * n),
    );
    await page.waitForFunction((count) => window.handled.length >= count, n + 1, { polling: 20 });
    await accept.and(page.locator(':enabled')).waitFor();
    whole.push(Date.now() - start);
  }
  return { 'threshold, slider': { handled: await heard(page, 'input'), whole } };
}
