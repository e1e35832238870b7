import { describe, expect, it } from 'vitest';
import { InputResponse } from '../input/input-response.ts';
import type { Model } from './model.ts';
import { modelOf, MODELS } from './registry.ts';

/** Tofts and Kermode's input, 0.1 mmol/kg: mmol/L at minutes. */
const plasma = (t: number) => 0.1 * (3.99 * Math.exp(-0.144 * t) + 4.78 * Math.exp(-0.0111 * t));

function curve(model: Model, parameters: number[], times: number[], delay = 0, step = 0.002): number[] {
  const minutes = Float64Array.from({ length: Math.ceil(10 / step) + 1 }, (_, i) => i * step);
  const response = new InputResponse(
    { minutes, concentration: minutes.map(plasma) },
    Float64Array.from(times),
  );
  const values = new Float64Array(times.length);
  model.evaluate(parameters, delay, response, values);
  return [...values];
}

function expectClose(got: number[], expected: number[], relative: number): void {
  expected.forEach((v, i) => expect(Math.abs(got[i] / v - 1), `${got[i]} for ${v}`).toBeLessThan(relative));
}

const TIMES = [0.5, 1, 2, 5, 10];

describe('closed forms for a bi-exponential input', () => {
  it('Tofts', () => {
    const published = [0.09522836, 0.16614709, 0.25614248, 0.32455286, 0.28159801];
    expectClose(curve(modelOf('tofts'), [0.25, 0.5], TIMES), published, 1e-6);
  });
  it('extended Tofts', () => {
    const published = [0.13756017, 0.20705773, 0.29447549, 0.35687325, 0.30771376];
    expectClose(curve(modelOf('extended-tofts'), [0.25, 0.5, 0.05], TIMES), published, 1e-6);
  });
  it('adiabatic tissue homogeneity', () => {
    const published = [0.14598528, 0.20622416, 0.26444246, 0.26942077, 0.2180804];
    const got = curve(modelOf('adiabatic-tissue-homogeneity'), [0.6, 0.4, 0.3, 10 / 60], TIMES);
    expectClose(got, published, 1e-5);
  });
  it('steps of 5 s are still good to 0.1 %', () => {
    const published = [0.09522836, 0.16614709, 0.25614248, 0.32455286, 0.28159801];
    expectClose(curve(modelOf('tofts'), [0.25, 0.5], TIMES, 0, 5 / 60), published, 1e-3);
  });
});

describe('limits', () => {
  it('no transit time: adiabatic tissue homogeneity is Tofts with Ktrans = E·F', () => {
    const got = curve(modelOf('adiabatic-tissue-homogeneity'), [0.6, 0.4, 0.3, 0], TIMES);
    expectClose(got, curve(modelOf('tofts'), [0.24, 0.3], TIMES), 1e-12);
  });
  it('no plasma: extended Tofts is Tofts; no leak: vp·Cp; no way back: Patlak', () => {
    expectClose(
      curve(modelOf('extended-tofts'), [0.2, 0.3, 0], TIMES),
      curve(modelOf('tofts'), [0.2, 0.3], TIMES),
      1e-14,
    );
    expectClose(
      curve(modelOf('extended-tofts'), [0, 0.3, 0.07], TIMES),
      TIMES.map((t) => 0.07 * plasma(t)),
      1e-12,
    );
    expectClose(
      curve(modelOf('extended-tofts'), [0.01, 1e6, 0.07], TIMES),
      curve(modelOf('patlak'), [0.07, 0.01], TIMES),
      1e-6,
    );
  });
  it('after long, Tofts follows ve·Cp', () => {
    const [, got] = curve(modelOf('tofts'), [5, 0.4], [9, 10]);
    expect(Math.abs(got / (0.4 * plasma(10)) - 1)).toBeLessThan(0.01);
  });
  it('exchange with a huge tissue space is uptake', () => {
    expectClose(
      curve(modelOf('two-compartment-exchange'), [0.05, 1e6, 0.3, 0.1], TIMES),
      curve(modelOf('two-compartment-uptake'), [0.05, 0.3, 0.1], TIMES),
      1e-5,
    );
  });
  it('exchange with fast flow is extended Tofts', () => {
    expectClose(
      curve(modelOf('two-compartment-exchange'), [0.05, 0.3, 5e4, 0.1], TIMES),
      curve(modelOf('extended-tofts'), [0.1, 0.3, 0.05], TIMES),
      1e-4,
    );
  });
});

