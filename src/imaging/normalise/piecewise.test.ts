import { expect, it } from 'vitest';
import { percentile, sortedUnder } from './masked-values.ts';
import { piecewise, rootMeanSquare } from './piecewise.ts';

it('is linear between landmarks and goes on beyond them', () => {
  const map = piecewise([0, 10, 20], [0, 20, 30]);
  expect([-5, 0, 5, 10, 15, 20, 30].map(map)).toEqual([-10, 0, 10, 20, 25, 30, 40]);
});
it('forgives landmarks at one place', () => {
  expect(piecewise([1, 1, 2], [0, 5, 7])(1.5)).toBe(6);
  expect(piecewise([3, 3], [10, 10])(5)).toBe(12);
});
it('sorts what lies under a mask and takes percentiles between ranks', () => {
  const sorted = sortedUnder(Float64Array.of(4, 9, 1, NaN, 3, 2), Uint8Array.of(1, 0, 1, 1, 1, 1));
  expect([...sorted]).toEqual([1, 2, 3, 4]);
  expect(percentile(sorted, 50)).toBe(2.5);
  expect(percentile(sorted, 100)).toBe(4);
  expect(rootMeanSquare([1, 2], [4, 6])).toBeCloseTo(Math.sqrt(12.5), 12);
});
