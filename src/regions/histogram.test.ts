import { describe, expect, it } from 'vitest';
import { histogramOf, otsu, ridlerCalvard } from './histogram.ts';

const of = (values: readonly number[]) => (meet: (v: number) => void) => values.forEach(meet);

describe('thresholds from a histogram', () => {
  it('Otsu: the six levels of SPEC R18', () => {
    const found = otsu([8, 7, 2, 6, 9, 4]);
    expect(found.level).toBe(3);
    expect(found.within).toBeCloseTo(0.490884, 6);
    expect(found.between).toBeCloseTo(2.628715, 6);
  });

  it('Otsu: the same as trying every split', () => {
    const counts = [3, 0, 9, 4, 1, 0, 0, 2, 8, 5];
    const levels = counts.flatMap((n, level) => new Array<number>(n).fill(level));
    const spread = (part: readonly number[]) => {
      const mean = part.reduce((a, b) => a + b, 0) / part.length;
      return part.reduce((a, b) => a + (b - mean) ** 2, 0);
    };
    const splits = counts.map((_, t) => {
      const [low, high] = [levels.filter((l) => l < t), levels.filter((l) => l >= t)];
      return low.length === 0 || high.length === 0 ? Infinity : (spread(low) + spread(high)) / levels.length;
    });
    const best = otsu(counts);
    expect(best.level).toBe(splits.indexOf(Math.min(...splits)));
    expect(best.within).toBeCloseTo(Math.min(...splits), 10);
  });

  it('Ridler-Calvard: half way between the means of two groups', () => {
    // Means 1 and 9, whatever their sizes: threshold 5.
    const values = [0, 1, 2, 8, 9, 10, 8, 9, 10, 9, 9];
    expect(ridlerCalvard(histogramOf(of(values), 256)!)).toBeCloseTo(5, 12);
  });

  it('counts every value once, the greatest too, and leaves out what has no value', () => {
    const h = histogramOf(of([0, 1, 2, 3, 4, NaN]), 4)!;
    expect([...h.counts]).toEqual([1, 1, 1, 2]);
    expect([...h.sums]).toEqual([0, 1, 2, 7]);
    expect(histogramOf(of([2, 2, NaN]), 4)).toBeNull();
    expect(histogramOf(of([]), 4)).toBeNull();
  });
});
