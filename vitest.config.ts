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
    include: ['src/**/*.test.ts', 'tests/{architecture,conformance,fuzz,command-line,quality}/**/*.test.ts'],
    exclude: ['src/**/*.browser.test.ts'],
    environment: 'node',
    testTimeout: 60_000,
    maxWorkers: 2,
  },
});
