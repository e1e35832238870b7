// Part C: time of each family and memory against the size of the region, as a table and a picture.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { load } from './bundle.mjs';
import { logLogPlot } from './plot.mjs';
import { table, time } from './table.mjs';

const root = dirname(import.meta.dirname);
const EDGES = [32, 64, 128, 192, 256, 320];
/** Smaller regions are bound by what each call costs at least, so the exponent is fitted from here. */
const FIT_FROM = 64;
/** Minutes of the whole part; a size that has not given a first run by then is left out, and said so. */
const TOTAL = 6;
/** Seconds that one size goes on with further runs. */
const AGAIN = 12;

/** Prints a line as each size ends, then the table; writes docs/pictures/cost-against-size.svg; returns the figures. */
export async function benchSize() {
  const end = performance.now() + TOTAL * 60_000;
  await load('engine');
  await load('make-inputs');
  console.log('\n## Cost against size: cube regions, 64 bins, all families, 3D, one thread\n');
  const sizes = [];
  for (const edge of EDGES) {
    const made = measure(edge, end - performance.now());
    if (made === null) {
      console.log(`- ${edge}³: left out, the ${TOTAL} min of this part were over`);
      break;
    }
    sizes.push(made);
    const all = Object.values(made.times).reduce((sum, ms) => sum + ms, 0);
    const nanoseconds = ((all * 1e6) / made.voxels).toFixed(0);
    console.log(`- ${edge}³: ${time(all)}, ${nanoseconds} ns a voxel, least of ${made.runs} runs`);
  }
  if (sizes.filter((s) => s.edge >= FIT_FROM).length < 2) return { sizes };
  const ids = Object.keys(sizes[0].times);
  const totals = sizes.map((s) => ids.reduce((sum, id) => sum + s.times[id], 0));
  const large = sizes.flatMap((s, i) => (s.edge >= FIT_FROM ? [i] : []));
  const exponent = (values) => slope(large.map((i) => [Math.log(sizes[i].voxels), Math.log(values[i])]));
  const lines = [...ids.map((id) => [id, sizes.map((s) => s.times[id])]), ['all', totals]];
  const rows = lines.map(([id, values]) => [label(id), ...values.map(time), exponent(values).toFixed(2)]);
  const nanoseconds = totals.map((ms, i) => ((ms * 1e6) / sizes[i].voxels).toFixed(0));
  const gigabytes = (bytes) => `${(bytes / 2 ** 20).toFixed(0)} MB`;
  rows.push(['all, ns a voxel', ...nanoseconds, '–']);
  rows.push([
    'Wasm memory',
    ...sizes.map((s) => gigabytes(s.wasm)),
    exponent(sizes.map((s) => s.wasm)).toFixed(2),
  ]);
  rows.push([
    'whole process at its peak',
    ...sizes.map((s) => gigabytes(s.peak)),
    exponent(sizes.map((s) => s.peak)).toFixed(2),
  ]);
  const labels = sizes.map((s) => `${s.edge}³`);
  console.log(`\n${table(['work', ...labels, 'exponent'], rows)}`);
  const folder = join(root, 'docs/pictures');
  mkdirSync(folder, { recursive: true });
  const x = sizes.map((s) => s.voxels);
  const svg = logLogPlot({
    title: `Time of each family: all grow as voxels^${exponent(totals).toFixed(2)}`,
    x: { values: x, labels, title: 'voxels in the region' },
    panels: [
      {
        title: 'seconds',
        lines: lines.map(([id, ms]) => ({
          label: label(id),
          values: ms.map((t) => t / 1000),
          strong: id === 'all',
        })),
      },
      {
        title: 'gigabytes',
        lines: [
          { label: 'Wasm memory', values: sizes.map((s) => s.wasm / 2 ** 30) },
          { label: 'whole process', values: sizes.map((s) => s.peak / 2 ** 30), strong: true },
        ],
      },
    ],
  });
  writeFileSync(join(folder, 'cost-against-size.svg'), svg);
  return { sizes, exponent: exponent(totals) };
}

/** One size in a process of its own; null when it gave no run in the time left. */
function measure(edge, milliseconds) {
  if (milliseconds < 1000) return null;
  const script = join(root, 'bench/size-one.mjs');
  const limits = [Math.min(AGAIN, milliseconds / 3000), 12].map(String);
  const child = spawnSync(process.execPath, ['--expose-gc', script, String(edge), ...limits], {
    encoding: 'utf8',
    timeout: Math.round(milliseconds),
    killSignal: 'SIGKILL',
  });
  // A line a run: what was finished before the end counts.
  const lines = child.stdout.split('\n').filter((line) => line.endsWith('}'));
  if (lines.length > 0) return JSON.parse(lines.at(-1));
  if (child.error?.code === 'ETIMEDOUT') return null;
  throw new Error(`${edge}³: ${child.stderr.slice(-500)}`);
}

const label = (id) => id.replaceAll('_', ' ').replace('moran geary', 'Moran and Geary');

/** Slope of the least-squares line through points. */
function slope(points) {
  const mean = [0, 1].map((a) => points.reduce((s, p) => s + p[a], 0) / points.length);
  const cross = points.reduce((s, p) => s + (p[0] - mean[0]) * (p[1] - mean[1]), 0);
  return cross / points.reduce((s, p) => s + (p[0] - mean[0]) ** 2, 0);
}
