// The three bundles made by Vite: the served page, the single file, and the command line for Node.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build } from 'vite';
import { singleFilePolicy } from './policy.mjs';

const root = dirname(import.meta.dirname);
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const define = { __KINETEX_VERSION__: JSON.stringify(version) };
const WORKER = 'virtual:kinetex-worker';
const SOURCE = 'virtual:kinetex-worker-source';

let workerSource;
/** The worker as one classic script with its codecs: the page starts workers from memory, never from its server. */
const source = () => (workerSource ??= script({ entry: 'src/engine/worker/worker.ts', format: 'iife' }));

export async function buildPage() {
  const plugins = [workerModule((await source()).code, 'later')];
  await build({ root, logLevel: 'warn', plugins, build: { emptyOutDir: true, outDir: 'dist' } });
  await addOfflineWorker(join(root, 'dist'));
}

/** dist/offline-<hash>.js keeps the files that stand in dist now; the page learns its name from a link element. */
async function addOfflineWorker(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .map((e) => join(e.parentPath, e.name).slice(folder.length + 1))
    .filter((name) => name !== 'index.html')
    .sort();
  const page = join(folder, 'index.html');
  const digest = createHash('sha256')
    .update(readFileSync(page))
    .update(files.join())
    .digest('hex')
    .slice(0, 12);
  const defined = { __KINETEX_BUILD__: JSON.stringify(digest), __KINETEX_FILES__: JSON.stringify(files) };
  const { code } = await script({ entry: 'src/ui/offline/offline-worker.ts', format: 'iife', defined });
  const name = `offline-${createHash('sha256').update(code).digest('hex').slice(0, 12)}.js`;
  writeFileSync(join(folder, name), code);
  const html = readFileSync(page, 'utf8');
  writeFileSync(
    page,
    html.replace('</head>', () => `  <link rel="kinetex-offline" href="./${name}" />\n  </head>`),
  );
}

/** dist/kinetex.html: script, style, worker and Wasm in one file that starts from a disk. */
export async function buildSingleFile() {
  const page = await script({ entry: 'src/ui/main.ts', format: 'iife', worker: (await source()).code });
  const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  // A script element ends at the first "</script"; inside strings the slash may be escaped.
  const code = page.code.replace(/<\/script/gi, '<\\/script').replace(/<!--/g, '<\\!--');
  const policy = singleFilePolicy([hash(code)], page.css ? [hash(page.css)] : []);
  const html = readFileSync(join(root, 'index.html'), 'utf8')
    .replace(
      '<meta charset="utf-8" />',
      (m) => `${m}\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`,
    )
    .replace('</head>', () => `<style>${page.css}</style>\n  </head>`)
    .replace(/ *<script type="module".*<\/script>\n/, () => `    <script>${code}</script>\n`);
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(join(root, 'dist/kinetex.html'), html);
}

/** dist-cli/kinetex.js, run by `npx kinetex`. */
export async function buildCommandLine() {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    define,
    plugins: [workerModule('')],
    build: { ssr: 'src/cli/main.ts', outDir: 'dist-cli', emptyOutDir: true, target: 'node20', minify: false },
    ssr: { noExternal: true },
  });
}

/** One classic script, with everything that it imports inside, and the styles beside it. */
async function script({ entry, format, worker = '', defined = {} }) {
  const result = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    define: { ...define, ...defined, 'process.env.NODE_ENV': '"production"' },
    plugins: [workerModule(worker), svelte({ configFile: false })],
    build: {
      write: false,
      target: 'es2022',
      cssCodeSplit: false,
      modulePreload: false,
      reportCompressedSize: false,
      // Vite's own loader of chunks asks for the address of its module, in a branch that one script never takes.
      rolldownOptions: {
        input: join(root, entry),
        output: { format, codeSplitting: false },
        checks: { emptyImportMeta: false },
      },
    },
  });
  const { output } = Array.isArray(result) ? result[0] : result;
  const code = output.find((o) => o.type === 'chunk').code;
  const css = output
    .filter((o) => o.type === 'asset' && o.fileName.endsWith('.css'))
    .map((o) => String(o.source));
  return { code, css: css.join('\n') };
}

/** What the page asks for its worker: the source inside the page itself, or in a chunk of its own that comes `later`. */
function workerModule(code, when = 'now') {
  const load = when === 'now' ? `async () => source` : `() => import('${SOURCE}').then((m) => m.source)`;
  const text = `export const source = ${JSON.stringify(code)};\n`;
  const modules = {
    [WORKER]: `${when === 'now' ? text : ''}export const url = null;\nexport const load = ${load};`,
    [SOURCE]: text,
  };
  return {
    name: 'kinetex-worker',
    resolveId: (id) => (Object.hasOwn(modules, id) ? `\0${id}` : undefined),
    load: (id) => modules[id.slice(1)],
  };
}
