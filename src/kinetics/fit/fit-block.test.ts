import { beforeAll, describe, expect, it } from 'vitest';
import { loadKernels } from '../../../tests/kernels.ts';
import type { KernelModule } from '../../core/kernel-module.ts';
import { Random } from '../../core/random.ts';
import { RefusedInput } from '../../core/refusal.ts';
import { InputResponse } from '../input/input-response.ts';
import type { Model, QuantityId } from '../models/model.ts';
import { modelOf, MODELS } from '../models/registry.ts';
import { CurveFitter } from './fit-curve.ts';
import { BLOCK_STATUSES, fitBlock } from './fit-block.ts';
import type { FitSettings } from './fit-plan.ts';

/** A bolus that arrives after 20 s, peaks near 5 mmol/L and falls slowly; in seconds. */
const bolus = (s: number) => {
  const t = (s - 20) / 60;
  return t <= 0 ? 0 : 60 * t * Math.exp(-t / 0.12) + 1.1 * Math.exp(-0.15 * t) * (1 - Math.exp(-t / 0.2));
};
const inputOf = (minutes: Float64Array, frames = minutes) =>
  new InputResponse({ minutes, concentration: minutes.map((m) => bolus(60 * m)) }, frames);

const even = inputOf(Float64Array.from({ length: 60 }, (_, i) => (5 * i) / 60));
// An odd number of frames, between the points of the input, which are more.
const uneven = inputOf(
  Float64Array.from({ length: 180 }, (_, i) => (1.7 * i) / 60),
  Float64Array.from({ length: 61 }, (_, i) => (1 + 2 * i + 0.4 * (i % 3) + (i > 30 ? 5 * (i - 30) : 0)) / 60),
);
const fittedDelay: FitSettings = { delay: { lower: -10, upper: 10 } };

const RANGES: Readonly<Partial<Record<QuantityId, readonly [number, number]>>> = {
  Ktrans: [0.02, 0.6],
  ve: [0.1, 0.6],
  vp: [0.01, 0.15],
  ps: [0.01, 0.3],
  fp: [10, 80],
  E: [0.1, 0.7],
  Tc: [3, 15],
};

/** Curves of parameters drawn at random, with noise of 0, 0.01 and 0.02 mmol/L in turn. */
function simulate(fitter: CurveFitter, voxels: number, delayed: boolean): Float64Array {
  const random = new Random(5);
  const { frames } = fitter.response;
  const curves = new Float64Array(voxels * frames);
  for (let v = 0; v < voxels; v++) {
    const truth: Partial<Record<QuantityId, number>> = delayed ? { delay: 6 * random.uniform() - 3 } : {};
    for (const { quantity } of fitter.model.parameters) {
      const [low, high] = RANGES[quantity]!;
      truth[quantity] = low + (high - low) * random.uniform();
    }
    const noise = 0.01 * (v % 3);
    curves.set(
      fitter.curve(truth).map((c) => c + noise * random.normal()),
      v * frames,
    );
  }
  return curves;
}

/** The same voxels by kernel and by reference, with the worst differences. */
function compare(
  model: Model,
  response: InputResponse,
  settings: FitSettings,
  curves: Float64Array,
  kernels: KernelModule,
) {
  const voxels = curves.length / response.frames;
  const wasm = fitBlock(model, response, settings, curves, voxels, { kernels });
  const reference = fitBlock(model, response, settings, curves, voxels);
  const worst = { parameter: 0, error: 0, cost: 0, quality: 0, crept: [] as number[] };
  for (let v = 0; v < voxels; v++) {
    const statuses = [wasm, reference].map((b) => BLOCK_STATUSES[b.status[v]]);
    const rise = (wasm.rmse[v] / reference.rmse[v]) ** 2 - 1;
    // A search that creeps along an edge of the squares, where the input's points fall on frames, may end anywhere there.
    const crept = statuses[0] !== statuses[1] || statuses.includes('failed');
    if (crept) worst.crept.push(Math.abs(rise));
    // Residuals of a clean curve are rounding.
    const noisy = reference.rmse[v] > 1e-6 && !crept;
    if (noisy) worst.cost = Math.max(worst.cost, rise);
    if (noisy)
      for (const q of ['r2', 'aicc'] as const)
        worst.quality = Math.max(worst.quality, Math.abs(wasm[q][v] / reference[q][v] - 1));
    for (const [quantity, values] of reference.parameters) {
      const error = reference.errors.get(quantity)![v];
      if (crept || !(error < 0.2 * Math.abs(values[v]))) continue;
      const off = Math.abs(wasm.parameters.get(quantity)![v] / values[v] - 1);
      worst.parameter = Math.max(worst.parameter, off);
      if (noisy) worst.error = Math.max(worst.error, Math.abs(wasm.errors.get(quantity)![v] / error - 1));
    }
  }
  return worst;
}

let kernels: KernelModule;
beforeAll(async () => {
  kernels = await loadKernels();
});

