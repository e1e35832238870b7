import { describe, expect, it } from 'vitest';
import { fill } from '../../core/localised.ts';
import { parker } from './parker.ts';
import { judgeInput, type JudgedInput } from './plausibility.ts';
import { CHECK_TEXTS, INPUT_CHECKS, type InputCheck } from './plausibility-texts.ts';
import { populationCurve } from './population.ts';

const every = (step: number, until: number) =>
  Array.from({ length: Math.floor(until / step) + 1 }, (_, n) => n * step);
const TIMES = every(5, 400);
const artery = populationCurve(parker, TIMES, { delay: 32 });
/** Tissue that follows the artery by one frame, at a tenth of it. */
const tissue = populationCurve(parker, TIMES, { delay: 37 }).map((c) => c / 10);

const judge = (change: Partial<JudgedInput> = {}) => {
  const verdicts = judgeInput(
    { times: TIMES, concentration: artery, compartment: 'blood', haematocrit: 0.42, tissue, ...change },
    'series-1',
  );
  expect(verdicts.map((v) => v.check)).toEqual([...INPUT_CHECKS]);
  const of = (check: InputCheck) => verdicts.find((v) => v.check === check)!;
  return { verdicts, of, severity: (check: InputCheck) => of(check).severity };
};

describe('plausibility of an arterial input', () => {
  it('passes the Parker curve, with its figures', () => {
    const { verdicts, of } = judge();
    expect(verdicts.filter((v) => v.severity !== 'pass')).toEqual([]);
    // Sampled at 8 s after arrival: 4.82612 mM in blood (0.1333 min in the formula), over 0.58.
    expect(of('peak').facts['value']).toBe(8.32);
    expect(of('contrast').facts['value']).toBe(10);
    expect(of('baseline').facts['frames']).toBe(7);
    // 5 min after the arrival Parker has 0.452164/0.58 = 0.780 mM; the arrival is read a second or two late.
    expect(Number(of('tail').facts['value'])).toBeCloseTo(0.775, 2);
    expect(Number(of('arrival').facts['tissue']) - Number(of('arrival').facts['value'])).toBeCloseTo(5, 1);
    for (const v of verdicts) {
      expect(v.subject).toBe('series-1');
      expect(v.id).toBe(v.check === 'baseline' ? 'M-06' : 'M-12');
      for (const text of Object.values(v.text)) expect(fill(text, v.facts)).not.toMatch(/\{\w+\}/);
    }
  });

  it('doubts what blood does not do, check by check', () => {
    expect(judge({ concentration: artery.map((c) => c / 20) }).severity('peak')).toBe('warn');
    expect(judge({ concentration: artery.map((c) => 2 * c) }).severity('peak')).toBe('warn');
    expect(judge({ tissue: artery.map((c) => c / 2.9) }).severity('contrast')).toBe('warn');
    expect(judge({ tissue: populationCurve(parker, TIMES, { delay: 22 }) }).severity('arrival')).toBe('warn');

    const capped = judge({ concentration: artery.map((c) => Math.min(c, 1)) });
    expect(capped.of('plateau')).toMatchObject({ severity: 'warn' });
    expect(Number(capped.of('plateau').facts['frames'])).toBeGreaterThanOrEqual(3);

    const holes = artery.slice();
    holes[9] = NaN;
    holes[10] = NaN;
    expect(judge({ concentration: holes }).of('gaps')).toMatchObject({
      severity: 'warn',
      facts: { frames: 2 },
    });

    const coarse = every(10, 400);
    const sparse = populationCurve(parker, coarse, { delay: 32 });
    expect(judge({ times: coarse, concentration: sparse, tissue: sparse }).severity('sampling')).toBe('warn');
  });

  it('counts frames before the bolus: 5 pass, 4 and 3 warn, 2 fail', () => {
    for (const [delay, frames, severity] of [
      [22, 5, 'pass'],
      [17, 4, 'warn'],
      [12, 3, 'warn'],
      [7, 2, 'fail'],
    ] as const)
      expect(
        judge({ concentration: populationCurve(parker, TIMES, { delay }) }).of('baseline'),
      ).toMatchObject({
        severity,
        facts: { frames },
      });
  });

  it('judges the tail by the dose', () => {
    const doubled = artery.map((c) => 2.2 * c);
    expect(judge({ concentration: doubled }).severity('tail')).toBe('warn'); // 1.7 mM
    expect(judge({ concentration: doubled, dose: 0.2 }).of('tail')).toMatchObject({
      severity: 'pass',
      facts: { low: 0.6, high: 3 },
    });
  });

  it('does not pass what it cannot judge', () => {
    const short = TIMES.slice(0, 40);
    const alone = judge({ times: short, concentration: artery.slice(0, 40), tissue: undefined });
    for (const check of ['contrast', 'tail', 'arrival'] as const) expect(alone.severity(check)).toBe('na');
    const flat = judge({ concentration: artery.map(() => 0) });
    expect(flat.verdicts.filter((v) => v.severity !== 'na').map((v) => v.check)).toEqual(['gaps']);
    expect(judge({ concentration: artery.map(() => NaN) }).severity('gaps')).toBe('warn');
    const rising = judge({ concentration: Float64Array.from(TIMES, (t) => Math.max(0, t - 30) / 100) });
    expect(rising.severity('sampling')).toBe('na');
  });

  it('takes a plasma curve as it is', () => {
    const plasma = artery.map((c) => c / 0.58);
    const { of } = judge({ concentration: plasma, compartment: 'plasma' });
    expect(of('peak').facts).toEqual(judge().of('peak').facts);
  });

  it('refuses lengths, times and doses that do not fit', () => {
    const refused = (change: Partial<JudgedInput>, kind: string) =>
      expect(() => judge(change)).toThrow(expect.objectContaining({ kind }));
    refused({ concentration: [1, 2] }, 'inconsistent_attributes');
    refused({ tissue: [1, 2] }, 'inconsistent_attributes');
    refused({ times: TIMES.map(() => 1) }, 'inconsistent_attributes');
    refused({ dose: 0 }, 'settings_invalid');
    refused({ haematocrit: 1 }, 'settings_invalid');
  });
});

describe('texts', () => {
  it('stand in three languages with the same facts', () => {
    for (const texts of Object.values(CHECK_TEXTS))
      for (const text of Object.values(texts) as { en: string; ru: string; zh: string }[]) {
        const marks = (t: string) => [...t.matchAll(/\{\w+\}/g)].map(([m]) => m).sort();
        expect(marks(text.ru)).toEqual(marks(text.en));
        expect(marks(text.zh)).toEqual(marks(text.en));
      }
  });
});
