// One core of bench/perturbation.mjs: does its share of the runs.
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

const { bytes, volume, mask, bins, runs, part, parts } = workerData;
const bundle = join(dirname(import.meta.dirname), 'build/bench/perturbation/perturbation.mjs');
const engine = await import(pathToFileURL(bundle).href);
const module = await engine.kernels(bytes);
parentPort.on('message', () => {
  const values = engine.study(volume, mask, bins, { runs, part, parts }, module);
  parentPort.postMessage(values);
});
parentPort.postMessage('ready');
