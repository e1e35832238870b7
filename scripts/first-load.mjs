// What the page loads before anything is asked of it: the entry script and all that it imports at once.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Paths of these scripts in a built `dist`. */
export function firstLoadFiles(dist) {
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const queue = [...html.matchAll(/<script[^>]*\bsrc="([^"]+)"/g)].map((m) => join(dist, m[1]));
  const seen = new Set();
  while (queue.length > 0) {
    const file = queue.pop();
    if (seen.has(file) || !existsSync(file)) continue;
    seen.add(file);
    for (const [, path] of readFileSync(file, 'utf8').matchAll(
      /(?:\bfrom|\bimport)\s*["'](\.[^"']+\.js)["']/g,
    ))
      queue.push(join(dirname(file), path));
  }
  return [...seen];
}