describe.each(MODELS)('$id by kernel and by reference', (model) => {
  it.each([
    ['even frames', even, { delay: 0 }],
    ['even frames, a given delay', even, { delay: 2.5 }],
    ['uneven frames off the points of the input', uneven, { delay: 0.7 }],
  ])('%s', (_, response, settings) => {
    const fitter = new CurveFitter(model, response, settings);
    const worst = compare(model, response, settings, simulate(fitter, 45, false), kernels);
    expect(worst.crept).toEqual([]);
    expect(worst.parameter).toBeLessThan(2e-5);
    expect(worst.error).toBeLessThan(1e-3);
    expect(worst.quality).toBeLessThan(1e-5);
    // Float32 holds the RMSE to 6e-8.
    expect(worst.cost).toBeLessThan(5e-7);
  });

  it.each([
    ['even frames', even],
    ['uneven frames', uneven],
  ])('a fitted delay, %s', (_, response) => {
    const fitter = new CurveFitter(model, response, fittedDelay);
    const worst = compare(model, response, fittedDelay, simulate(fitter, 30, true), kernels);
    expect(worst.crept.length).toBeLessThan(2);
    // Of 60 frames' variance: a standard error is worth 1/60 of the squares.
    expect(Math.max(0, ...worst.crept)).toBeLessThan(1e-3);
    expect(worst.parameter).toBeLessThan(1e-4);
    expect(worst.cost).toBeLessThan(1e-6);
  });

  it('curves that end at bounds, are no curves, or hold no enhancement', () => {
    const [{ quantity: first }] = model.parameters;
    const [low, high] = RANGES[first]!;
    const settings: FitSettings = {
      delay: 0,
      bounds: { [first]: { lower: low, upper: (3 * low + high) / 4 } },
    };
    const { frames } = even;
    const curves = simulate(new CurveFitter(model, even, { delay: 0 }), 24, false);
    const random = new Random(9);
    curves[3 * frames + 7] = Number.NaN;
    curves[4 * frames + 7] = Infinity;
    curves.fill(0, 5 * frames, 6 * frames);
    for (let i = 6 * frames; i < 7 * frames; i++) curves[i] = 0.01 * random.normal();
    for (let i = 7 * frames; i < 8 * frames; i++) curves[i] = -curves[i];
    const wasm = fitBlock(model, even, settings, curves, 24, { kernels });
    const reference = fitBlock(model, even, settings, curves, 24);
    const statuses = [...wasm.status].map((s) => BLOCK_STATUSES[s]);
    expect(statuses).toEqual([...reference.status].map((s) => BLOCK_STATUSES[s]));
    expect(statuses.slice(3, 8)).toEqual(['failed', 'failed', ...Array<string>(3).fill('no_enhancement')]);
    expect(statuses.filter((s) => s === 'at_bound').length).toBeGreaterThan(5);
    for (const v of [3, 4, 5]) {
      for (const [quantity, values] of reference.parameters) {
        expect(wasm.parameters.get(quantity)![v], quantity).toEqual(values[v]);
        expect(wasm.errors.get(quantity)![v], quantity).toBeNaN();
      }
      expect([wasm.rmse[v], wasm.r2[v], wasm.aicc[v]]).toEqual([
        reference.rmse[v],
        reference.r2[v],
        reference.aicc[v],
      ]);
    }
    for (let v = 8; v < 24; v++) {
      if (statuses[v] !== 'at_bound') continue;
      expect((wasm.rmse[v] / reference.rmse[v]) ** 2 - 1).toBeLessThan(1e-6);
      expect(Math.abs(wasm.aicc[v] - reference.aicc[v])).toBeLessThan(1e-4 * Math.abs(reference.aicc[v]));
      expect(Math.abs(wasm.r2[v] - reference.r2[v])).toBeLessThan(1e-6);
      for (const [quantity, values] of reference.errors) {
        const [got, wanted] = [wasm.errors.get(quantity)![v], values[v]];
        expect(Number.isNaN(got), `${v} ${quantity}`).toBe(Number.isNaN(wanted));
      }
    }
  });
});

describe('a block of voxels', () => {
  const model = modelOf('extended-tofts');
  const settings: FitSettings = { delay: 0 };
  const fitter = new CurveFitter(model, even, settings);

  it('takes float32 curves and gives back what they were made of', () => {
    const truth = { Ktrans: 0.2, ve: 0.4, vp: 0.06 };
    const curves = new Float32Array(1200 * even.frames);
    for (let v = 0; v < 1200; v++) curves.set(fitter.curve(truth), v * even.frames);
    const block = fitBlock(model, even, settings, curves, 1200, { kernels });
    expect(block.done).toBe(1200);
    for (const [quantity, value] of Object.entries({ ...truth, kep: 0.5 })) {
      const values = block.parameters.get(quantity as QuantityId)!;
      expect(values.every((v) => Math.abs(v / value - 1) < 1e-5)).toBe(true);
    }
    expect([...new Set(block.status)].map((s) => BLOCK_STATUSES[s])).toEqual(['converged']);
  });

  it.each([true, false])('tells how far it is, and keeps what is done when stopped (kernels: %s)', (fast) => {
    const voxels = fast ? 1500 : 90;
    const curves = new Float64Array(voxels * even.frames);
    for (let v = 0; v < voxels; v++)
      curves.set(fitter.curve({ Ktrans: 0.2, ve: 0.4, vp: 0.06 }), v * even.frames);
    const shares: number[] = [];
    const run = {
      onProgress: (share: number) => shares.push(share),
      stopped: () => shares.length === 2,
      ...(fast ? { kernels } : {}),
    };
    const block = fitBlock(model, even, settings, curves, voxels, run);
    expect(shares.length).toBe(2);
    expect(block.done).toBe(shares[1] * voxels);
    expect(block.done).toBeLessThan(voxels);
    const status = [...block.status].map((s) => BLOCK_STATUSES[s]);
    expect(status.slice(0, block.done).every((s) => s === 'converged')).toBe(true);
    expect(status.slice(block.done).every((s) => s === 'not_done')).toBe(true);
    expect(block.parameters.get('ve')!.slice(block.done).every(Number.isNaN)).toBe(true);
  });

  it('refuses curves of another length', () => {
    expect(() => fitBlock(model, even, settings, new Float64Array(59), 1, { kernels })).toThrow(RefusedInput);
  });
});
