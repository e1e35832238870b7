// Compiles every kernel under assembly/ into one Wasm module, and embeds its bytes in a TypeScript module, so that
// the page needs no fetch to start it (connect-src 'none').
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import asc from 'assemblyscript/asc';

const root = dirname(import.meta.dirname);

/** Folders whose name starts with `_` hold shared inline code and are not entries. */
function entries(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((e) => {
    if (e.name.startsWith('_')) return [];
    const path = `${folder}/${e.name}`;
    return e.isDirectory() ? entries(path) : e.name.endsWith('.ts') ? [path] : [];
  });
}

export async function buildKernels() {
  const out = join(root, 'build/kernels.wasm');
  const files = entries('assembly').sort();
  refuseDoubleExports(files);
  mkdirSync(dirname(out), { recursive: true });
  const { error, stderr } = await asc.main(
    [
      ...files,
      '--config',
      'asconfig.json',
      '--target',
      'release',
      '-o',
      'build/kernels.wasm',
      '--baseDir',
      root,
    ],
    {},
  );
  const messages = stderr.toString();
  if (error) throw new Error(`asc: ${error.message}\n${messages}`);
  if (messages.trim()) process.stderr.write(messages);
  const bytes = readFileSync(out);
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  const made = '// Made by scripts/build-kernels.mjs from assembly/. Do not edit.\n';
  writeIfChanged(
    'kernels.generated.ts',
    `${made}export const KERNELS_BASE64 =\n  '${bytes.toString('base64')}';\n`,
  );
  // Apart, so that the page can name the kernels without carrying them.
  writeIfChanged('kernels-hash.generated.ts', `${made}export const KERNELS_HASH = '${hash}';\n`);
  process.stdout.write(`kernels: ${files.length} files, ${bytes.length} bytes, ${hash}\n`);
}

function writeIfChanged(name, text) {
  const target = join(root, 'src/engine/wasm', name);
  if (!existsSync(target) || readFileSync(target, 'utf8') !== text) writeFileSync(target, text);
}

/** asc keeps only one of two equal export names, silently; so this refuses them. */
function refuseDoubleExports(files) {
  const seen = new Map();
  for (const file of files) {
    for (const [, name] of readFileSync(join(root, file), 'utf8').matchAll(/^export function (\w+)/gm)) {
      if (seen.has(name)) throw new Error(`${name} is exported by ${seen.get(name)} and ${file}`);
      seen.set(name, file);
    }
  }
}

if (process.argv[1] === import.meta.filename) await buildKernels();
