// One core of the volume of bench/kinetics.mjs: fits its share, curves repeated to fill it.
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

const { bytes, model, voxels, frames, curves } = workerData;
const bundle = join(dirname(import.meta.dirname), 'build/bench/kinetics/kinetics.mjs');
const engine = await import(pathToFileURL(bundle).href);
const module = await engine.kernels(bytes);
const share = new Float32Array(voxels * frames);
for (let at = 0; at < share.length; at += curves.length)
  share.set(curves.subarray(0, Math.min(curves.length, share.length - at)), at);
engine.fit(model, curves.subarray(0, 2000 * frames), module);
parentPort.once('message', () => {
  engine.fit(model, share, module);
  parentPort.postMessage('done');
});
parentPort.postMessage('ready');
