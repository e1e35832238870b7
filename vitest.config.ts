import { readFileSync } from 'node:fs';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  version: string;
};

// What runs in Node: unit tests beside the code, conformance with published values and real files, architecture, bad input.
export default defineConfig({
  plugins: [svelte({ configFile: false })],
  define: { __KINETEX_VERSION__: JSON.stringify(version) },
  test: {
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    // Those that need a browser have configurations of their own.
    exclude: ['src/**/*.browser.test.ts', 'tests/{browser,end-to-end}/**'],
    environment: 'node',
    testTimeout: 120_000,
    maxWorkers: 2,
  },
});
