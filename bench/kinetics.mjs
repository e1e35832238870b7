// Part C: kinetic fits a second on one core beside Python's, in the same run, and a whole volume on all cores.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { load } from './bundle.mjs';
import { benchKineticsOnGpu } from './kinetics-gpu.mjs';
import { ensureEnvironment } from './peers.mjs';
import { median, table, time } from './table.mjs';

const root = dirname(import.meta.dirname);
const VOLUME = 256 * 256 * 20;
const ETM = 'extended-tofts';
const PATLAK = 'patlak';

/** Models, voxels a timed run for this engine, and for each peer. */
const MODELS = [
  { id: ETM, own: 40_000, peers: { scipy: 300, loop: 150 } },
  { id: PATLAK, own: 200_000, peers: { scipy: 400, lstsq: 4000, 'lstsq at once': 40_000 } },
  { id: 'two-compartment-exchange', own: 4000, peers: { scipy: 40 } },
  { id: 'adiabatic-tissue-homogeneity', own: 2000, peers: { scipy: 25 } },
];

const rate = (perSecond) => (perSecond === undefined ? '–' : Math.round(perSecond).toLocaleString('en'));

/** Seconds of `runs` calls after one that warms up. */
function measure(runs, work) {
  work();
  return Array.from({ length: runs }, () => {
    const start = performance.now();
    work();
    return (performance.now() - start) / 1000;
  });
}

function measurePeers(python, engine, runs) {
  const tasks = MODELS.flatMap(({ id, peers }) =>
    Object.entries(peers).map(([way, voxels]) => ({
      model: id,
      way,
      curves: [...engine.simulate(id, voxels)],
    })),
  );
  const file = join(root, 'build/bench/kinetics-request.json');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ ...engine.input(), runs, tasks }));
  const script = join(root, 'bench/peers/kinetics_bench.py');
  const out = execFileSync(python, [script, file], {
    encoding: 'utf8',
    maxBuffer: 1e8,
    timeout: 20 * 60_000,
  });
  return JSON.parse(out.trim().split('\n').at(-1));
}

/** Largest excess of one sum of squares over the other, relative; both ways. */
function excess(ours, theirs) {
  const rise = (a, b) => Math.max(...a.map((v, i) => v / b[i] - 1));
  return {
    ours: rise(ours.slice(0, theirs.length), theirs),
    theirs: rise(theirs, ours.slice(0, theirs.length)),
  };
}

/** Seconds for one worker a core, each with its share of the volume; from the moment that all are ready. */
async function measureVolume(bytes, curves, frames, cores) {
  const each = Math.ceil(VOLUME / cores);
  const workers = Array.from({ length: cores }, (_, n) => {
    const voxels = Math.min(each, VOLUME - n * each);
    return new Worker(new URL('./kinetics-worker.mjs', import.meta.url), {
      workerData: { bytes, model: ETM, voxels, frames, curves },
    });
  });
  const said = (w) => new Promise((resolve, reject) => w.once('message', resolve).once('error', reject));
  await Promise.all(workers.map(said));
  const start = performance.now();
  const ends = workers.map(said);
  for (const w of workers) w.postMessage('go');
  await Promise.all(ends);
  const seconds = (performance.now() - start) / 1000;
  await Promise.all(workers.map((w) => w.terminate()));
  return seconds;
}

/** Prints the tables; returns the figures. */
export async function benchKinetics({ runs }) {
  const engine = await load('kinetics');
  const bytes = new Uint8Array(readFileSync(join(root, 'build/kernels.wasm')));
  const module = await engine.kernels(bytes);
  const peer = ensureEnvironment({
    name: 'scipy',
    packages: [['numpy', 'scipy']],
    pythons: ['3.11', '3.12', '3.10'],
  });
  if (peer.missing) console.log(`missing peer: scipy (${peer.missing})`);
  const { version, rows } = peer.missing
    ? { version: '', rows: [] }
    : measurePeers(peer.python, engine, runs);
  console.log(`\n## Kinetic fits, ${engine.FRAMES} frames, one core, ${version}\n`);
  const figures = [];
  for (const { id, own } of MODELS) {
    const curves = engine.simulate(id, own);
    const wasm = own / median(measure(runs, () => engine.fit(id, curves, module)));
    const few = curves.subarray(0, engine.FRAMES * Math.max(20, own / 200));
    const reference = few.length / engine.FRAMES / median(measure(1, () => engine.fit(id, few)));
    const { squares, converged } = engine.summary(engine.fit(id, curves, module));
    const peers = rows
      .filter((r) => r.model === id)
      .map((r) => ({
        way: r.way,
        perSecond: r.voxels / median(r.seconds),
        excess: r.way === 'loop' ? undefined : excess(squares, r.squares),
      }));
    figures.push({ model: id, wasm, reference, converged, peers });
  }
  console.log(
    table(
      [
        'model',
        'kinetex fits/s',
        'float64 reference',
        'converged',
        'peer',
        'peer fits/s',
        'ratio',
        'squares above peer',
        'peer above',
      ],
      figures.flatMap((f) =>
        (f.peers.length ? f.peers : [undefined]).map((p) => [
          f.model,
          rate(f.wasm),
          rate(f.reference),
          `${(100 * f.converged).toFixed(1)} %`,
          p?.way ?? '–',
          rate(p?.perSecond),
          p ? `${(f.wasm / p.perSecond).toPrecision(3)}×` : '–',
          p?.excess ? p.excess.ours.toExponential(1) : '–',
          p?.excess ? p.excess.theirs.toExponential(1) : '–',
        ]),
      ),
    ),
  );
  const curves = engine.simulate(ETM, 20_000);
  const volume = [];
  for (const cores of [...new Set([1, availableParallelism()])])
    volume.push({ cores, seconds: await measureVolume(bytes, curves, engine.FRAMES, cores) });
  console.log(`\n256 × 256 × 20 voxels × ${engine.FRAMES} frames, extended Tofts:\n`);
  console.log(
    table(
      ['cores', 'time', 'fits/s', 'against one core'],
      volume.map((v) => [
        v.cores,
        time(1000 * v.seconds),
        rate(VOLUME / v.seconds),
        `${(volume[0].seconds / v.seconds).toFixed(2)}×`,
      ]),
    ),
  );
  const gpu = await benchKineticsOnGpu({ runs });
  if (gpu.missing) console.log(`\nWGSL not measured: ${gpu.missing}`);
  else {
    console.log(`\nWGSL on ${gpu.device}, Chromium ${gpu.browser}, ${engine.FRAMES} frames:\n`);
    console.log(
      table(
        ['model', 'voxels', 'fits/s'],
        gpu.models.map((m) => [m.model, m.voxels, rate(m.perSecond)]),
      ),
    );
  }
  return { peers: version, models: figures, volume, gpu };
}
