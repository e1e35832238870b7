import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { convertBlock, convertCurve, CONVERSION_STATUS } from '../../src/kinetics/signal/conversion.ts';
import { RELAXIVITIES } from '../../src/kinetics/signal/contrast-agents.ts';
import { ctEnhancement } from '../../src/kinetics/signal/ct-enhancement.ts';
import { HAEMATOCRITS, plasmaFromBlood } from '../../src/kinetics/signal/haematocrit.ts';
import { SIGNAL_METHODS } from '../../src/kinetics/signal/registry.ts';
import { relativeEnhancement } from '../../src/kinetics/signal/relative-enhancement.ts';
import {
  rateAtSignal,
  signalAtConcentration,
  spoiledEchoSignal,
  spoiledGradientEcho,
} from '../../src/kinetics/signal/spoiled-gradient-echo.ts';
import { HAS_SHARED, SHARED } from '../shared.ts';

const echo = { repetitionTime: 0.005, flipAngle: 20 };
const values = { ...echo, relaxivity: 4.5 };

describe('spoiled gradient echo', () => {
  it('has the published signals', () => {
    expect(spoiledEchoSignal(1000, 1 / 1.4, echo)).toBeCloseTo(19.1544285, 7);
    expect(signalAtConcentration(1000, 1 / 1.4, 1, 4.5, echo)).toBeCloseTo(104.1747982, 6);
    const vfa = [31.117749, 49.543974, 43.079689, 33.19124, 26.245954, 21.461816];
    [2, 5, 10, 15, 20, 25].forEach((flipAngle, n) =>
      expect(spoiledEchoSignal(1000, 1, { repetitionTime: 0.005, flipAngle })).toBeCloseTo(vfa[n]!, 5),
    );
  });

  it('has the published concentration: 19.1544285 → 104.1747982 is 1 mM', () => {
    const { values: c, status } = convertCurve(
      spoiledGradientEcho,
      values,
      [19.1544285, 19.1544285, 104.1747982],
      1 / 1.4,
      [0, 1],
    );
    expect(c[0]).toBeCloseTo(0, 9);
    expect(c[2]).toBeCloseTo(1, 8);
    expect(status).toBe('ok');
  });

  it('inverts its own signal over concentrations, T1 and B1', () => {
    for (const t1 of [0.3, 1, 3])
      for (const b1 of [0.8, 1, 1.25]) {
        const truth = [0, 0, -0.02, 0.1, 1, 6, 12];
        const signal = truth.map((c) => signalAtConcentration(742, 1 / t1, c, 4.5, echo, b1));
        const { values: c } = convertCurve(spoiledGradientEcho, values, signal, 1 / t1, [0, 1], b1);
        truth.forEach((expected, n) => expect(c[n]).toBeCloseTo(expected, 10));
      }
    expect(rateAtSignal(spoiledEchoSignal(900, 0.71, echo, 1.1), 900, echo, 1.1)).toBeCloseTo(0.71, 12);
    expect(rateAtSignal(400, 900, echo)).toBeNaN(); // 900 sin 20° = 307.8 is all there can be
  });

  it('flags and never clips what has no answer', () => {
    const base = spoiledEchoSignal(1000, 1 / 1.4, echo);
    // S0 sin 20° = 342.02 is the signal at infinite concentration.
    const {
      values: c,
      status,
      failedFrames,
    } = convertCurve(spoiledGradientEcho, values, [base, 342, 342.1, -1], 1 / 1.4, [0]);
    expect(c[1]).toBeGreaterThan(100);
    expect(c[2]).toBeNaN();
    expect(c[3]).toBeNaN();
    expect([status, failedFrames]).toEqual(['signal-out-of-reach', 2]);
    const run = (signal: number[], r10: number, b1 = 1) =>
      convertCurve(spoiledGradientEcho, values, signal, r10, [0], b1);
    expect(run([0, 1, 2], 1).status).toBe('baseline-not-positive');
    expect(run([NaN, 1, 2], 1).status).toBe('baseline-not-positive');
    expect(run([base, NaN, base], 1).status).toBe('signal-not-finite');
    expect(run([base, Infinity, base], 1).status).toBe('signal-not-finite');
    for (const r10 of [0, -1, NaN, Infinity])
      expect(run([base, base], r10)).toMatchObject({ status: 'native-t1-not-valid', failedFrames: 2 });
    expect(run([base, base], 1, 0).status).toBe('native-t1-not-valid');
  });

  it('converts a block like its voxels one by one, with maps of R1 and B1', () => {
    const r10 = [1 / 1.4, 0.8, 2, 0];
    const b1 = [1, 0.9, 1.1, 1];
    const truth = [0, 0, 0.5, 3];
    const frames = truth.length;
    const voxels = r10.length;
    const data = new Float64Array(frames * voxels);
    for (let f = 0; f < frames; f++)
      for (let v = 0; v < voxels; v++)
        data[f * voxels + v] = signalAtConcentration(500 + v, r10[v]!, truth[f]!, 4.5, echo, b1[v]);
    data[3 * voxels + 2] = 1e6;
    const made = convertBlock(spoiledGradientEcho, values, { data, frames, voxels }, r10, [0, 1], b1);
    for (let f = 0; f < frames; f++) {
      expect(made.data[f * voxels]).toBeCloseTo(truth[f]!, 10);
      expect(made.data[f * voxels + 1]).toBeCloseTo(truth[f]!, 10);
      expect(made.data[f * voxels + 3]).toBeNaN();
    }
    expect(made.data[2 * voxels + 2]).toBeCloseTo(0.5, 10);
    expect(made.data[3 * voxels + 2]).toBeNaN();
    expect(Array.from(made.status, (code) => CONVERSION_STATUS[code])).toEqual([
      'ok',
      'ok',
      'signal-out-of-reach',
      'native-t1-not-valid',
    ]);
    expect([...made.failedFrames]).toEqual([0, 0, 1, 4]);
    const single = convertBlock(
      spoiledGradientEcho,
      values,
      { data: Float32Array.from(data), frames, voxels },
      r10,
      [0, 1],
      b1,
    );
    expect(single.data).toBeInstanceOf(Float32Array);
  });

  it('refuses settings and shapes that do not fit, naming them', () => {
    const block = { data: new Float64Array(6), frames: 3, voxels: 2 };
    const refused = (call: () => unknown, kind: string, facts: object) =>
      expect(call).toThrow(expect.objectContaining({ kind, facts: expect.objectContaining(facts) }));
    refused(() => convertBlock(spoiledGradientEcho, { flipAngle: 20 }, block, 1, [0]), 'settings_invalid', {
      key: 'repetitionTime',
    });
    refused(
      () => convertBlock(spoiledGradientEcho, { ...values, flipAngle: 0 }, block, 1, [0]),
      'settings_invalid',
      { key: 'flipAngle', received: 0 },
    );
    for (const chosen of [[], [3], [-1], [0, 0], [0.5]])
      refused(() => convertBlock(spoiledGradientEcho, values, block, 1, chosen), 'settings_invalid', {
        key: 'baselineFrames',
      });
    refused(
      () => convertBlock(spoiledGradientEcho, values, block, [1, 1, 1], [0]),
      'inconsistent_attributes',
      { what: 't1', expected: 2, received: 3 },
    );
    refused(
      () => convertBlock(spoiledGradientEcho, values, { ...block, frames: 4 }, 1, [0]),
      'inconsistent_attributes',
      { what: 'signal' },
    );
  });
});

