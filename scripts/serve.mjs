// Serves dist/ on this machine only, with the headers of policy.mjs. Nothing else is served and nothing is logged.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { dirname, extname, join, normalize } from 'node:path';
import { HEADERS, OFFLINE_HEADERS } from './policy.mjs';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

/** Starts the server; resolves with its address once it listens. Port 0 takes any free one. */
export function serve({ port = 4173, folder = join(dirname(import.meta.dirname), 'dist') } = {}) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent((request.url ?? '/').split('?')[0]);
    const file = join(folder, normalize(path === '/' ? '/index.html' : path));
    const type = TYPES[extname(file)];
    if (!['GET', 'HEAD'].includes(request.method) || !file.startsWith(folder) || !type) {
      response.writeHead(404, HEADERS).end();
      return;
    }
    try {
      const body = await readFile(file);
      const headers = /^\/offline-\w+\.js$/.test(path)
        ? OFFLINE_HEADERS
        : { ...HEADERS, 'Cache-Control': 'no-cache' };
      response.writeHead(200, { ...headers, 'Content-Type': type }).end(body);
    } catch {
      response.writeHead(404, HEADERS).end();
    }
  });
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () =>
      resolve({ address: `http://127.0.0.1:${server.address().port}/`, close }),
    );
  });
}
