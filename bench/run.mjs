// npm run bench [-- --part opening|peers|kinetics|regions] [--runs 5] [--peers pyradiomics,mirp] [--slices 300]
import { mkdirSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchKinetics } from './kinetics.mjs';
import { benchOpening } from './opening.mjs';
import { benchPeers } from './peers.mjs';
import { benchRegions } from './regions.mjs';
import { benchSize } from './size.mjs';

const { values } = parseArgs({
  options: {
    part: { type: 'string' },
    runs: { type: 'string', default: '5' },
    peers: { type: 'string' },
    slices: { type: 'string', default: '300' },
  },
});
const runs = Number(values.runs);
if (
  !(runs >= 1) ||
  !(Number(values.slices) >= 1) ||
  ![undefined, 'opening', 'peers', 'size', 'kinetics', 'regions'].includes(values.part)
) {
  process.stderr.write(
    'usage: run.mjs [--part opening|peers|size|kinetics|regions] [--runs N] [--peers a,b] [--slices N]\n',
  );
  process.exit(2);
}

const machine = `${cpus()[0]?.model ?? '?'} × ${cpus().length}, ${platform()} ${arch()}, Node ${process.version}`;
console.log(`# Bench, ${new Date().toISOString().slice(0, 10)}\n\n${machine}`);
const figures = { machine };
const wanted = (part) => values.part === undefined || values.part === part;
if (wanted('opening')) figures.opening = await benchOpening({ runs, slices: Number(values.slices) });
if (wanted('peers')) figures.peers = await benchPeers({ runs, only: values.peers?.split(',') });
if (wanted('size')) figures.size = await benchSize();
if (wanted('kinetics')) figures.kinetics = await benchKinetics({ runs });
if (wanted('regions')) figures.regions = await benchRegions({ runs });
const folder = join(dirname(import.meta.dirname), 'build/bench');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'figures.json'), JSON.stringify(figures, null, 1));
