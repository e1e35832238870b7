// Part D: drawing and editing regions on 512 × 512 × 300, one thread, beside SimpleITK, scikit-image and scipy.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { load } from './bundle.mjs';
import { ensureEnvironment } from './peers.mjs';
import { median, table, time } from './table.mjs';

const root = dirname(import.meta.dirname);
const GROW = [200, 600];
const MARGIN = 5;
/** What issue 5 asks for, ms. */
const AIMS = { 'threshold on screen': 50, growing: 200 };
const BRUSHES = [
  { name: 'disc, 10 mm', brush: { mode: 'add', radius: 10, shape: { kind: 'disc', normal: 2 } } },
  { name: 'disc, 50 mm', brush: { mode: 'add', radius: 50, shape: { kind: 'disc', normal: 2 } } },
  { name: 'disc, 10 mm, sagittal', brush: { mode: 'add', radius: 10, shape: { kind: 'disc', normal: 0 } } },
  { name: 'ball, 10 mm', brush: { mode: 'add', radius: 10, shape: { kind: 'ball' } } },
  { name: 'ball, 30 mm', brush: { mode: 'add', radius: 30, shape: { kind: 'ball' } } },
  { name: 'ball, 10 mm, in range', brush: { mode: 'add', radius: 10, shape: { kind: 'ball' } }, limit: true },
];

/** Milliseconds of `runs` calls after two that warm up. */
function measure(runs, work) {
  work();
  work();
  return Array.from({ length: runs }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
}

function measurePeers(python, engine, image, box, runs) {
  const folder = join(root, 'build/bench');
  mkdirSync(folder, { recursive: true });
  const raw = join(folder, 'regions-image.f32');
  const request = join(folder, 'regions-request.json');
  writeFileSync(raw, new Uint8Array(image.data.buffer));
  writeFileSync(
    request,
    JSON.stringify({
      image: raw,
      size: engine.SIZE,
      spacing: engine.SPACING,
      range: engine.RANGE,
      grow: GROW,
      seed: engine.BALL.centre,
      box,
      margin: MARGIN,
      runs,
    }),
  );
  try {
    const script = join(root, 'bench/peers/regions_bench.py');
    const out = execFileSync(python, [script, request], { encoding: 'utf8', timeout: 15 * 60_000 });
    return JSON.parse(out.trim().split('\n').at(-1));
  } finally {
    rmSync(raw);
  }
}

/** Prints the tables; returns the figures. */
export async function benchRegions({ runs }) {
  const engine = await load('regions');
  const module = await engine.kernels(new Uint8Array(readFileSync(join(root, 'build/kernels.wasm'))));
  const image = engine.makeImage();
  const [low, high] = engine.RANGE;
  const range = { limits: 'range', low: GROW[0], high: GROW[1] };
  const grow = () => engine.operate('growing', range, image, engine.nothing(), module, engine.BALL.centre);
  const ball = grow().mask;
  const reach = Math.ceil(engine.BALL.radius + MARGIN + 2);
  const box = [-1, 1].map((sign) =>
    engine.BALL.centre.map((c, a) => Math.round(c + (sign * reach) / engine.SPACING[a])),
  );
  const screen = new Uint8Array(image.data.length);
  const seen = () => engine.glimpse(low, high, image, [256, 256, 150], screen);
  const tasks = {
    threshold: () => engine.operate('threshold', { low, high }, image, engine.nothing(), module),
    growing: grow,
    islands: () => engine.operate('islands', {}, image, ball, module),
    margin: () => engine.operate('margin', { distance: MARGIN }, image, ball, module),
  };
  const own = Object.entries(tasks).map(([task, work]) => ({
    task,
    voxels: engine.count(work().mask),
    milliseconds: median(measure(runs, work)),
  }));
  // First what a person sees: three slices at once. The whole image follows from a worker.
  const onScreen = median(measure(Math.max(runs, 25), seen));
  const shown = screen.reduce((sum, v) => sum + v, 0);
  own.unshift({ task: 'threshold on screen', voxels: shown, milliseconds: onScreen });

  const peer = ensureEnvironment({
    name: 'regions',
    packages: [['numpy', 'scipy', 'scikit-image', 'SimpleITK']],
    pythons: ['3.11', '3.12', '3.10'],
  });
  if (peer.missing) console.log(`missing peers: SimpleITK, scikit-image, scipy (${peer.missing})`);
  const { version, rows } = peer.missing
    ? { version: '', rows: [] }
    : measurePeers(peer.python, engine, image, box, runs);

  console.log(`\n## Regions on 512 × 512 × 300, one thread, ${version}\n`);
  const strokes = BRUSHES.map(({ name, brush, limit }) => {
    const live = new Uint8Array(image.data.length);
    const given = limit ? { ...brush, limit: { data: image.data, low, high } } : brush;
    engine.stroke(given, live, 80);
    live.fill(0);
    const { times, keep, undo, voxels } = engine.stroke(given, live, 80);
    return { name, median: median(times), worst: Math.max(...times), keep, undo, voxels };
  });
  console.log(
    table(
      ['brush, 80 steps', 'a step', 'worst step', 'aim', 'keep the stroke', 'undo', 'voxels'],
      strokes.map((s) => [
        s.name,
        time(s.median),
        time(s.worst),
        '16 ms',
        time(s.keep),
        time(s.undo),
        s.voxels.toLocaleString('en'),
      ]),
    ),
  );
  console.log();
  console.log(
    table(
      ['task', 'kinetex', 'aim', 'voxels', 'peer', 'peer time', 'ratio', 'peer voxels'],
      own.flatMap((o) => {
        const peers = rows.filter((r) => r.task === o.task);
        return (peers.length ? peers : [undefined]).map((p) => {
          const theirs = p && 1000 * median(p.seconds);
          return [
            o.task,
            time(o.milliseconds),
            AIMS[o.task] ? `${AIMS[o.task]} ms` : '–',
            o.voxels.toLocaleString('en'),
            p?.peer ?? '–',
            time(theirs),
            p ? `${(theirs / o.milliseconds).toPrecision(3)}×` : '–',
            p ? p.voxels.toLocaleString('en') : '–',
          ];
        });
      }),
    ),
  );
  return { peers: version, strokes, tasks: own, rows };
}