describe('the two-compartment exchange model', () => {
  it('solves its mass balance, integrated step by step (Runge and Kutta)', () => {
    const [vp, ve, fp, ps] = [0.06, 0.25, 0.4, 0.12];
    let [cp, ce] = [0, 0];
    const rates = (t: number, p: number, e: number) => [
      (fp * (plasma(t) - p) + ps * (e - p)) / vp,
      (ps * (p - e)) / ve,
    ];
    const h = 0.0005;
    const expected: number[] = [];
    for (let n = 0; n < 4000; n++) {
      const t = n * h;
      const a = rates(t, cp, ce);
      const b = rates(t + h / 2, cp + (h / 2) * a[0], ce + (h / 2) * a[1]);
      const c = rates(t + h / 2, cp + (h / 2) * b[0], ce + (h / 2) * b[1]);
      const d = rates(t + h, cp + h * c[0], ce + h * c[1]);
      cp += (h / 6) * (a[0] + 2 * b[0] + 2 * c[0] + d[0]);
      ce += (h / 6) * (a[1] + 2 * b[1] + 2 * c[1] + d[1]);
      if ((n + 1) % 1000 === 0) expected.push(vp * cp + ve * ce);
    }
    expectClose(
      curve(modelOf('two-compartment-exchange'), [vp, ve, fp, ps], [0.5, 1, 1.5, 2]),
      expected,
      1e-6,
    );
  });
});

describe.each(MODELS)('$id', (model) => {
  const minutes = Float64Array.from([0, 0.05, 0.11, 0.2, 0.4, 0.5, 0.8, 1.3, 2, 3.1]);
  const concentration = Float64Array.from([0, 0.5, 4, 3, 1.5, 1.2, 1.1, 1, 0.8, 0.7]);
  const response = new InputResponse(
    { minutes, concentration },
    Float64Array.from({ length: 12 }, (_, i) => 0.07 + 0.26 * i),
  );
  const typical: Record<string, number> = {
    Ktrans: 0.2,
    ve: 0.3,
    vp: 0.06,
    fp: 0.35,
    ps: 0.15,
    E: 0.4,
    Tc: 0.13,
  };
  const parameters = model.parameters.map((p) => typical[p.quantity]);
  const at = (p: number[], delay: number) => {
    const values = new Float64Array(response.frames);
    model.evaluate(p, delay, response, values);
    return values;
  };

  it('has derivatives that agree with differences', () => {
    const delay = 0.043;
    const values = new Float64Array(response.frames);
    const jacobian = [...parameters, 0].map(() => new Float64Array(response.frames));
    model.evaluate(parameters, delay, response, values, jacobian);
    expect([...values]).toEqual([...at(parameters, delay)]);
    jacobian.forEach((row, i) => {
      const h = 1e-6;
      const moved = (sign: number) =>
        i < parameters.length
          ? at(
              parameters.map((v, k) => (k === i ? v + sign * h : v)),
              delay,
            )
          : at(parameters, delay + sign * h);
      const [up, down] = [moved(1), moved(-1)];
      row.forEach((v, f) => expect(v, `row ${i} frame ${f}`).toBeCloseTo((up[f] - down[f]) / (2 * h), 6));
    });
  });

  it('its linear parts give back curves made with their own rates', () => {
    let checked = 0;
    for (const part of model.linearParts(response, 0.02)) {
      const amplitudes = part.curves.map((_, i) => 0.3 - 0.1 * i);
      const p = part.toParameters(amplitudes);
      if (!p) continue;
      const wanted = part.curves[0].map((_, f) =>
        part.curves.reduce((s, c, i) => s + amplitudes[i] * c[f], 0),
      );
      at(p, 0.02).forEach((v, f) => expect(v).toBeCloseTo(wanted[f], 9));
      checked++;
    }
    expect(checked).toBeGreaterThan(0);
  });
});
