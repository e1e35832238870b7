import { describe, expect, it } from 'vitest';
import { histogramOf, rangeOfValues, summaryOf } from './histogram.ts';

describe('the histogram', () => {
  it('counts by hand: edges belong to the bin above, the last one to the last bin', () => {
    const values = Float32Array.of(0, 0.5, 1, 1.5, 2, 3, 3.999, 4, NaN);
    const { counts, range, missing } = histogramOf(values, 4);
    expect(range).toEqual([0, 4]);
    expect([...counts]).toEqual([2, 2, 1, 3]);
    expect(missing).toBe(1);
  });
  it('keeps apart what lies outside a given range, infinities too', () => {
    const values = Float32Array.of(-Infinity, -1, 0, 1, 2, 5, Infinity, NaN, NaN);
    const h = histogramOf(values, 2, [0, 2]);
    expect([...h.counts]).toEqual([1, 2]);
    expect([h.below, h.above, h.missing]).toEqual([2, 2, 2]);
    const all = h.counts.reduce((a, b) => a + b, 0) + h.below + h.above + h.missing;
    expect(all).toBe(values.length);
  });
  it('a flat image and an empty one still have bins', () => {
    expect([...histogramOf(Float32Array.of(4, 4, 4), 4).counts]).toEqual([0, 0, 3, 0]);
    expect(rangeOfValues(Float32Array.of(4, 4))).toEqual([2, 6]);
    expect(rangeOfValues(Float32Array.of(0))).toEqual([-0.5, 0.5]);
    expect([...histogramOf(Float32Array.of(NaN), 2).counts]).toEqual([0, 0]);
  });
  it('refuses bins and ranges that hold nothing', () => {
    const values = Float32Array.of(1);
    expect(() => histogramOf(values, 0)).toThrow(RangeError);
    expect(() => histogramOf(values, 2.5)).toThrow(RangeError);
    expect(() => histogramOf(values, 2, [1, 1])).toThrow(RangeError);
    expect(() => histogramOf(values, 2, [NaN, 1])).toThrow(RangeError);
    expect(() => histogramOf(values, 2, [-Infinity, 1])).toThrow(RangeError);
  });
});

describe('the summary', () => {
  it('has the mean, the median and percentiles as numpy.percentile gives them', () => {
    // numpy.percentile([1, 2, 4, 8, 16], [5, 50, 95]) = 1.2, 4, 14.4
    const s = summaryOf(Float32Array.of(16, 1, NaN, 8, 2, 4, Infinity));
    expect(s.count).toBe(5);
    expect(s.mean).toBeCloseTo(6.2, 12);
    expect([s.p5, s.median, s.p95].map((v) => Math.round(v * 1e9) / 1e9)).toEqual([1.2, 4, 14.4]);
  });
  it('of one value is that value, of none is none', () => {
    expect(summaryOf(Float32Array.of(3))).toEqual({ count: 1, mean: 3, median: 3, p5: 3, p95: 3 });
    expect(summaryOf(Float32Array.of(NaN))).toEqual({ count: 0, mean: NaN, median: NaN, p5: NaN, p95: NaN });
  });
});
