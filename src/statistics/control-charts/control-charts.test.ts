import { describe, expect, it } from 'vitest';
import { cusum } from './cusum.ts';
import { cusumAverageRunLength, cusumFalseAlarm } from './cusum-run-length.ts';
import { ewma } from './ewma.ts';
import { lineAt, zoneOf, type ChartBaseline } from './limits.ts';
import { averageRunLength, ewmaAverageRunLength, falseAlarmProbability } from './run-length.ts';
import { rungBy, type RunRuleId, type Zone } from './run-rules.ts';
import { trend } from './trend.ts';

/** Thirty values, the last ten of a process that moved up by one: Montgomery, table 9.1. */
const MONTGOMERY = [
  9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.2, 10.34, 9.03, 11.47, 10.51, 9.4, 10.08, 9.37, 10.62,
  10.31, 8.52, 10.84, 10.9, 9.33, 12.29, 11.5, 10.6, 11.08, 10.38, 11.62, 11.31, 10.52,
];
const TEN: ChartBaseline = { mean: 10, sd: 1, n: 100 };

const zones = (...z: number[]): Zone[] => z.map((v) => zoneOf(v, { mean: 0, sd: 1, n: 1000 }, 'plain'));
const at = (rule: RunRuleId, ...z: number[]): number[] =>
  rungBy(zones(...z), [rule]).flatMap((rung, i) => (rung.length > 0 ? [i] : []));

describe('run rules', () => {
  it('ring where they say, and not one run earlier', () => {
    expect(at('1-2s', 1.99, 2, -2.5)).toEqual([1, 2]);
    expect(at('1-3s', 2.99, -3)).toEqual([1]);
    expect(at('2of3-2s', 2.1, 0, 2.1, -2.1, 0, -2.1)).toEqual([2, 5]);
    expect(at('2of3-2s', 2.1, -2.1, 0, 2.1)).toEqual([]);
    expect(at('4of5-1s', 1.1, 1.2, -3, 1.3, 1.4, 0)).toEqual([4]);
    expect(at('8x', ...Array<number>(9).fill(0.1))).toEqual([7, 8]);
    expect(at('8x', ...Array<number>(7).fill(0.1), -0.1, 0.1)).toEqual([]);
    expect(at('2-2s', 2.1, 0, 2.1, 2.2)).toEqual([3]);
    expect(at('R-4s', 2.1, -2.1, 0, 2.1)).toEqual([1]);
    expect(at('4-1s', -1, -1.5, -2, -2.9)).toEqual([3]);
    expect(at('10x', ...Array<number>(10).fill(-0.1))).toEqual([9]);
  });
});

describe('run lengths', () => {
  it('are those of Champ and Woodall (1987, table 2)', () => {
    expect(averageRunLength(['1-3s'])).toBeCloseTo(370.4, 1);
    expect(averageRunLength(['1-3s', '2of3-2s'])).toBeCloseTo(225.44, 1);
    expect(averageRunLength(['1-3s', '4of5-1s'])).toBeCloseTo(166.05, 1);
    expect(averageRunLength(['1-3s', '8x'])).toBeCloseTo(152.73, 1);
    expect(averageRunLength(['1-3s', '2of3-2s', '4of5-1s', '8x'])).toBeCloseTo(91.75, 1);
  });
  it('of the weighted mean are those of Lucas and Saccucci (1990): 500 at λ = 0.1, L = 2.814', () => {
    const got = ewmaAverageRunLength({ lambda: 0.1, width: 2.814 });
    // Theirs has limits of their final width from the start, which ring a little later.
    expect(got).toBeGreaterThan(480);
    expect(got).toBeLessThan(505);
  });
  it('of the cumulative sums are those of Montgomery (table 9.3): 465 for k = ½, h = 5, and 168 for h = 4', () => {
    expect(Math.abs(cusumAverageRunLength() / 465 - 1)).toBeLessThan(0.01);
    expect(Math.abs(cusumAverageRunLength({ reference: 0.5, interval: 4 }) / 168 - 1)).toBeLessThan(0.01);
  });
  it.each([3, 5, 7, 12, 30, 60])('of the sums are as rare with a baseline of %i as with a known one', (n) => {
    const share = cusumFalseAlarm(20, { known: false, n, kind: 'prediction' }) / cusumFalseAlarm(20);
    expect(share).toBeGreaterThan(0.85);
    expect(share).toBeLessThan(1.1);
  });
  it('one rule, one run, lines of prediction: as rare as with a known baseline, however short the baseline is', () => {
    const single = falseAlarmProbability(['1-3s'], 1);
    expect(single).toBeCloseTo(0.0026998, 6);
    for (const n of [5, 10, 20]) {
      const predicted = falseAlarmProbability(['1-3s'], 1, { known: false, n, kind: 'prediction' });
      expect(predicted / single, String(n)).toBeGreaterThan(0.98);
      expect(predicted / single, String(n)).toBeLessThan(1.02);
    }
    // What plain lines would do after five runs: t₄ beyond 3/√1.2, 5.2 %.
    expect(falseAlarmProbability(['1-3s'], 1, { known: false, n: 5, kind: 'plain' })).toBeCloseTo(0.052, 2);
  });
});

describe('limits', () => {
  it('of prediction are t·√(1 + 1/n), and those of a long baseline the plain ones', () => {
    expect(lineAt(3, 5, 'prediction')).toBeCloseTo(7.25, 1);
    expect(lineAt(3, 10, 'prediction')).toBeCloseTo(4.29, 1);
    expect(lineAt(3, 100_000, 'prediction')).toBeCloseTo(3, 3);
    expect(lineAt(2, 5, 'plain')).toBe(2);
  });
  it('with no spread put every difference beyond all lines', () => {
    expect(zoneOf(1, { mean: 1, sd: 0, n: 5 }, 'prediction').level).toBe(0);
    expect(zoneOf(1.001, { mean: 1, sd: 0, n: 5 }, 'prediction').level).toBe(3);
  });
});

describe('the textbook series of Montgomery', () => {
  it('weighted mean, λ = 0.1, L = 2.7: its values, and the first beyond the limit', () => {
    const points = ewma(MONTGOMERY, TEN, 'plain');
    [9.945, 9.7495, 9.70355].forEach((v, i) => expect(points[i]!.value).toBeCloseTo(v, 9));
    expect(points[0]!.limit).toBeCloseTo(0.27, 9);
    expect(points[29]!.limit).toBeCloseTo(0.62, 2);
    expect(points[27]!.value).toBeCloseTo(10.5731, 4);
    expect(points[28]!.value).toBeCloseTo(10.6468, 4);
    expect(points.findIndex((p) => p.signal)).toBe(28);
  });
  it('cumulative sums, k = ½, h = 5: 5.28 at run 29, the first beyond', () => {
    const points = cusum(MONTGOMERY, TEN, 'plain');
    expect(points[28]!.up).toBeCloseTo(5.28, 9);
    expect(points.findIndex((p) => p.signal)).toBe(28);
    expect(points[1]!.down).toBeCloseTo(1.56, 9);
  });
});

describe('trend', () => {
  it('has its slope per run, and needs five runs', () => {
    const got = trend([1, 1.5, 2, 2.5, 3, 3.5, 4]);
    expect(got).toMatchObject({ runs: 7, present: true });
    if ('slope' in got) expect(got.slope.value).toBeCloseTo(0.5, 12);
    expect(trend([1, 2, 3, 4])).toEqual({ noValue: 'too_few' });
    expect(trend([3, 1, 2, 3, 1, 2])).toMatchObject({ present: false });
  });
});
