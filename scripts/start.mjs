// npm start: sets up, builds and serves the page, from a fresh clone on.
import { install } from './install.mjs';

install();
const { build } = await import('./build.mjs');
await build();
const { serve } = await import('./serve.mjs');
const port = Number(process.env.PORT ?? 4173);
const { address } = await serve({ port }).catch(() => serve({ port: 0 }));
process.stdout.write(`\nKinetex is at ${address}  (this machine only; Ctrl+C stops it)\n`);
