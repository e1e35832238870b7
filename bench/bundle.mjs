// The bench measures the product's own TypeScript: bundles an entry for Node, once a run.
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';

const root = dirname(import.meta.dirname);

/** Imports `bench/entries/NAME.ts` with everything that it needs. */
export async function load(name) {
  const outDir = join(root, 'build/bench', name);
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    define: { __KINETEX_VERSION__: JSON.stringify('bench') },
    build: {
      ssr: join(root, 'bench/entries', `${name}.ts`),
      outDir,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      rolldownOptions: { output: { entryFileNames: `${name}.mjs` } },
    },
    ssr: { noExternal: true },
  });
  return import(pathToFileURL(join(outDir, `${name}.mjs`)).href);
}
