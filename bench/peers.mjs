// Part B: this engine and its peers on the same region in the same run.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir, availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { load } from './bundle.mjs';
import { arraysOf, inputs } from './inputs.mjs';
import { median, table, time } from './table.mjs';

const root = dirname(import.meta.dirname);
const venvs = join(root, 'bench/.venv');
const BINS = 64;
/** Pairs of all voxels come last and alone: where a peer goes through them one by one, it is stopped. */
const PAIRS = 'moran-geary';
const TASKS = ['glcm', 'texture', 'morphology', 'everything', PAIRS];
const LABELS = {
  glcm: 'GLCM, 13 directions',
  texture: 'all texture matrices',
  morphology: 'morphology without Moran, Geary',
  everything: 'everything without Moran, Geary',
  [PAIRS]: 'Moran and Geary',
  'everything-pairs': 'everything',
};
/** What issue 3 asks for, ms, from the number of voxels. */
const AIMS = {
  large: (n) => ({
    glcm: 6e-6 * n,
    texture: 56e-6 * n,
    morphology: 25,
    everything: 150,
    [PAIRS]: 2000,
    'everything-pairs': 2150,
  }),
  lesion: () => ({ 'everything-pairs': 8 }),
};
/** Minutes after which a peer's tasks, or its pairs alone, are ended; what it has finished counts. */
const LIMIT = { tasks: 2.5, pairs: 0.75 };
/** Minutes after which no peer goes on: the whole part, installing apart, ends within the next minute. */
const TOTAL = 14;

/**
 * Minutes of these that a peer may compile itself before its first run, which its own limit does not count. What it has
 * compiled by then stays on disk, so a second run of the bench goes on from there.
 */
const COMPILING = 6;

