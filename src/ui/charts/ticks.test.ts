import { describe, expect, it } from 'vitest';
import { logTicks, niceTicks, tickText } from './ticks.ts';

describe('ticks of a linear axis', () => {
  it.each([
    [0, 1, 5, [0, 0.5, 1]],
    [0, 1, 6, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [0, 0.3, 4, [0, 0.1, 0.2, 0.3]],
    [-7, 13, 5, [-5, 0, 5, 10]],
    [3, 298, 4, [100, 200]],
    [2.31e-4, 4.9e-4, 3, [0.0003, 0.0004]],
    [1e9, 1e9 + 50, 6, [1e9, 1e9 + 10, 1e9 + 20, 1e9 + 30, 1e9 + 40, 1e9 + 50]],
  ])('%d to %d, at most %d', (low, high, most, expected) => {
    expect(niceTicks(low, high, most).values).toEqual(expected);
  });

  it('never gives more than asked, nor anything outside, nor an uneven step', () => {
    for (const [low, high] of [
      [0.013, 97.2],
      [-1e-7, 3e-7],
      [-5, -4.999],
      [12345, 99999],
    ] as const) {
      for (let most = 2; most < 12; most++) {
        const { values, step } = niceTicks(low, high, most);
        expect(values.length).toBeLessThanOrEqual(most);
        expect(values.every((v) => v >= low && v <= high)).toBe(true);
        for (let i = 1; i < values.length; i++) {
          expect(Math.abs(values[i]! - values[i - 1]! - step)).toBeLessThan(step * 1e-6);
        }
      }
    }
  });

  it('an interval without width or without end has none', () => {
    for (const [low, high] of [
      [1, 1],
      [2, 1],
      [NaN, 1],
      [0, Infinity],
      [-Infinity, Infinity],
    ] as const) {
      expect(niceTicks(low, high, 5).values).toEqual([]);
    }
  });
});

describe('ticks of a logarithmic axis', () => {
  it('are 1, 2, 5 when there is room, then powers of ten, then every second', () => {
    expect(logTicks(0.1, 10, 8).values).toEqual([0.1, 0.2, 0.5, 1, 2, 5, 10]);
    expect(logTicks(0.1, 10, 4).values).toEqual([0.1, 1, 10]);
    expect(logTicks(1e-4, 1e4, 5).values).toEqual([1e-4, 1e-2, 1, 1e2, 1e4]);
  });
  it('within less than a decade are round numbers', () => {
    expect(logTicks(2.1, 4.3, 5).values).toEqual([2.5, 3, 3.5, 4]);
  });
  it('need bounds above zero', () => {
    expect(logTicks(0, 10, 5).values).toEqual([]);
    expect(logTicks(-1, 10, 5).values).toEqual([]);
  });
});

describe('the text of a tick', () => {
  const texts = (low: number, high: number, most: number, comma = false) => {
    const ticks = niceTicks(low, high, most);
    return ticks.values.map((v) => tickText(v, ticks, comma));
  };
  it('has the decimals of the step', () => {
    expect(texts(0, 1, 6)).toEqual(['0', '0.2', '0.4', '0.6', '0.8', '1.0']);
    expect(texts(-0.05, 0.05, 3, true)).toEqual(['−0,05', '0', '0,05']);
    expect(texts(0, 300, 4)).toEqual(['0', '100', '200', '300']);
    expect(texts(0, 0.002, 3)).toEqual(['0', '0.001', '0.002']);
  });
  it('is a power of ten where zeros would run on', () => {
    expect(texts(0, 2e7, 3)).toEqual(['0', '1×10⁷', '2×10⁷']);
    expect(tickText(1e-5, logTicks(1e-5, 1, 6), false)).toBe('1×10⁻⁵');
  });
});
