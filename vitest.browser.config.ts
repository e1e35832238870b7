import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import base from './vite.config.ts';
import { FLAGS, findBrowser } from './scripts/browser.mjs';

// What needs a browser: workers, the cache, the twins of kernels and shaders. Debian's Chromium, software WebGPU.
export default defineConfig({
  ...base,
  test: {
    include: ['src/**/*.browser.test.ts', 'tests/browser/**/*.test.ts'],
    testTimeout: 60_000,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({
        launchOptions: { executablePath: findBrowser(), args: FLAGS },
        // Pictures of components are taken at this size; a smaller window would shrink them.
        contextOptions: { viewport: { width: 1440, height: 900 } },
      }),
      instances: [{ browser: 'chromium' }],
    },
  },
});
