// Kinetic fits by the shaders in Chromium, on the GPU that it offers: SwiftShader, which is a processor, where there is none.
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { FLAGS, findBrowser } from '../scripts/browser.mjs';
import { serve } from '../scripts/serve.mjs';
import { median } from './table.mjs';

const root = dirname(import.meta.dirname);
const folder = join(root, 'build/bench/kinetics-gpu');

/** Models, and voxels of a timed run: few, for SwiftShader is slow. */
const VOXELS = {
  'extended-tofts': 4096,
  patlak: 4096,
  'two-compartment-exchange': 128,
  'adiabatic-tissue-homogeneity': 128,
};

async function bundle() {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    define: { __KINETEX_VERSION__: JSON.stringify('bench') },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2022',
      lib: {
        entry: join(root, 'bench/entries/kinetics-gpu.ts'),
        formats: ['es'],
        fileName: () => 'bench.js',
      },
    },
    publicDir: false,
  });
  writeFileSync(
    join(folder, 'index.html'),
    '<!doctype html><title>bench</title><script type="module" src="bench.js"></script>',
  );
}

/** The device by its name, and fits a second of each model; `missing` says why there are none. */
export async function benchKineticsOnGpu({ runs }) {
  const executablePath = findBrowser();
  if (!executablePath) return { missing: 'no Chromium' };
  await bundle();
  const server = await serve({ port: 0, folder });
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  try {
    const page = await browser.newPage();
    await page.goto(server.address);
    await page.waitForFunction(() => 'kinetexBench' in globalThis);
    const device = await page.evaluate(() => globalThis.kinetexBench.device());
    if (device.missing) return { missing: device.missing };
    const models = [];
    for (const [model, voxels] of Object.entries(VOXELS)) {
      const seconds = await page.evaluate(
        ({ id, count, times }) => globalThis.kinetexBench.measure(id, count, times),
        { id: model, count: voxels, times: runs },
      );
      if (seconds) models.push({ model, voxels, perSecond: voxels / median(seconds) });
    }
    return { device: device.name, browser: browser.version(), models };
  } finally {
    await browser.close();
    server.close();
  }
}
