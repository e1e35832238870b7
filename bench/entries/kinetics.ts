// Bundled by bench/bundle.mjs: simulated tissue curves of every model, and their fits.
import type { KernelModule } from '../../src/core/kernel-module.ts';
import { Random } from '../../src/core/random.ts';
import { instantiate } from '../../src/engine/wasm/instantiate.ts';
import { CurveFitter } from '../../src/kinetics/fit/fit-curve.ts';
import { BLOCK_STATUSES, fitBlock, type FitBlock } from '../../src/kinetics/fit/fit-block.ts';
import type { FitSettings } from '../../src/kinetics/fit/fit-plan.ts';
import { InputResponse } from '../../src/kinetics/input/input-response.ts';
import type { ModelId, QuantityId } from '../../src/kinetics/models/model.ts';
import { modelOf } from '../../src/kinetics/models/registry.ts';

export const kernels = (bytes: Uint8Array<ArrayBuffer>): Promise<KernelModule> => instantiate(bytes);

export const FRAMES = 60;
const STEP = 3; // seconds
const NOISE = 0.01; // mmol/L

/** Ranges that parameters are drawn from, in shown units. */
const RANGES: Readonly<Partial<Record<QuantityId, readonly [number, number]>>> = {
  Ktrans: [0.02, 0.6],
  ve: [0.1, 0.6],
  vp: [0.01, 0.15],
  ps: [0.01, 0.3],
  fp: [10, 80],
  E: [0.1, 0.7],
  Tc: [3, 15],
};

/** Plasma: a bolus after 15 s with a peak near 5 mmol/L, and its slow fall; by seconds. */
function plasma(seconds: number): number {
  const t = (seconds - 15) / 60;
  return t <= 0 ? 0 : 60 * t * Math.exp(-t / 0.12) + 1.1 * Math.exp(-0.15 * t) * (1 - Math.exp(-t / 0.2));
}

const minutes = Float64Array.from({ length: FRAMES }, (_, i) => (i * STEP) / 60);
export const response = new InputResponse(
  { minutes, concentration: minutes.map((m) => plasma(60 * m)) },
  minutes,
);

export const input = () => ({ minutes: [...minutes], plasma: [...response.plasma(0)] });

/** `voxels` noisy curves, and the parameters they are made of, in shown units. */
export function simulate(id: ModelId, voxels: number) {
  const fitter = new CurveFitter(modelOf(id), response, { delay: 0 });
  const random = new Random(20);
  const curves = new Float32Array(voxels * FRAMES);
  for (let v = 0; v < voxels; v++) {
    const truth: Partial<Record<QuantityId, number>> = {};
    for (const { quantity } of fitter.model.parameters) {
      const [low, high] = RANGES[quantity] ?? [0, 0];
      truth[quantity] = low + (high - low) * random.uniform();
    }
    curves.set(
      fitter.curve(truth).map((c) => c + NOISE * random.normal()),
      v * FRAMES,
    );
  }
  return curves;
}

/** With a delay of 0, or fitted between bounds in seconds. */
export const fit = (
  id: ModelId,
  curves: Float32Array,
  module?: KernelModule,
  delay: FitSettings['delay'] = 0,
): FitBlock =>
  fitBlock(
    modelOf(id),
    response,
    { delay },
    curves,
    curves.length / FRAMES,
    module ? { kernels: module } : {},
  );

/** What a table needs of a block: sums of squares, and how many voxels converged. */
export function summary(block: FitBlock): { readonly squares: number[]; readonly converged: number } {
  return {
    squares: Array.from(block.rmse, (r) => r * r * FRAMES),
    converged:
      block.status.reduce((n, s) => n + (BLOCK_STATUSES[s] === 'converged' ? 1 : 0), 0) / block.voxels,
  };
}
