import { describe, expect, it, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { RefusedInput } from '../../core/refusal.ts';
import { InputResponse } from '../input/input-response.ts';
import type { ModelId, QuantityId } from '../models/model.ts';
import { MODELS, modelOf } from '../models/registry.ts';
import { CurveFitter } from './fit-curve.ts';
import type { FitSettings } from './fit-plan.ts';

/** A bolus that arrives after 20 s, peaks near 5 mmol/L and falls slowly; in seconds. */
const bolus = (s: number) => {
  const t = (s - 20) / 60;
  return t <= 0 ? 0 : 60 * t * Math.exp(-t / 0.12) + 1.1 * Math.exp(-0.15 * t) * (1 - Math.exp(-t / 0.2));
};

function response(step: number, duration = 300): InputResponse {
  const minutes = Float64Array.from({ length: Math.floor(duration / step) + 1 }, (_, i) => (i * step) / 60);
  return new InputResponse({ minutes, concentration: minutes.map((m) => bolus(60 * m)) }, minutes);
}

const TYPICAL: Readonly<Record<ModelId, Readonly<Partial<Record<QuantityId, number>>>>> = {
  tofts: { Ktrans: 0.18, ve: 0.3 },
  'extended-tofts': { Ktrans: 0.18, ve: 0.3, vp: 0.05 },
  patlak: { vp: 0.04, ps: 0.02 },
  'two-compartment-uptake': { vp: 0.08, fp: 30, ps: 0.03 },
  'two-compartment-exchange': { vp: 0.06, ve: 0.25, fp: 40, ps: 0.12 },
  'adiabatic-tissue-homogeneity': { fp: 45, E: 0.35, ve: 0.3, Tc: 9 },
};
const delayed: FitSettings = { delay: { lower: -10, upper: 10 } };

describe.each(MODELS)('fitting $id', (model) => {
  it.each([1.5, 3, 6])('a clean curve every %f s with a delay gives back what it was made of', (step) => {
    const fitter = new CurveFitter(model, response(step), delayed);
    const truth = { ...TYPICAL[model.id], delay: 3.7 };
    const fit = fitter.fit(fitter.curve(truth));
    expect(fit.status).toBe('converged');
    for (const [name, value] of Object.entries(truth))
      expect(Math.abs(fit.parameters[name as QuantityId]! / value - 1), `${name}`).toBeLessThan(0.005);
    expect(fit.r2).toBeGreaterThan(0.999999);
  });

  it('a given delay is taken as given, on uneven frames', () => {
    const minutes = Float64Array.from(
      { length: 70 },
      (_, i) => (2 * i + 0.4 * (i % 3) + (i > 40 ? 4 * (i - 40) : 0)) / 60,
    );
    const uneven = new InputResponse({ minutes, concentration: minutes.map((m) => bolus(60 * m)) }, minutes);
    const fitter = new CurveFitter(model, uneven, { delay: 2.5 });
    const fit = fitter.fit(fitter.curve(TYPICAL[model.id]));
    for (const [name, value] of Object.entries(TYPICAL[model.id]))
      expect(Math.abs(fit.parameters[name as QuantityId]! / value - 1), name).toBeLessThan(1e-5);
  });

  it('says when there is no enhancement, when a curve is no curve, and refuses too few frames', () => {
    const fitter = new CurveFitter(model, response(3), { delay: 0 });
    const random = new Random(7);
    const noise = Float64Array.from({ length: fitter.response.frames }, () => 0.01 * random.normal());
    expect(fitter.fit(noise).status).toBe('no_enhancement');
    expect(fitter.fit(new Float64Array(noise.length)).status).toBe('no_enhancement');
    noise[5] = Number.NaN;
    const failed = fitter.fit(noise);
    expect(failed.status).toBe('failed');
    expect(Object.values(failed.parameters).every(Number.isNaN)).toBe(true);
    expect(() => fitter.fit(new Float64Array(7))).toThrow(RefusedInput);
    const few = new InputResponse(
      { minutes: Float64Array.of(0, 1), concentration: Float64Array.of(0, 1) },
      Float64Array.of(0, 1),
    );
    expect(() => new CurveFitter(model, few, { delay: 0 }).fit(Float64Array.of(0, 1))).toThrow(RefusedInput);
  });
});

describe('standard errors', () => {
  it('are the spread of repeated noisy fits', () => {
    const fitter = new CurveFitter(modelOf('extended-tofts'), response(5), { delay: 0 });
    const clean = fitter.curve(TYPICAL['extended-tofts']);
    const random = new Random(11);
    const fits = Array.from({ length: 400 }, () => fitter.fit(clean.map((v) => v + 0.01 * random.normal())));
    for (const name of ['Ktrans', 've', 'vp', 'kep'] as const) {
      const values = fits.map((r) => r.parameters[name]!);
      const mean = values.reduce((s, v) => s + v / values.length, 0);
      const spread = Math.sqrt(values.reduce((s, v) => s + (v - mean) ** 2 / (values.length - 1), 0));
      const stated = fits.reduce((s, r) => s + r.errors[name]! / fits.length, 0);
      // The spread of a spread from 400 fits is 3.5 %.
      expect(Math.abs(stated / spread - 1), name).toBeLessThan(0.12);
    }
  });

  it('are absent at a bound, which the status names', () => {
    const fitter = new CurveFitter(modelOf('extended-tofts'), response(5), {
      delay: 0,
      bounds: { ve: { lower: 0.001, upper: 0.2 } },
    });
    const fit = fitter.fit(fitter.curve(TYPICAL['extended-tofts']));
    expect(fit.status).toBe('at_bound');
    expect(fit.atBound).toEqual(['ve']);
    expect(fit.errors.ve).toBeUndefined();
    expect(fit.errors.Ktrans).toBeGreaterThan(0);
  });

  it('refuses bounds that are upside down', () => {
    const settings = { delay: 0, bounds: { ve: { lower: 1, upper: 0.2 } } };
    expect(() => new CurveFitter(modelOf('tofts'), response(5), settings)).toThrow(RefusedInput);
  });
});

describe('choice by the corrected criterion of Akaike', () => {
  it('takes the model that made the curve, mostly', () => {
    const random = new Random(3);
    const ids = ['tofts', 'extended-tofts', 'patlak'] as const;
    const fitters = ids.map((id) => new CurveFitter(modelOf(id), response(4), { delay: 0 }));
    for (const own of fitters) {
      const clean = own.curve({
        ...TYPICAL[own.model.id],
        ...(own.model.id === 'patlak' ? { ps: 0.005 } : {}),
      });
      let right = 0;
      for (let n = 0; n < 40; n++) {
        const curve = clean.map((v) => v + 0.01 * random.normal());
        const [first] = fitters
          .map((f) => ({ id: f.model.id, aicc: f.fit(curve).aicc }))
          .sort((a, b) => a.aicc - b.aicc);
        if (first.id === own.model.id) right++;
      }
      expect(right, own.model.id).toBeGreaterThan(30);
    }
  });
});

describe('a curve met to the last digit', () => {
  // A ramp of 6 s into the two exponentials of Tofts and Kermode; the exchange is fast, so that vp and ve trade freely.
  const input = (s: number) => {
    const t = (s - 17) / 60;
    const washOut = 0.1 * (3.99 * Math.exp(-0.144 * t) + 4.78 * Math.exp(-0.0111 * t));
    return t <= 0 ? 0 : washOut * Math.min(1, 10 * t);
  };
  it('is converged, whatever rounding is left', () => {
    const minutes = Float64Array.from({ length: 141 }, (_, i) => (i * 3) / 60);
    const response = new InputResponse(
      { minutes, concentration: minutes.map((m) => input(60 * m)) },
      minutes,
    );
    const fitter = new CurveFitter(modelOf('two-compartment-exchange'), response, { delay: 0 });
    const clean = fitter.curve({ vp: 0.15, ve: 0.1, fp: 8, ps: 0.25 });
    const random = new Random(5);
    for (let i = 0; i < 10; i++)
      expect(fitter.fit(clean.map((v) => v * (1 + 1e-15 * random.normal()))).status).toBe('converged');
  });
});

test.each([18, 19, 25, 54])('on coarse noisy frames no other delay fits better, draw %i', (seed) => {
  const model = modelOf('extended-tofts');
  const response6 = response(6, 360);
  const random = new Random(seed);
  const fitter = new CurveFitter(model, response6, delayed);
  const clean = fitter.curve({ Ktrans: 0.12, ve: 0.25, vp: 0.04, delay: 4.3 });
  const curve = clean.map((v) => v + 0.08 * random.normal());
  const { rmse } = fitter.fitOne(curve);
  for (let delay = -9.5; delay <= 9.5; delay += 0.5) {
    const fixed = new CurveFitter(model, response6, { delay }).fit(curve);
    expect(fixed.rmse, `${delay} s`).toBeGreaterThan(rmse * (1 - 1e-4));
  }
});
