import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Random } from '../../src/core/random.ts';
import { spoiledEchoSignal } from '../../src/kinetics/signal/spoiled-gradient-echo.ts';
import { fixedT1, ratesOfT1Map } from '../../src/kinetics/t1/fixed-t1.ts';
import type { FlipAngleFit } from '../../src/kinetics/t1/flip-angles.ts';
import { fitInversionRecovery } from '../../src/kinetics/t1/inversion-recovery.ts';
import { fitLinearFlipAngles } from '../../src/kinetics/t1/linear-flip-angles.ts';
import {
  fitNonlinearFlipAngles,
  prepareNonlinearFlipAngles,
} from '../../src/kinetics/t1/nonlinear-flip-angles.ts';
import { T1_METHODS } from '../../src/kinetics/t1/registry.ts';
import { fitSaturationRecovery } from '../../src/kinetics/t1/saturation-recovery.ts';
import { T1_STATUS } from '../../src/kinetics/t1/t1-estimate.ts';
import { mapT1 } from '../../src/kinetics/t1/t1-map.ts';
import { fitTwoFlipAngles } from '../../src/kinetics/t1/two-flip-angles.ts';
import { fitWeightedFlipAngles } from '../../src/kinetics/t1/weighted-flip-angles.ts';
import { HAS_SHARED, SHARED } from '../shared.ts';

const FITS: readonly (readonly [name: string, sourceName: string, fit: FlipAngleFit])[] = [
  ['two flip angles', 'two_flip_angle', fitTwoFlipAngles],
  ['linear', 'linear', fitLinearFlipAngles],
  ['weighted linear', '', fitWeightedFlipAngles],
  ['non-linear', '', fitNonlinearFlipAngles],
];

const refuses = (call: () => unknown, kind: string, facts: object) =>
  expect(call).toThrow(expect.objectContaining({ kind, facts: expect.objectContaining(facts) }));

