// Puts the Wasm bytes of the image codecs into TypeScript modules: the page may fetch nothing. Each is loaded on demand.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const root = dirname(import.meta.dirname);
const require = createRequire(import.meta.url);

const CODECS = {
  openjpeg: '@cornerstonejs/codec-openjpeg/decodewasm',
};

export async function embedCodecs() {
  for (const [name, path] of Object.entries(CODECS)) {
    const bytes = readFileSync(require.resolve(path));
    const text = `// Made by scripts/embed-codecs.mjs from ${path}. Do not edit.\nexport const WASM_BASE64 =\n  '${bytes.toString('base64')}';\n`;
    const target = join(root, `src/formats/dicom/codecs/${name}.generated.ts`);
    if (!existsSync(target) || readFileSync(target, 'utf8') !== text) writeFileSync(target, text);
  }
}

if (process.argv[1] === import.meta.filename) await embedCodecs();
