#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const main = new URL('../dist-cli/main.js', import.meta.url);
if (!existsSync(fileURLToPath(main))) {
  process.stderr.write('kinetex is not built yet: run "npm ci" and "npm run build" here first.\n');
  process.exit(2);
}
// The codecs' glue asks for its folder as CommonJS has it, though its Wasm bytes are given to it.
globalThis.__dirname ??= fileURLToPath(new URL('.', main));
await import(main.href);