describe('other signals', () => {
  it('CT: difference of Hounsfield units over the factor', () => {
    const { values: c } = convertCurve(
      ctEnhancement,
      { enhancementPerMillimolar: 4 },
      [-10, -6, 110, NaN],
      NaN,
      [0, 1],
    );
    expect([...c]).toEqual([-0.5, 0.5, 29.5, NaN]);
  });

  it('relative enhancement in percent; none without a baseline', () => {
    expect([...convertCurve(relativeEnhancement, {}, [40, 60, 100], NaN, [0, 1]).values]).toEqual([
      -20, 20, 100,
    ]);
    expect(convertCurve(relativeEnhancement, {}, [0, 60], NaN, [0]).status).toBe('baseline-not-positive');
  });

  it('plasma from blood: 1 mM at haematocrit 0.42 is 1.7241 mM', () => {
    expect(plasmaFromBlood([1, 0], 0.42)[0]).toBeCloseTo(1.724137931, 9);
    expect(() => plasmaFromBlood([1], 1)).toThrow(expect.objectContaining({ kind: 'settings_invalid' }));
  });

  it('gives every method, agent and haematocrit its source', () => {
    expect(new Set(SIGNAL_METHODS.map((m) => m.id)).size).toBe(SIGNAL_METHODS.length);
    for (const m of SIGNAL_METHODS) {
      expect(m.source).toMatch(/\d{4}/);
      for (const text of [m.name, ...m.parameters.map((p) => p.name)])
        expect(Object.values(text).every((t) => t.length > 1)).toBe(true);
    }
    for (const { r1, source, field } of RELAXIVITIES) {
      expect(r1).toBeGreaterThan(2);
      expect(r1).toBeLessThan(8);
      expect([1.5, 3, 7]).toContain(field);
      expect(source).toMatch(/20\d\d/);
    }
    for (const { value } of HAEMATOCRITS) expect(value).toBeGreaterThan(0.3);
  });
});

interface SignalCase {
  readonly id: string;
  readonly flip_angle: number;
  readonly TR: number;
  readonly R1_baseline: number;
  readonly baseline_points: number;
  readonly r1: number;
  readonly signal: number[];
  readonly concentration: number[];
}

describe.skipIf(!HAS_SHARED)('OSIPI cases of signal to concentration', () => {
  const path = join(SHARED, 'reference/kinetics/signal_to_concentration.json');
  const { cases, tolerance } = HAS_SHARED
    ? (JSON.parse(readFileSync(path, 'utf8')) as {
        cases: SignalCase[];
        tolerance: { concentration: { abs: number; rel: number } };
      })
    : { cases: [], tolerance: { concentration: { abs: 0, rel: 0 } } };

  it('has the three cases', () => expect(cases.length).toBe(3));

  it.each(cases.map((c) => [c.id, c] as const))('%s within the tolerance', (_id, c) => {
    // The source leaves the first point out of the baseline and of the comparison.
    const baseline = Array.from({ length: c.baseline_points - 1 }, (_, n) => n + 1);
    const { values: measured, status } = convertCurve(
      spoiledGradientEcho,
      { repetitionTime: c.TR, flipAngle: c.flip_angle, relaxivity: c.r1 },
      c.signal,
      c.R1_baseline,
      baseline,
    );
    expect(status).toBe('ok');
    const { abs, rel } = tolerance.concentration;
    let worst = 0;
    for (let n = 1; n < c.signal.length; n++) {
      const reference = c.concentration[n]!;
      worst = Math.max(worst, Math.abs(measured[n]! - reference) / (abs + rel * Math.abs(reference)));
    }
    expect(worst).toBeLessThan(1e-6); // a millionth of what the source allows
  });
});