describe('variable flip angles', () => {
  // SPEC §4: S0 1000, TR 5 ms, T1 1 s.
  const protocol = { repetitionTime: 0.005, flipAngles: [2, 5, 10, 15, 20, 25] };
  const published = [31.117749, 49.543974, 43.079689, 33.19124, 26.245954, 21.461816];

  it.each(FITS)('%s returns T1 = 1.000000 s from the published signals', (_name, _source, fit) => {
    const found = fit(published, protocol);
    expect(found.t1).toBeCloseTo(1, 6);
    expect(found.s0).toBeCloseTo(1000, 3);
    expect(found.status).toBe('ok');
  });

  it.each(FITS)('%s is exact without noise, for short and long T1 and with B1', (_name, _source, fit) => {
    for (const t1 of [0.05, 0.3, 1.4, 4.5])
      for (const b1 of [0.7, 1, 1.3]) {
        const signal = protocol.flipAngles.map((flipAngle) =>
          spoiledEchoSignal(5000, 1 / t1, { repetitionTime: 0.005, flipAngle }, b1),
        );
        const found = fit(signal, protocol, b1);
        expect(Math.abs(found.t1 / t1 - 1)).toBeLessThan(1e-7);
        expect(Math.abs(found.s0 / 5000 - 1)).toBeLessThan(1e-7);
      }
  });

  it('a B1 left out scales T1 by its square (small angles)', () => {
    const angles = { repetitionTime: 0.005, flipAngles: [1, 2, 4, 6] };
    const signal = angles.flipAngles.map((flipAngle) =>
      spoiledEchoSignal(1000, 1, { repetitionTime: 0.005, flipAngle }, 0.9),
    );
    expect(fitNonlinearFlipAngles(signal, angles).t1).toBeCloseTo(0.81, 2);
  });

  it.each(FITS.slice(1))('%s states errors as wide as the spread of repeated noisy fits', (_n, _s, fit) => {
    const random = new Random(7);
    const clean = protocol.flipAngles.map((flipAngle) =>
      spoiledEchoSignal(1000, 1, { repetitionTime: 0.005, flipAngle }),
    );
    const repeats = 3000;
    let [sum, square, variance] = [0, 0, 0];
    for (let n = 0; n < repeats; n++) {
      const { r1, r1Error } = fit(
        clean.map((s) => s + 0.3 * random.normal()),
        protocol,
      );
      sum += r1;
      square += r1 * r1;
      variance += r1Error * r1Error;
    }
    const spread = Math.sqrt(square / repeats - (sum / repeats) ** 2);
    const stated = Math.sqrt(variance / repeats);
    // The equal-weight line takes its noise as equal along the line, which it is not: its error is a rough one.
    const [low, high] = fit === fitLinearFlipAngles ? [0.4, 2.5] : [0.93, 1.07];
    expect(stated / spread).toBeGreaterThan(low);
    expect(stated / spread).toBeLessThan(high);
  });

  it('the non-linear fit is the least squares: every neighbour is worse', () => {
    const signal = [300, 480, 440, 320, 270, 208];
    const { r1, s0 } = fitNonlinearFlipAngles(signal, protocol);
    const rss = (a: number, b: number) =>
      protocol.flipAngles.reduce(
        (sum, flipAngle, n) =>
          sum + (signal[n]! - spoiledEchoSignal(b, a, { repetitionTime: 0.005, flipAngle })) ** 2,
        0,
      );
    const here = rss(r1, s0);
    for (const [da, db] of [
      [1e-5, 0],
      [-1e-5, 0],
      [0, 1e-5],
      [0, -1e-5],
      [1e-5, 1e-5],
      [-1e-5, 1e-5],
    ] as const)
      expect(rss(r1 * (1 + da), s0 * (1 + db))).toBeGreaterThan(here);
  });

  it('a prepared fit keeps nothing from voxel to voxel', () => {
    const fit = prepareNonlinearFlipAngles(protocol, 0.95);
    for (const t1 of [0.4, 3, 0.4]) {
      const signal = protocol.flipAngles.map((flipAngle) =>
        spoiledEchoSignal(700, 1 / t1, { repetitionTime: 0.005, flipAngle }, 0.95),
      );
      expect(fit(signal).t1).toBeCloseTo(t1, 8);
      expect(fit(signal)).toEqual(fitNonlinearFlipAngles(signal, protocol, 0.95));
    }
  });

  it('flags voxels without an answer', () => {
    for (const [, , fit] of FITS) {
      expect(fit([0, 0, 0, 0, 0, 0], protocol).status).toBe('signal-not-valid');
      expect(fit([NaN, 1, 1, 1, 1, 1], protocol).t1).toBeNaN();
      expect(fit(published, protocol, 0).status).toBe('signal-not-valid');
    }
    // Signals that rise like the sine: T1 = 0, slope of the line 0.
    const sines = protocol.flipAngles.map((a) => 100 * Math.sin((a * Math.PI) / 180));
    expect(
      fitLinearFlipAngles(
        sines.map((s, n) => s * (1 + 0.01 * n)),
        protocol,
      ).status,
    ).toBe('no-answer');
    expect(
      fitNonlinearFlipAngles(
        sines.map((s, n) => s * (1 + 0.01 * n)),
        protocol,
      ).status,
    ).toBe('at-bound');
    expect(
      fitNonlinearFlipAngles(published.slice(0, 2), { ...protocol, flipAngles: [2, 5] }).r1Error,
    ).toBeNaN();
  });

  it('refuses protocols that fit no voxel', () => {
    for (const [, , fit] of FITS) {
      refuses(() => fit([1, 2], { repetitionTime: 0, flipAngles: [2, 5] }), 'settings_invalid', {
        key: 'repetitionTime',
      });
      refuses(() => fit([1, 2], { repetitionTime: 0.005, flipAngles: [5, 5] }), 'settings_invalid', {
        key: 'flipAngles',
      });
      refuses(
        () => fit([1, 2, 3], { repetitionTime: 0.005, flipAngles: [2, 5] }),
        'inconsistent_attributes',
        {
          expected: 2,
          received: 3,
        },
      );
    }
  });
});

