// One size of part C in a process of its own, so that its memory is its own: prints a line of JSON
// after each run, the least times so far.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { arraysOf } from './inputs.mjs';

const root = dirname(import.meta.dirname);
const [edge, seconds, most] = process.argv.slice(2).map(Number);
const engine = await import(pathToFileURL(join(root, 'build/bench/engine/engine.mjs')).href);
const { correlatedField } = await import(
  pathToFileURL(join(root, 'build/bench/make-inputs/make-inputs.mjs')).href
);
const module = await engine.kernels(new Uint8Array(readFileSync(join(root, 'build/kernels.wasm'))));

/** A cube region of that edge in a textured image with a margin of 8 voxels; the texture repeats every 64 voxels. */
function cube() {
  const margin = 8;
  const n = edge + 2 * margin;
  const tile = correlatedField({ edge: 64, width: 2.5, mean: 1000, deviation: 230, seed: 5 }).phases[0].data;
  const values = new Float32Array(n ** 3);
  const inside = new Uint8Array(n ** 3);
  for (let z = 0, at = 0; z < n; z++) {
    for (let y = 0; y < n; y++) {
      const row = 64 * ((y & 63) + 64 * (z & 63));
      for (let x = 0; x < n; x++, at++) values[at] = Math.round(tile[row + (x & 63)] + 0.2 * (x + y - z));
      if (Math.min(y, z) < margin || Math.max(y, z) >= n - margin) continue;
      inside.fill(1, at - n + margin, at - margin);
    }
  }
  return { size: [n, n, n], spacing: [1, 1, 1], values, inside };
}

const input = arraysOf(cube());
globalThis.gc?.();
const before = process.memoryUsage().rss;
const start = performance.now();
let least;
for (let run = 1; run <= most && (run === 1 || performance.now() - start < 1000 * seconds); run++) {
  const times = engine.timed(...input, 64, module);
  least ??= times;
  for (const [id, ms] of Object.entries(times)) least[id] = Math.min(least[id], ms);
  const peak = process.resourceUsage().maxRSS * 1024;
  const wasm = module.arena.buffer.byteLength;
  const line = { edge, voxels: edge ** 3, runs: run, times: least, wasm, added: peak - before, peak };
  console.log(JSON.stringify(line));
}
