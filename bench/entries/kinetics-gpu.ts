// Bundled by bench/kinetics-gpu.mjs for Chromium: fits of simulated curves by the shaders.
import { gpuDevice, gpuFound } from '../../src/engine/gpu/device.ts';
import { fitBlockOnGpu } from '../../src/engine/gpu/kinetics.ts';
import type { ModelId } from '../../src/kinetics/models/model.ts';
import { modelOf } from '../../src/kinetics/models/registry.ts';
import { FRAMES, response, simulate } from './kinetics.ts';

/** Seconds of each of `runs` fits of `voxels` curves after one that warms up; null without a GPU that can. */
async function measure(id: ModelId, voxels: number, runs: number): Promise<number[] | null> {
  const device = await gpuDevice();
  if (!device) return null;
  const curves = simulate(id, voxels);
  const seconds: number[] = [];
  for (let n = -1; n < runs; n++) {
    const start = performance.now();
    const block = await fitBlockOnGpu(device, modelOf(id), response, { delay: 0 }, curves, voxels);
    if (!block) return null;
    if (n >= 0) seconds.push((performance.now() - start) / 1000);
  }
  return seconds;
}

Object.assign(globalThis, { kinetexBench: { measure, device: gpuFound, frames: FRAMES } });
