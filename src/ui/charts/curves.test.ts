import { describe, expect, it } from 'vitest';
import { extentOf, nearest, peakOf, stopsOf, valueAt, widened, type Curve } from './curves.ts';
import { areaPath, dotsPath, linePath, placeOf, scaleOf, valueFrom } from './scales.ts';

const curve = (kind: Curve['kind'], x: number[], y: number[]): Curve => ({
  id: kind,
  label: kind,
  colour: '--curve-1',
  kind,
  x: Float64Array.from(x),
  y,
});

describe('what curves hold', () => {
  it('the extent leaves out what is not finite, and what a logarithm does not hold', () => {
    expect(
      extentOf([
        [3, NaN, -1],
        [7, Infinity],
      ]),
    ).toEqual([-1, 7]);
    expect(extentOf([[3, 0, -1], [7]], true)).toEqual([3, 7]);
    expect(extentOf([[NaN], []])).toBeNull();
  });
  it('makes room, also around a single value', () => {
    expect(widened([0, 10], 0.1)).toEqual([-1, 11]);
    expect(widened([4, 4], 0.1)).toEqual([2, 6]);
    expect(widened([0, 0], 0.1)).toEqual([-1, 1]);
    expect(widened([1, 100], 0.5, true)).toEqual([0.1, 1000]);
    expect(widened([8, 8], 0.5, true)).toEqual([4, 16]);
  });
  it('finds the nearest sample on uneven steps', () => {
    const x = [0, 2, 3, 10, NaN];
    expect([-5, 0.9, 1, 2.4, 6, 7, 99].map((at) => nearest(x, at))).toEqual([0, 0, 0, 1, 2, 3, 3]);
    expect(nearest([], 1)).toBe(-1);
    expect(nearest([NaN], 1)).toBe(-1);
  });
  it('stops where something was measured, else at every sample', () => {
    const dots = curve('dots', [0, 5, 9], [1, 1, 1]);
    const line = curve('line', [0, 1, 2, 5, NaN], [1, 1, 1, 1, 1]);
    expect([...stopsOf([line, dots])]).toEqual([0, 5, 9]);
    expect([...stopsOf([line, curve('dashed', [1.5], [0])])]).toEqual([0, 1, 1.5, 2, 5]);
    expect([...stopsOf([])]).toEqual([]);
  });
  it('reads a line between its samples and dots only where they are', () => {
    const [x, y] = [
      [0, 4, 5, 6],
      [0, 8, NaN, 2],
    ];
    expect([0, 1, 4, 4.5, 5, 6, 7, -1].map((at) => valueAt(curve('line', x, y), at))).toEqual([
      0,
      2,
      8,
      NaN,
      NaN,
      2,
      NaN,
      NaN,
    ]);
    expect([1, 4].map((at) => valueAt(curve('dots', x, y), at))).toEqual([NaN, 8]);
  });
  it('knows the peak', () => {
    expect(peakOf(curve('line', [0, 4, 5], [-3, NaN, -1]))).toEqual({ at: 5, value: -1 });
    expect(peakOf(curve('line', [0], [NaN]))).toBeNull();
  });
});

describe('scales', () => {
  it('place and read back, upwards on a screen that counts downwards', () => {
    const up = scaleOf([0, 10], 100, 0);
    expect([0, 2.5, 10].map((v) => placeOf(up, v))).toEqual([100, 75, 0]);
    expect(valueFrom(up, 75)).toBe(2.5);
  });
  it('a logarithmic one gives each decade the same room', () => {
    const log = scaleOf([0.1, 1000], 0, 400, true);
    expect([0.1, 1, 10, 1000].map((v) => Math.round(placeOf(log, v) * 1e6) / 1e6)).toEqual([
      0, 100, 200, 400,
    ]);
    expect(valueFrom(log, 200)).toBeCloseTo(10, 12);
    expect(placeOf(log, 0)).toBeNaN();
    expect(placeOf(log, -1)).toBeNaN();
  });
});

describe('paths', () => {
  const across = scaleOf([0, 10], 0, 10);
  const up = scaleOf([0, 10], 10, 0);
  it('break at NaN and keep a lone sample as a dot', () => {
    expect(linePath([0, 1, 2, 3, 4, 5], [0, 1, NaN, 3, NaN, 5], across, up)).toBe('M0 10L1 9M3 7h0M5 5h0');
    expect(linePath([0, 1], [NaN, NaN], across, up)).toBe('');
    expect(linePath([0, 1, 2], [1], across, up)).toBe('M0 9h0');
  });
  it('dots stand for finite samples only', () => {
    expect(dotsPath([0, 1, 2], [0, NaN, 2.345678], across, up)).toBe('M0 10h0M2 7.65h0');
  });
  it('an area goes there above and back below, a piece for each run', () => {
    expect(areaPath([0, 1, 2, 3, 4], [0, 0, NaN, 1, 1], [2, 2, 2, 3, 3], across, up)).toBe(
      'M0 8L1 8L1 10L0 10ZM3 7L4 7L4 9L3 9Z',
    );
  });
  it('a logarithmic axis drops what is not above zero', () => {
    const log = scaleOf([1, 100], 10, 0, true);
    expect(linePath([0, 1, 2], [1, 0, 100], across, log)).toBe('M0 10h0M2 0h0');
  });
});