/** Each peer has an environment of its own, with a Python that its wheels were made for. */
const PEERS = [
  { name: 'pyradiomics', packages: [['numpy<2'], ['pyradiomics']], pythons: ['3.9', '3.8'] },
  {
    name: 'pictologics',
    packages: [['pictologics']],
    pythons: ['3.12', '3.13', '3.14'],
    compiles: 'import pictologics',
  },
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

/**
 * Lets a peer that compiles itself on first use (numba) do so once, untimed; it keeps the result on disk. Returns the
 * peer, with why it cannot be measured when it was not ready in time.
 */
function compileOnce(peer) {
  const { name, python, compiles } = peer;
  const done = join(venvs, name, 'compiled');
  if (peer.missing || !compiles || existsSync(done)) return peer;
  process.stderr.write(`bench: ${name} compiles itself, once\n`);
  const { status } = spawnSync(python, ['-c', compiles], { timeout: COMPILING * 60_000, stdio: 'pipe' });
  if (status !== 0) return { ...peer, missing: `had not compiled itself after ${COMPILING} min; run again` };
  writeFileSync(done, '');
  return peer;
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

function measurePeer(peer, input, threads, runs, minutesLeft) {
  const within = (limit) => Math.min(limit, minutesLeft());
  const some = runScript(peer, input, threads, runs, TASKS.slice(0, -1), within(LIMIT.tasks));
  const pairs = runScript(peer, input, threads, runs, [PAIRS], within(LIMIT.pairs));
  return { version: some.version || pairs.version, rows: [...some.rows, ...pairs.rows] };
}

function runScript(peer, input, threads, runs, tasks, minutes) {
  if (minutes < 0.05) {
    const missing = `not started: the ${TOTAL} min of this part were over`;
    return { version: '', rows: tasks.map((task) => ({ task, missing })) };
  }
  const script = join(root, 'bench/peers', `${peer.name}_bench.py`);
  const result = spawnSync(
    peer.python,
    [script, input.image, input.mask, threads, runs, BINS, ...tasks].map(String),
    { encoding: 'utf8', timeout: Math.round(minutes * 60_000), killSignal: 'SIGKILL', maxBuffer: 1e8 },
  );
  const said = (result.stdout ?? '')
    .split('\n')
    .filter((line) => /^\{"(task|version)"/.test(line))
    .map((line) => JSON.parse(line));
  const why =
    result.error?.code === 'ETIMEDOUT'
      ? `not done after ${minutes.toFixed(1)} min`
      : (result.stderr ?? '').trim().split('\n').at(-1).slice(0, 160) || `ended with ${result.status}`;
  return {
    version: said.find((r) => r.version)?.version ?? '',
    rows: tasks.map((task) => said.find((r) => r.task === task) ?? { task, missing: why }),
  };
}

/** The engine in this process, one thread, warm. */
async function measureEngine(input, runs) {
  const engine = await load('engine');
  const module = await engine.kernels(new Uint8Array(readFileSync(join(root, 'build/kernels.wasm'))));
  const tasks = engine.tasks(...arraysOf(input), BINS, module);
  const rows = [...TASKS, 'everything-pairs'].map((task) => {
    // Warm means compiled by the platform's best compiler, which it starts after some runs.
    const begin = performance.now();
    let features = 0;
    for (let n = 0; n < 30 && (n < 3 || performance.now() - begin < 2000); n++) features = tasks[task]();
    const seconds = Array.from({ length: Math.max(11, runs) }, () => {
      const start = performance.now();
      tasks[task]();
      return (performance.now() - start) / 1000;
    });
    return { task, seconds, features };
  });
  return { version: '', rows };
}

const times = (r) => `${r < 10 ? r.toPrecision(2) : Math.round(r).toLocaleString('en')}×`;

/** Prints one table for each input and number of threads; returns the figures. */
export async function benchPeers({ runs, only }) {
  const installed = ensurePeers(only);
  const end = performance.now() + TOTAL * 60_000;
  const peers = installed.map(compileOnce);
  for (const p of peers.filter((q) => q.missing)) console.log(`missing peer: ${p.name} (${p.missing})`);
  const all = availableParallelism();
  const figures = [];
  const made = await inputs();
  const minutesLeft = () => (end - performance.now()) / 60_000;
  // One thread first, since that is the comparison; the small region first, since it takes least.
  for (const threads of all > 1 ? [1, all] : [1]) {
    for (const input of [...made].sort((a, b) => a.voxels - b.voxels)) {
      const columns = [{ name: 'kinetex', ...(await measureEngine(input, runs)) }];
      for (const peer of peers.filter((p) => !p.missing)) {
        process.stderr.write(`bench: ${peer.name}, ${input.id}, ${threads} thread(s)\n`);
        columns.push({ name: peer.name, ...measurePeer(peer, input, threads, runs, minutesLeft) });
      }
      figures.push({ input: input.id, voxels: input.voxels, threads, columns });
      print(input, threads, columns, runs);
    }
  }
  return figures;
}

function print(input, threads, columns, runs) {
  const n = input.voxels.toLocaleString('en');
  const on = threads === 1 ? 'one thread each' : `peers on ${threads} threads, kinetex on one`;
  console.log(`\n## ${input.id}: ${n} voxels (${input.label}), ${BINS} bins, ${on}\n`);
  const aims = AIMS[input.id]?.(input.voxels) ?? {};
  const names = columns.map((c) => `${c.name} ${c.version}`.trim());
  const head = ['work', 'aim', 'kinetex', 'ns/voxel', ...names.slice(1).flatMap((name) => [name, 'ratio'])];
  const rows = columns[0].rows.map(({ task }) => {
    const [own, ...others] = columns.map((c) => {
      const row = c.rows.find((r) => r.task === task);
      return row?.seconds?.length ? { ...row, ms: 1000 * median(row.seconds) } : undefined;
    });
    const cell = ({ ms, features, seconds }) =>
      `${time(ms)} (${features} f${seconds.length < runs ? `, ${seconds.length} run${seconds.length > 1 ? 's' : ''}` : ''})`;
    return [
      LABELS[task],
      aims[task] === undefined ? '–' : time(aims[task]),
      cell(own),
      ((own.ms * 1e6) / input.voxels).toPrecision(3),
      ...others.flatMap((o) => (o ? [cell(o), times(o.ms / own.ms)] : ['–', '–'])),
    ];
  });
  console.log(table(head, rows));
  for (const c of columns.slice(1)) {
    for (const r of c.rows.filter((row) => row.cores > 1.2 * threads)) {
      console.log(`- ${c.name}, ${r.task}: used ${r.cores.toFixed(1)} cores where ${threads} were given`);
    }
    for (const r of c.rows.filter((row) => row.missing)) console.log(`- ${c.name}, ${r.task}: ${r.missing}`);
  }
}
