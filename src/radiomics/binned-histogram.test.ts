import { describe, expect, it } from 'vitest';
import { binnedHistogram } from './binned-histogram.ts';

const fbn = (bins: number) => ({ method: 'FBN', bins, width: 25 }) as const;
const fbs = (width: number) => ({ method: 'FBS', bins: 32, width }) as const;
/** 0, 1, … n−1: a flat distribution. */
const ramp = (n: number) => Float64Array.from({ length: n }, (_, k) => k);
const advice = (
  values: Float64Array,
  settings: Parameters<typeof binnedHistogram>[3],
  lower: number | null,
) => binnedHistogram('r', values, 'HU', settings, lower).advice.map((f) => [f.id, f.severity]);

describe('histogram with bins', () => {
  it('counts voxels in bins and in fine classes', () => {
    const h = binnedHistogram('r', Float64Array.of(0, 1, 2, 3, 4, 10), 'HU', fbn(2), null);
    expect([h.voxels, h.min, h.max, h.lower, h.width]).toEqual([6, 0, 10, 0, 5]);
    expect([...h.counts]).toEqual([5, 1]);
    expect(h.fine.reduce((a, b) => a + b)).toBe(6);
    expect([h.fine[0], h.fine[12], h.fine.at(-1)]).toEqual([1, 1, 1]); // 1 lies in class ⌊128/10⌋ = 12
  });

  it('bins of fixed size start at the lower bound of the range', () => {
    const h = binnedHistogram('r', Float64Array.of(30, 55, 60), 'HU', fbs(25), 0);
    expect([h.lower, h.width, [...h.counts]]).toEqual([0, 25, [0, 1, 2]]);
  });

  it('has no bins where intensities are no whole numbers and none are asked for', () => {
    const h = binnedHistogram('r', Float64Array.of(0.5, 1.25), 'HU', { ...fbn(8), method: 'none' }, null);
    expect(h.counts).toHaveLength(0);
    expect(h.advice.map((f) => [f.id, f.severity])).toEqual([['V-09', 'fail']]);
  });

  it.each([
    [7, [['V-09', 'warn']]],
    [8, []],
    [128, []],
    [129, [['V-09', 'warn']]],
  ])('fixed number of %i bins', (bins, expected) => {
    expect(advice(ramp(10_000), fbn(bins), null)).toEqual(expected);
  });

  it.each([
    [1000 / 7, [['V-09', 'fail']]],
    [1000 / 29, [['V-09', 'warn']]],
    [1000 / 30, []],
    [1000 / 130, []],
    [1000 / 131, [['V-09', 'warn']]],
  ])('fixed width %d over 1000 HU', (width, expected) => {
    const values = Float64Array.from({ length: 10_000 }, (_, k) => k / 10);
    expect(advice(values, fbs(width), 0)).toEqual(expected);
  });

  it('proposes a width that gives 64 bins', () => {
    const [finding] = binnedHistogram('r', ramp(6401), 'HU', fbs(1000), 0).advice;
    expect(finding!.facts).toEqual({ bins: 7, width: 100, proposed: 64 });
  });

  it('asks for five voxels a level and says how many bins would have them', () => {
    expect(advice(ramp(160), fbn(32), null)).toEqual([]);
    const [finding] = binnedHistogram('r', ramp(159), 'HU', fbn(32), null).advice;
    expect([finding!.id, finding!.facts]).toEqual(['V-10', { voxels: 159, bins: 32, most: 31 }]);
  });

  it('says that a flat region has no bins worth the name', () => {
    expect(advice(new Float64Array(500).fill(3), fbn(32), null)).toEqual([['V-09', 'fail']]);
  });

  it('warns of fixed widths without a range or a calibrated unit', () => {
    const h = binnedHistogram('r', ramp(1000), 'arbitrary', fbs(20), null);
    expect(h.advice.map((f) => f.severity)).toEqual(['fail', 'fail']);
  });
});
