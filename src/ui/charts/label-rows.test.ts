import { describe, expect, it } from 'vitest';
import { rowsOf, widthInDigits } from './label-rows.ts';

describe('rows of labels', () => {
  it('puts a text below only where it would cover another', () => {
    const texts = [
      { from: 0, width: 40 },
      { from: 30, width: 20 },
      { from: 60, width: 10 },
      { from: 35, width: 5 },
    ];
    expect(rowsOf(texts, 4)).toEqual([0, 1, 0, 2]);
  });
  it('needs the gap on both sides', () => {
    expect(
      rowsOf(
        [
          { from: 50, width: 10 },
          { from: 38, width: 10 },
        ],
        4,
      ),
    ).toEqual([0, 1]);
    expect(
      rowsOf(
        [
          { from: 50, width: 10 },
          { from: 36, width: 10 },
        ],
        4,
      ),
    ).toEqual([0, 0]);
    expect(rowsOf([], 4)).toEqual([]);
  });
  it('Chinese letters are near twice as wide', () => {
    expect(widthInDigits('时间')).toBeGreaterThan(1.5 * widthInDigits('12'));
    expect(widthInDigits('')).toBe(0);
  });
});