describe('inversion recovery', () => {
  const delays = [0.05, 0.15, 0.4, 0.8, 1.5, 2.5, 4];
  const signalOf = (t1: number, cosine: number, tr: number) =>
    delays.map((ti) => 800 * (1 - (1 - cosine) * Math.exp(-ti / t1) - cosine * Math.exp(-tr / t1)));

  it('is exact without noise: signed and magnitude, with and without TR, inversion fitted and fixed', () => {
    for (const t1 of [0.12, 0.4, 1, 1.9])
      for (const cosine of [-1, -0.85])
        for (const tr of [Infinity, 5])
          for (const signs of ['signed', 'magnitude'] as const)
            for (const inversion of ['fitted', cosine] as const) {
              const clean = signalOf(t1, cosine, tr);
              const signal = signs === 'magnitude' ? clean.map(Math.abs) : clean;
              const found = fitInversionRecovery(signal, { delays, repetitionTime: tr, signs, inversion });
              expect(Math.abs(found.t1 / t1 - 1)).toBeLessThan(1e-6);
              expect(found.s0).toBeCloseTo(800, 2);
              expect(found.inversion).toBeCloseTo(cosine, 5);
            }
  });

  it('takes delays in any order', () => {
    const shuffled = [3, 0, 6, 2, 5, 1, 4];
    const clean = signalOf(0.9, -1, Infinity).map(Math.abs);
    const found = fitInversionRecovery(
      shuffled.map((n) => clean[n]!),
      { delays: shuffled.map((n) => delays[n]!), signs: 'magnitude', inversion: 'fitted' },
    );
    expect(found.t1).toBeCloseTo(0.9, 7);
  });

  it('states errors as wide as the spread of repeated noisy fits', () => {
    const random = new Random(3);
    const clean = signalOf(1, -1, 6);
    let [sum, square, variance] = [0, 0, 0];
    const repeats = 1500;
    for (let n = 0; n < repeats; n++) {
      const { t1, t1Error } = fitInversionRecovery(
        clean.map((s) => Math.abs(s + 4 * random.normal())),
        { delays, repetitionTime: 6, signs: 'magnitude', inversion: 'fitted' },
      );
      sum += t1;
      square += t1 * t1;
      variance += t1Error * t1Error;
    }
    const spread = Math.sqrt(square / repeats - (sum / repeats) ** 2);
    expect(Math.sqrt(variance / repeats) / spread).toBeGreaterThan(0.9);
    expect(Math.sqrt(variance / repeats) / spread).toBeLessThan(1.1);
    expect(sum / repeats).toBeCloseTo(1, 2);
  });

  it('refuses and flags', () => {
    const base = { signs: 'signed', inversion: 'fitted' } as const;
    refuses(() => fitInversionRecovery([1, 2], { delays: [0.1, 1], ...base }), 'settings_invalid', {
      key: 'delays',
    });
    refuses(
      () => fitInversionRecovery([1, 2, 3], { delays: [0.1, 1, 2], repetitionTime: 2, ...base }),
      'settings_invalid',
      { key: 'repetitionTime' },
    );
    expect(fitInversionRecovery([0, 0, 0], { delays: [0.1, 1, 2], ...base }).status).toBe('signal-not-valid');
    expect(fitInversionRecovery([1, NaN, 0], { delays: [0.1, 1, 2], ...base }).t1).toBeNaN();
  });
});

describe('saturation recovery', () => {
  const delays = [0.1, 0.3, 0.7, 1.5, 3, 6];
  it('is exact without noise, perfect and imperfect pulse', () => {
    for (const t1 of [0.2, 1, 2.5])
      for (const left of [0, 0.1]) {
        const signal = delays.map((td) => 640 * (1 - (1 - left) * Math.exp(-td / t1)));
        for (const residual of ['fitted', left] as const) {
          const found = fitSaturationRecovery(signal, { delays, residual });
          expect(Math.abs(found.t1 / t1 - 1)).toBeLessThan(1e-7);
          expect(found.s0).toBeCloseTo(640, 4);
          expect(found.residual).toBeCloseTo(left, 6);
        }
      }
  });

  it('refuses and flags', () => {
    refuses(() => fitSaturationRecovery([1, 2], { delays: [1, 1], residual: 0 }), 'settings_invalid', {
      key: 'delays',
    });
    expect(fitSaturationRecovery([0, 0], { delays: [1, 2], residual: 0 }).status).toBe('signal-not-valid');
  });
});

