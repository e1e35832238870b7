import { describe, expect, it } from 'vitest';
import { Random } from '../../core/random.ts';
import { InputResponse } from '../input/input-response.ts';
import { patlak } from '../models/patlak/index.ts';
import { CurveFitter } from './fit-curve.ts';
import { residualBootstrap } from './residual-bootstrap.ts';

const minutes = Float64Array.from({ length: 60 }, (_, f) => f / 12);
const plasma = minutes.map((t) => (t < 0.5 ? 0 : 5 * Math.exp(-(t - 0.5))));
const response = new InputResponse({ minutes, concentration: plasma }, minutes);
const settings = { delay: 0 };
const fitter = new CurveFitter(patlak, response, settings);

/** A curve of vp 0.1 and PS 0.05 with noise of 0.02 mmol/L. */
function noisy(seed: number): Float64Array {
  const random = new Random(seed);
  return fitter.curve({ vp: 0.1, ps: 0.05 }).map((v) => v + 0.02 * random.normal());
}

function intervalOf(seed: number) {
  const curve = noisy(seed);
  const fit = fitter.fit(curve);
  return {
    fit,
    found: residualBootstrap(patlak, response, settings, curve, fitter.curve(fit.parameters), {
      draws: 200,
    })!,
  };
}

describe('residual bootstrap', () => {
  it('is as wide as the standard errors of a linear model say: 2 × 1.96 σ', () => {
    const { fit, found } = intervalOf(3);
    for (const q of ['vp', 'ps'] as const) {
      const [low, high] = found.intervals[q]!;
      expect((high - low) / (3.92 * fit.errors[q]!)).toBeGreaterThan(0.8);
      expect((high - low) / (3.92 * fit.errors[q]!)).toBeLessThan(1.2);
    }
  });

  it('holds the truth about as often as it claims', () => {
    let held = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const [low, high] = intervalOf(seed).found.intervals.ps!;
      if (low <= 0.05 && 0.05 <= high) held++;
    }
    // 95 % of 60 is 57; fewer than 51 would come up once in 500 runs.
    expect(held).toBeGreaterThan(50);
  });

  it('is the same for the same seed', () => {
    expect(intervalOf(5).found).toEqual(intervalOf(5).found);
  });
});
