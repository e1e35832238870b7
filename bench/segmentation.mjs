// Segmentation beside PyMaxflow, scikit-learn and scikit-image: the same arrays, one thread each, in the same run.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { load } from './bundle.mjs';
import { ensureEnvironment } from './peers.mjs';
import { median, table, time } from './table.mjs';

const root = dirname(import.meta.dirname);
const WEIGHT = 300;
const CLASSES = 3;

const LABELS = {
  'graph-cut': 'graph cut, 128³, the same network',
  'k-means': `k-means, 128³ values, ${CLASSES} classes, one start`,
  'chan-vese-2d': 'Chan-Vese, 256², to rest',
  'chan-vese-3d': 'Chan-Vese, 64³ (peer: morphological, 100 steps)',
  strokes: '64³ from two strokes: graph cut (peer: random walker)',
};

/** This engine's way of each task: what it gives is compared with the peer's by one number. */
function tasksOf(engine, module) {
  const large = engine.ball([128, 128, 128], 60);
  const small = engine.ball([64, 64, 64], 60);
  const flat = engine.ball([256, 256, 1], 50);
  const network = engine.network(large, WEIGHT);
  return [
    { id: 'graph-cut', picture: large, work: () => engine.gridCut(network, module).flow, says: 'flow' },
    {
      id: 'k-means',
      picture: large,
      work: () => engine.kMeans(large, CLASSES, module).withinSquares,
      says: 'within squares',
    },
    {
      id: 'chan-vese-2d',
      picture: flat,
      work: () => engine.dice(flat, engine.run(flat, { method: 'chan-vese' }, module)),
      says: 'Dice',
    },
    {
      id: 'chan-vese-3d',
      picture: small,
      work: () => engine.dice(small, engine.run(small, { method: 'chan-vese' }, module)),
      says: 'Dice',
    },
    {
      id: 'strokes',
      picture: small,
      work: () =>
        engine.dice(
          small,
          engine.run(small, { method: 'markov-random-field', scribbles: small.strokes }, module),
        ),
      says: 'Dice',
    },
  ];
}

function measure(runs, work) {
  let value = work();
  const milliseconds = Array.from({ length: runs }, () => {
    const start = performance.now();
    value = work();
    return performance.now() - start;
  });
  return { value, milliseconds: median(milliseconds) };
}

function measurePeers(python, tasks, runs) {
  const folder = join(root, 'build/bench/segmentation-arrays');
  mkdirSync(folder, { recursive: true });
  const request = tasks.map(({ id, picture }) => {
    const files = { data: `${id}.data`, truth: `${id}.truth`, strokes: `${id}.strokes` };
    writeFileSync(join(folder, files.data), picture.volume.data);
    writeFileSync(join(folder, files.truth), picture.truth);
    writeFileSync(join(folder, files.strokes), picture.strokes);
    return { id, size: picture.volume.grid.size, ...files };
  });
  const file = join(folder, 'request.json');
  writeFileSync(file, JSON.stringify({ folder, runs, weight: WEIGHT, classes: CLASSES, tasks: request }));
  const out = execFileSync(python, [join(root, 'bench/peers/segmentation_bench.py'), file], {
    encoding: 'utf8',
    maxBuffer: 1e8,
    timeout: 30 * 60_000,
  });
  return JSON.parse(out.trim().split('\n').at(-1));
}

/** Prints the table; returns the figures. */
export async function benchSegmentation({ runs }) {
  const engine = await load('segmentation');
  const module = await engine.kernels(new Uint8Array(readFileSync(join(root, 'build/kernels.wasm'))));
  const peer = ensureEnvironment({
    name: 'segmentation',
    packages: [['numpy', 'scipy', 'scikit-image', 'scikit-learn', 'PyMaxflow']],
    pythons: ['3.11', '3.12', '3.10'],
  });
  if (peer.missing) console.log(`missing peers: PyMaxflow, scikit-learn, scikit-image (${peer.missing})`);
  const tasks = tasksOf(engine, module);
  const own = tasks.map(({ id, work, says }) => ({ id, says, ...measure(runs, work) }));
  const { version, rows } = peer.missing ? { version: '', rows: [] } : measurePeers(peer.python, tasks, runs);
  console.log(`\n## Segmentation, one thread, ${version}\n`);
  const figures = own.map((o) => ({ ...o, peer: rows.find((r) => r.id === o.id) }));
  const shown = (v) => (v === undefined ? '–' : Math.abs(v) <= 1 ? v.toFixed(4) : v.toPrecision(9));
  console.log(
    table(
      ['task', 'kinetex', 'peer', 'peer’s time', 'ratio', 'compared by', 'kinetex gives', 'peer gives'],
      figures.map(({ id, says, value, milliseconds, peer: p }) => [
        LABELS[id],
        time(milliseconds),
        p?.peer ?? '–',
        time(p && 1000 * median(p.seconds)),
        p ? `${((1000 * median(p.seconds)) / milliseconds).toPrecision(3)}×` : '–',
        says,
        shown(value),
        shown(p?.value),
      ]),
    ),
  );
  return { peers: version, tasks: figures };
}