describe('maps and given T1', () => {
  it('fits a block voxel by voxel with a B1 map and leaves the rest out', () => {
    const protocol = { repetitionTime: 0.005, flipAngles: [3, 9, 15] };
    const b1 = [1, 0.8, 1, 1];
    const t1 = [1, 0.5, 2, 1];
    const data = new Float32Array(12);
    for (let f = 0; f < 3; f++)
      for (let v = 0; v < 3; v++)
        data[f * 4 + v] = spoiledEchoSignal(
          1000,
          1 / t1[v]!,
          { repetitionTime: 0.005, flipAngle: protocol.flipAngles[f]! },
          b1[v],
        );
    const maps = mapT1(
      { data, frames: 3, voxels: 4 },
      (signal, v) => fitNonlinearFlipAngles(signal, protocol, b1[v]),
      Uint8Array.of(1, 1, 0, 1),
    );
    expect(maps.t1[0]).toBeCloseTo(1, 4);
    expect(maps.t1[1]).toBeCloseTo(0.5, 4);
    expect([maps.t1[2], maps.t1[3]]).toEqual([NaN, NaN]);
    expect(Array.from(maps.status, (code) => T1_STATUS[code])).toEqual([
      'ok',
      'ok',
      'not-wanted',
      'signal-not-valid',
    ]);
    refuses(() => mapT1({ data, frames: 4, voxels: 4 }, () => fixedT1(1)), 'inconsistent_attributes', {
      expected: 16,
      received: 12,
    });
  });

  it('takes fixed and imported T1', () => {
    expect(fixedT1(1.44)).toMatchObject({ r1: 1 / 1.44, status: 'ok' });
    expect(fixedT1(0).r1).toBeNaN();
    expect([...ratesOfT1Map([500, 0, -1, NaN], 'ms')]).toEqual([2, NaN, NaN, NaN]);
    expect([...ratesOfT1Map([0.5], 's')]).toEqual([2]);
  });

  it('lists every method once, with a source', () => {
    expect(new Set(T1_METHODS.map((m) => m.id)).size).toBe(7);
    for (const m of T1_METHODS) expect(m.source).toMatch(/\d{4};/);
  });
});

interface T1Case {
  readonly id: string;
  readonly flip_angle: number[];
  readonly TR: number[];
  readonly signal: number[];
  readonly parameters: { R1: number };
  readonly source_values: Record<string, { value: number }>;
  readonly expected_fail?: string[];
}

describe.skipIf(!HAS_SHARED)('OSIPI cases of variable flip angles', () => {
  const path = join(SHARED, 'reference/kinetics/t1_vfa.json');
  const { cases, tolerance } = HAS_SHARED
    ? (JSON.parse(readFileSync(path, 'utf8')) as {
        cases: T1Case[];
        tolerance: { R1: { abs: number; rel: number } };
      })
    : { cases: [], tolerance: { R1: { abs: 0, rel: 0 } } };
  const protocolOf = (c: T1Case) => ({ repetitionTime: c.TR[0]!, flipAngles: c.flip_angle });

  it('has 103 cases with one TR each', () => {
    expect(cases.length).toBe(103);
    for (const c of cases) expect(new Set(c.TR).size).toBe(1);
  });

  it.each(FITS)('%s: every case within the tolerance, the expected failure apart', (_name, source, fit) => {
    const { abs, rel } = tolerance.R1;
    const failed = cases.filter((c) => {
      const { r1 } = fit(c.signal, protocolOf(c));
      return !(Math.abs(r1 - c.parameters.R1) <= abs + rel * c.parameters.R1);
    });
    expect(failed.map((c) => c.id)).toEqual(
      cases.filter((c) => c.expected_fail?.includes(source)).map((c) => c.id),
    );
  });

  it('agrees with the prostate study to 0.1 % where it fitted the same way, B1 corrected too', () => {
    const prostate = cases.filter((c) => Object.hasOwn(c.source_values, 'T1 nonlinear'));
    expect(prostate.length).toBeGreaterThan(20);
    for (const c of prostate) {
      const of = (key: string) => c.source_values[key]!.value;
      const near = (fit: FlipAngleFit, key: string, b1 = 1) =>
        expect(Math.abs((1000 * fit(c.signal, protocolOf(c), b1).t1) / of(key) - 1)).toBeLessThan(1e-3);
      near(fitNonlinearFlipAngles, 'T1 nonlinear');
      near(fitNonlinearFlipAngles, 'T1 nonlinear B1cor', of('B1') / 100);
      near(fitLinearFlipAngles, 'T1 linear');
    }
  });
});
