import { describe, expect, it } from 'vitest';
import { RefusedInput } from '../../core/refusal.ts';
import { dRampIntegral, dStepIntegral, rampIntegral, stepIntegral } from './exponential-integrals.ts';
import { InputResponse } from './input-response.ts';

const f = (...v: number[]) => Float64Array.from(v);

/** ∫₀ᵗ input(u)·kernel(t−u) du by Simpson's rule between the corners of the input. */
function quadrature(
  corners: number[],
  input: (u: number) => number,
  kernel: (u: number) => number,
  t: number,
) {
  let sum = 0;
  const ends = [...corners.filter((c) => c < t), t];
  for (let i = 0; i + 1 < ends.length; i++) {
    const [a, b] = [ends[i], ends[i + 1]];
    const n = 4000;
    const h = (b - a) / n;
    for (let k = 0; k <= n; k++) {
      const u = a + k * h;
      sum += ((k === 0 || k === n ? 1 : k % 2 ? 4 : 2) * input(u) * kernel(t - u) * h) / 3;
    }
  }
  return sum;
}

describe('integrals of an exponential', () => {
  it.each([
    ['step', stepIntegral, dStepIntegral, () => 1],
    ['ramp', rampIntegral, dRampIntegral, (u: number) => u],
  ] as const)(
    '%s: as quadrature on both sides of the border, and the slope as differences',
    (_, f0, f1, form) => {
      for (const x of [0, 1e-9, 0.01, 0.3, 0.499999, 0.500001, 0.9, 5, 40]) {
        const expected = quadrature([0], form, (u) => Math.exp(-x * u), 1);
        expect(f0(x)).toBeCloseTo(expected, 9);
        const h = 1e-5 * (1 + x);
        if (x > h) expect(f1(x)).toBeCloseTo((f0(x + h) - f0(x - h)) / (2 * h), 8);
      }
      expect(Math.abs(f0(0.5 - 1e-15) - f0(0.5))).toBeLessThan(1e-14);
      expect(Math.abs(f1(0.5 - 1e-15) - f1(0.5))).toBeLessThan(1e-13);
      expect(f1(0)).toBeCloseTo(form(0.5) === 1 ? -1 / 2 : -1 / 6, 14);
    },
  );
});

describe('response of tissue to an input', () => {
  const corners = [0.2, 0.5, 0.6, 1.4, 2];
  const values = [0, 3, 1, 0.8, 0.5];
  const input = (u: number) => {
    if (u < corners[0]) return 0;
    const j = corners.findIndex((_, i) => i + 1 === corners.length || u < corners[i + 1]);
    if (j + 1 === corners.length) return values[j];
    return values[j] + ((values[j + 1] - values[j]) * (u - corners[j])) / (corners[j + 1] - corners[j]);
  };
  const frames = f(0, 0.3, 0.35, 0.9, 1.7, 2.6);
  const response = new InputResponse(
    { minutes: Float64Array.from(corners), concentration: Float64Array.from(values) },
    frames,
  );

  it.each([0, 0.13, -0.4, 0.7])('is exact between the points of the input, delayed by %f min', (delay) => {
    const plasma = response.plasma(delay);
    const integral = response.integral(delay);
    const { h, dRate } = response.exponential(1.7, delay);
    frames.forEach((frame, i) => {
      const t = frame - delay;
      expect(plasma[i]).toBeCloseTo(input(t), 12);
      expect(integral[i]).toBeCloseTo(
        quadrature(corners, input, () => 1, t),
        10,
      );
      expect(h[i]).toBeCloseTo(
        quadrature(corners, input, (u) => Math.exp(-1.7 * u), t),
        9,
      );
      expect(dRate[i]).toBeCloseTo(
        quadrature(corners, input, (u) => -u * Math.exp(-1.7 * u), t),
        9,
      );
    });
  });

  it('is the integral when nothing decays', () => {
    response.exponential(0, 0.1).h.forEach((v, i) => expect(v).toBeCloseTo(response.integral(0.1)[i], 14));
  });

  it.each([
    [f(0, 1), f(1, 2, 3)],
    [f(0, 0), f(1, 2)],
    [f(1, 0), f(1, 2)],
    [f(0), f(1)],
    [f(0, Number.NaN), f(1, 2)],
    [f(0, 1), f(1, Number.NaN)],
  ])('refuses what is no curve', (minutes, concentration) => {
    expect(() => new InputResponse({ minutes, concentration }, f(0, 1))).toThrow(RefusedInput);
  });
});
