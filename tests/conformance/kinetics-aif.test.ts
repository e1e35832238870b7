import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fritzHansen } from '../../src/kinetics/aif/fritz-hansen.ts';
import { georgiou } from '../../src/kinetics/aif/georgiou.ts';
import { mcgrath } from '../../src/kinetics/aif/mcgrath.ts';
import { parker } from '../../src/kinetics/aif/parker.ts';
import { populationCurve, populationPlasma } from '../../src/kinetics/aif/population.ts';
import { POPULATION_INPUTS } from '../../src/kinetics/aif/registry.ts';
import { weinmann } from '../../src/kinetics/aif/weinmann.ts';
import { HAS_SHARED, SHARED } from '../shared.ts';

const minutes = (...t: number[]) => t.map((m) => 60 * m);

describe('population inputs', () => {
  it('Parker has the published values', () => {
    const curve = populationCurve(parker, minutes(0, 0.1, 0.17046, 0.25, 0.365, 0.5, 1, 2, 5));
    [0.080385, 2.75256, 6.069251, 2.795682, 1.02292, 1.22472, 0.887187, 0.749604, 0.452164].forEach(
      (value, n) => expect(Math.abs(curve[n]! - value)).toBeLessThan(1e-6),
    );
  });

  it('Weinmann has the published values', () => {
    const curve = populationCurve(weinmann, minutes(0.5, 1, 2, 5, 10));
    [0.84663628, 0.81821275, 0.7666602, 0.6464079, 0.5223149].forEach((value, n) =>
      expect(curve[n]).toBeCloseTo(value, 8),
    );
  });

  it('McGrath rises to 5.21 mM at 7 s; Fritz-Hansen starts at 3.02 mM; worked by hand', () => {
    expect([...populationCurve(mcgrath, [0, 3.5, 7])].map((c) => +c.toFixed(12))).toEqual([0, 2.605, 5.21]);
    // 3.4 e^(−0.045·60) + 1.81 e^(−0.0015·60) = 0.2284987 + 1.6542161
    expect(populationCurve(mcgrath, [67])[0]).toBeCloseTo(1.8827148, 5);
    expect(populationCurve(fritzHansen, [0])[0]).toBeCloseTo(3.02, 12);
    // 2.4 e^(−3) + 0.62 e^(−0.016) = 0.1194890 + 0.6101590
    expect(populationCurve(fritzHansen, [60])[0]).toBeCloseTo(0.729648, 5);
  });

  it('Georgiou has the values of its published table, and those of its printed rounding within 3 %', () => {
    // Supplement of the paper at 6, 12, 20, 60 and 300 s, mM.
    const table = [7.7798735, 5.1063593, 1.1514557, 1.2766257, 0.6493099];
    const curve = populationCurve(georgiou, [6, 12, 20, 60, 300]);
    table.forEach((value, n) => expect(Math.abs(curve[n]! - value)).toBeLessThan(6e-5));
    // One pass only before 0.129 min: Γ(6.26) = 5.26·4.26·3.26·2.26·1.26·Γ(1.26), Γ(1.26) = 0.9044 from tables.
    const t = 0.1;
    const gamma = 5.26 * 4.26 * 3.26 * 2.26 * 1.26 * 0.9043971;
    const pass = (t ** 5.26 * Math.exp(-t / 0.032)) / (0.032 ** 6.26 * gamma);
    const decay = 0.37 * Math.exp(-0.11 * t) + 0.33 * Math.exp(-1.17 * t) + 10.06 * Math.exp(-16.02 * t);
    expect(Math.abs(curve[0]! / (decay * pass) - 1)).toBeLessThan(0.03);
    // Beyond the table: passes merge into a steady stream, and nothing overflows (lgamma of Python's math: 0.0386389).
    expect(populationCurve(georgiou, [1800])[0]).toBeCloseTo(0.03863894941, 8);
    expect(populationCurve(georgiou, [0])[0]).toBe(0);
  });

  it('shifts by the delay exactly, 0 before it, and scales with the dose', () => {
    for (const input of POPULATION_INPUTS) {
      const times = [0, 9.99, 10, 12.3, 31, 200];
      const shifted = populationCurve(input, times, { delay: 10 });
      const plain = populationCurve(
        input,
        times.map((t) => t - 10),
      );
      expect([...shifted]).toEqual([...plain]);
      expect([shifted[0], shifted[1]]).toEqual([0, 0]);
      if (input.referenceDose === null)
        expect(() => populationCurve(input, times, { dose: 0.1 })).toThrow(
          expect.objectContaining({ kind: 'settings_invalid' }),
        );
      else
        expect(populationCurve(input, [60], { dose: 0.2 })[0]).toBeCloseTo(
          2 * populationCurve(input, [60])[0]!,
          12,
        );
    }
    expect(() => populationCurve(parker, [0], { dose: -1 })).toThrow();
  });

  it('gives plasma: blood over (1 − Hct), plasma as it is', () => {
    expect(populationPlasma(parker, [60], 0.42)[0]).toBeCloseTo(0.887187 / 0.58, 5);
    expect(populationPlasma(weinmann, [60], 0.42)[0]).toBeCloseTo(0.81821275, 8);
  });

  it('lists every input once, with source, dose and three languages', () => {
    expect(POPULATION_INPUTS.map((p) => p.id)).toEqual([
      'parker',
      'georgiou',
      'weinmann',
      'fritz-hansen',
      'preclinical-mcgrath',
    ]);
    for (const input of POPULATION_INPUTS) expect(input.source).toMatch(/\d{4};/);
  });
});

interface InputCase {
  readonly id: string;
  readonly form: string;
  readonly units: { time: 'min' | 's' };
  readonly delay: number;
  readonly tolerance: { concentration: { abs: number; rel: number } };
  readonly time: number[];
  readonly aif: number[];
}

describe.skipIf(!HAS_SHARED)('OSIPI cases of population inputs', () => {
  const path = join(SHARED, 'reference/kinetics/aif_population.json');
  const cases = HAS_SHARED ? (JSON.parse(readFileSync(path, 'utf8')) as { cases: InputCase[] }).cases : [];
  const ids: Record<string, string> = { preclinical_mcgrath: 'preclinical-mcgrath' };

  it('has the 27 cases', () => expect(cases.length).toBe(27));

  it.each(cases.map((c) => [c.id, c] as const))('%s within the tolerance', (_id, c) => {
    const input = POPULATION_INPUTS.find((p) => p.id === (ids[c.form] ?? c.form))!;
    const seconds = c.time.map((t) => (c.units.time === 'min' ? 60 * t : t));
    const curve = populationCurve(input, seconds, { delay: c.delay });
    const { abs, rel } = c.tolerance.concentration;
    let worst = 0;
    c.aif.forEach((reference, n) => {
      worst = Math.max(worst, Math.abs(curve[n]! - reference) / (abs + rel * Math.abs(reference)));
    });
    expect(worst).toBeLessThan(0.01); // a hundredth of what the source allows
  });
});
