// npm run bench [-- --part PART] [--runs 5] [--peers pyradiomics,mirp] [--slices 300]; without --part all of them.
import { mkdirSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchKinetics } from './kinetics.mjs';
import { benchOpening } from './opening.mjs';
import { benchPeers } from './peers.mjs';
import { benchPerturbation } from './perturbation.mjs';
import { benchRegions } from './regions.mjs';
import { benchRules } from './rules.mjs';
import { benchRegionsPage } from './regions-page.mjs';
import { benchSegmentation } from './segmentation.mjs';
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
const slices = Number(values.slices);

/** What can be measured, by name; each prints its table and returns its figures. */
const PARTS = {
  opening: () => benchOpening({ runs, slices }),
  peers: () => benchPeers({ runs, only: values.peers?.split(',') }),
  size: () => benchSize(),
  kinetics: () => benchKinetics({ runs }),
  perturbation: () => benchPerturbation({ runs, only: values.peers?.split(',') }),
  regions: () => benchRegions({ runs }),
  rules: () => benchRules({ runs, slices }),
  'regions-page': () => benchRegionsPage({ slices }),
  segmentation: () => benchSegmentation({ runs }),
};

if (!(runs >= 1) || !(slices >= 1) || (values.part !== undefined && !Object.hasOwn(PARTS, values.part))) {
  const parts = Object.keys(PARTS).join('|');
  process.stderr.write(`usage: run.mjs [--part ${parts}] [--runs N] [--peers a,b] [--slices N]\n`);
  process.exit(2);
}

const machine = `${cpus()[0]?.model ?? '?'} × ${cpus().length}, ${platform()} ${arch()}, Node ${process.version}`;
console.log(`# Bench, ${new Date().toISOString().slice(0, 10)}\n\n${machine}`);
const figures = { machine };
for (const part of values.part === undefined ? Object.keys(PARTS) : [values.part])
  figures[part] = await PARTS[part]();
const folder = join(dirname(import.meta.dirname), 'build/bench');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'figures.json'), JSON.stringify(figures, null, 1));
