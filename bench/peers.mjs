// Part B: this engine and its peers on the same region in the same run.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir, availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { load } from './bundle.mjs';
import { inputs } from './inputs.mjs';
import { median, table, time } from './table.mjs';

const root = dirname(import.meta.dirname);
const venvs = join(root, 'bench/.venv');
const BINS = 64;
const TASKS = ['glcm', 'texture', 'morphology', 'moran-geary', 'everything'];
const TEXTURE = ['glcm', 'glrlm', 'glszm', 'gldzm', 'ngtdm', 'ngldm'];

/** Each peer has an environment of its own, with a Python that its wheels were made for. */
const PEERS = [
  { name: 'pyradiomics', packages: [['numpy<2'], ['pyradiomics']], pythons: ['3.9', '3.8'] },
  { name: 'pictologics', packages: [['pictologics']], pythons: ['3.12', '3.13', '3.14'] },
  { name: 'mirp', packages: [['mirp']], pythons: ['3.12', '3.11', '3.13'] },
  { name: 'nyxus', packages: [['nyxus', 'nibabel']], pythons: ['3.12', '3.11', '3.10', '3.9'] },
];

/** Installs what is missing; returns the peers that are there, and for the others why not. */
export function ensurePeers(names = PEERS.map((p) => p.name)) {
  return PEERS.filter((p) => names.includes(p.name)).map(ensureEnvironment);
}

/** Installs a peer's environment when it is missing; returns the peer with its Python, or with why there is none. */
export function ensureEnvironment(peer) {
  const folder = join(venvs, peer.name);
  const python = join(folder, 'bin/python');
  if (existsSync(join(folder, 'installed'))) return { ...peer, python };
  const found = peer.pythons.map(interpreter).find(Boolean);
  if (!found) return { ...peer, missing: `needs Python ${peer.pythons.join(' or ')}` };
  process.stderr.write(`bench: installing ${peer.name} with ${found}\n`);
  try {
    execFileSync(found, ['-m', 'venv', '--clear', folder], { stdio: 'pipe' });
    for (const packages of peer.packages) {
      execFileSync(join(folder, 'bin/pip'), ['install', '-q', ...packages], { stdio: 'pipe' });
    }
    writeFileSync(join(folder, 'installed'), '');
    return { ...peer, python };
  } catch (error) {
    const said = String(error.stderr ?? error.message)
      .trim()
      .split('\n');
    return {
      ...peer,
      missing: (said.find((l) => l.startsWith('ERROR')) ?? said.at(-1) ?? '').slice(0, 160),
    };
  }
}

/** An interpreter of that version: on the path, or among those of pyenv. */
function interpreter(version) {
  const pyenv = spawnSync('sh', [
    '-c',
    `ls -d ${homedir()}/.pyenv/versions/${version}.*/bin/python 2>/dev/null | tail -1`,
  ]);
  const places = [`python${version}`, String(pyenv.stdout).trim()].filter(Boolean);
  return places.find((p) => spawnSync(p, ['-c', 'import venv']).status === 0);
}

function measurePeer(peer, input, threads, runs, tasks) {
  const script = join(root, 'bench/peers', `${peer.name}_bench.py`);
  const result = spawnSync(
    peer.python,
    [script, input.image, input.mask, threads, runs, BINS, ...tasks].map(String),
    {
      encoding: 'utf8',
      timeout: 30 * 60_000,
      maxBuffer: 1e8,
    },
  );
  const last = (result.stdout ?? '').trim().split('\n').at(-1) ?? '';
  try {
    return JSON.parse(last);
  } catch {
    const said = (result.stderr ?? '').trim().split('\n').at(-1) ?? '';
    return {
      version: '',
      rows: tasks.map((task) => ({ task, missing: said.slice(0, 160) || `ended with ${result.status}` })),
    };
  }
}

