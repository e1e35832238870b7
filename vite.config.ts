import { readFileSync } from 'node:fs';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';
import { META_POLICY } from './scripts/policy.mjs';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const WORKER = 'virtual:kinetex-worker';

/** On Vite's own server (tests in a browser) the worker is a module of that server; builds bring its source instead. */
export function workerOfServer(): Plugin {
  return {
    name: 'kinetex-worker-of-server',
    apply: 'serve',
    resolveId: (id) => (id === WORKER ? `\0${WORKER}` : undefined),
    load: (id) =>
      id === `\0${WORKER}`
        ? `import url from '/src/engine/worker/worker.ts?worker&url';\nexport { url };\nexport const load = undefined;`
        : undefined,
  };
}

/** Puts the policy into the page itself, for hosts that send no headers. */
function policyInPage(): Plugin {
  return {
    name: 'kinetex-policy',
    apply: 'build',
    transformIndexHtml: {
      order: 'pre',
      handler: () => [
        {
          tag: 'meta',
          attrs: { 'http-equiv': 'Content-Security-Policy', content: META_POLICY },
          injectTo: 'head-prepend',
        },
      ],
    },
  };
}

export default defineConfig({
  base: './',
  plugins: [workerOfServer(), svelte({ configFile: false }), policyInPage()],
  define: { __KINETEX_VERSION__: JSON.stringify(version) },
  worker: { format: 'es' },
  build: { target: 'es2022', modulePreload: false, assetsInlineLimit: 0, reportCompressedSize: false },
});
