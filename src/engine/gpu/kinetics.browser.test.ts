import { describe, expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { fitBlock } from '../../kinetics/fit/fit-block.ts';
import { CurveFitter } from '../../kinetics/fit/fit-curve.ts';
import { InputResponse } from '../../kinetics/input/input-response.ts';
import type { ModelId, QuantityId } from '../../kinetics/models/model.ts';
import { MODELS } from '../../kinetics/models/registry.ts';
import { fitBlockOnGpu } from './kinetics.ts';

// The shader against the float64 reference. Needs Chromium with --enable-unsafe-webgpu --use-webgpu-adapter=swiftshader.

const adapter = await navigator.gpu?.requestAdapter();
const device = adapter ? await adapter.requestDevice() : null;

const bolus = (s: number) => {
  const t = (s - 20) / 60;
  return t <= 0 ? 0 : 60 * t * Math.exp(-t / 0.12) + 1.1 * Math.exp(-0.15 * t) * (1 - Math.exp(-t / 0.2));
};
/** Uneven frames, and an input with times of its own. */
const seconds = Float64Array.from({ length: 64 }, (_, i) => 3 * i + (i > 40 ? 4 * (i - 40) : 0));
const inputSeconds = Float64Array.from({ length: 120 }, (_, i) => 2.5 * i);
const response = new InputResponse(
  { minutes: inputSeconds.map((s) => s / 60), concentration: inputSeconds.map(bolus) },
  seconds.map((s) => s / 60),
);

const RANGES: Readonly<Record<ModelId, Readonly<Partial<Record<QuantityId, readonly [number, number]>>>>> = {
  tofts: { Ktrans: [0.02, 0.5], ve: [0.1, 0.6] },
  'extended-tofts': { Ktrans: [0.02, 0.5], ve: [0.1, 0.6], vp: [0.01, 0.1] },
  patlak: { vp: [0.01, 0.1], ps: [0.002, 0.1] },
  'two-compartment-uptake': { vp: [0.03, 0.1], fp: [10, 60], ps: [0.01, 0.1] },
  'two-compartment-exchange': { vp: [0.03, 0.1], ve: [0.1, 0.4], fp: [10, 60], ps: [0.03, 0.3] },
  'adiabatic-tissue-homogeneity': { fp: [10, 60], E: [0.1, 0.6], ve: [0.1, 0.4], Tc: [3, 15] },
};

describe.skipIf(device === null)('kinetic fits on the GPU', () => {
  test.each(
    MODELS.flatMap((model) =>
      [0.7, { lower: -10, upper: 10 }].map((delay) => ({ model, delay, id: model.id })),
    ),
  )('$id, delay $delay: the minima of the reference', async ({ model, delay }) => {
    const random = new Random(21);
    const fitter = new CurveFitter(model, response, { delay });
    const voxels = 96;
    const curves = new Float32Array(voxels * response.frames);
    for (let v = 0; v < voxels; v++) {
      const truth: Partial<Record<QuantityId, number>> = {
        delay: typeof delay === 'number' ? delay : 4 * random.uniform(),
      };
      for (const [name, [low, high]] of Object.entries(RANGES[model.id]))
        truth[name as QuantityId] = low + (high - low) * random.uniform();
      curves.set(
        fitter.curve(truth).map((c) => c + 0.003 * random.normal()),
        v * response.frames,
      );
    }
    curves.fill(0, 0, response.frames);
    curves[response.frames + 3] = Number.NaN;
    const got = (await fitBlockOnGpu(device!, model, response, { delay }, curves, voxels))!;
    const wanted = fitBlock(model, response, { delay }, curves, voxels);
    let same = 0;
    let compared = 0;
    let apart = 0;
    for (let v = 0; v < voxels; v++) {
      if (got.status[v] === wanted.status[v]) same++;
      // Never a worse fit than the reference's by more than float32 can tell.
      if (wanted.rmse[v] > 0) expect(got.rmse[v] / wanted.rmse[v], `voxel ${v}`).toBeLessThan(1.002);
      for (const [quantity, values] of wanted.parameters) {
        const error = wanted.errors.get(quantity)![v];
        if (!(error < 0.2 * Math.abs(values[v]))) continue;
        compared++;
        // Within a thousandth, or a fiftieth of what the noise leaves open.
        const tolerance = Math.max(1e-3 * Math.abs(values[v]), 0.02 * error);
        if (!(Math.abs(got.parameters.get(quantity)![v] - values[v]) <= tolerance)) apart++;
      }
    }
    // Two minima of one depth, which float32 and float64 choose between by rounding.
    const ties = model.id === 'adiabatic-tissue-homogeneity' ? 0.02 * compared : 0;
    expect(apart, `of ${compared}`).toBeLessThanOrEqual(ties);
    expect(compared).toBeGreaterThan(voxels);
    expect(same).toBeGreaterThanOrEqual(0.95 * voxels);
  });
});