/** The engine in this process, one thread. A task whose families are not built yet is said to be missing. */
async function measureEngine(input, runs, tasks) {
  const engine = await load('engine');
  const module = await engine.kernels(new Uint8Array(readFileSync(join(root, 'build/kernels.wasm'))));
  const present = engine.families();
  const grid = {
    size: input.size,
    affine: {
      origin: [0, 0, 0],
      matrix: input.spacing.map((mm, axis) => [0, 1, 2].map((n) => (n === axis ? mm : 0))),
    },
  };
  const volume = { grid, data: input.values, unit: 'HU', modality: 'CT' };
  const mask = { grid, data: input.inside, name: 'region', colour: [255, 0, 0] };
  const wanted = { glcm: ['glcm'], texture: TEXTURE, morphology: ['morphology'], everything: present };
  const rows = tasks.map((task) => {
    const families = wanted[task];
    if (!families) return { task, missing: 'part of morphology' };
    const absent = families.filter((f) => !present.includes(f));
    if (absent.length > 0) return { task, missing: `not built: ${absent.join(', ')}` };
    const aggregations = task === 'glcm' ? ['3D:mrg'] : null;
    const run = () => engine.extract(volume, mask, BINS, families, aggregations, module);
    const features = run();
    const seconds = Array.from({ length: runs }, () => {
      const start = performance.now();
      run();
      return (performance.now() - start) / 1000;
    });
    return { task, seconds, features };
  });
  return { version: `${present.length} families`, rows };
}

/** Prints one table for each input and number of threads; returns the figures. */
export async function benchPeers({ runs, only, tasks = TASKS }) {
  const peers = ensurePeers(only);
  for (const p of peers.filter((q) => q.missing)) console.log(`missing peer: ${p.name} (${p.missing})`);
  const all = availableParallelism();
  const figures = [];
  for (const input of await inputs()) {
    const ours = await measureEngine(input, runs, tasks);
    for (const threads of all > 1 ? [1, all] : [1]) {
      const columns = [{ name: 'kinetex', ...ours }];
      for (const peer of peers.filter((p) => !p.missing)) {
        process.stderr.write(`bench: ${peer.name}, ${input.id}, ${threads} thread(s)\n`);
        columns.push({ name: peer.name, ...measurePeer(peer, input, threads, runs, tasks) });
      }
      figures.push({ input: input.id, voxels: input.voxels, threads, columns });
      print(input, threads, columns, tasks);
    }
  }
  return figures;
}

function print(input, threads, columns, tasks) {
  const n = input.voxels.toLocaleString('en');
  console.log(
    `\n## ${input.id}: ${n} voxels (${input.label}), ${BINS} bins, peers on ${threads} thread(s), kinetex on one\n`,
  );
  const head = ['work', ...columns.flatMap((c) => [c.name, 'ns/voxel']), 'best peer / kinetex'];
  const rows = tasks.map((task) => {
    const of = columns.map((c) => {
      const row = c.rows.find((r) => r.task === task);
      return row?.seconds?.length
        ? { ms: 1000 * median(row.seconds), features: row.features, runs: row.seconds.length }
        : undefined;
    });
    const [own, ...others] = of;
    const best = Math.min(...others.filter(Boolean).map((o) => o.ms));
    const cells = of.flatMap((o) =>
      o ? [`${time(o.ms)} (${o.features} f)`, ((o.ms * 1e6) / input.voxels).toPrecision(3)] : ['–', '–'],
    );
    return [task, ...cells, own && Number.isFinite(best) ? `${(best / own.ms).toFixed(1)}×` : '–'];
  });
  console.log(table(head, rows));
  for (const c of columns) {
    for (const r of c.rows.filter((row) => row.cores > 1.2 * threads)) {
      console.log(`- ${c.name}, ${r.task}: used ${r.cores.toFixed(1)} cores where ${threads} were given`);
    }
    for (const r of c.rows.filter((row) => row.missing))
      console.log(`- ${c.name} ${c.version}, ${r.task}: ${r.missing}`);
  }
}
