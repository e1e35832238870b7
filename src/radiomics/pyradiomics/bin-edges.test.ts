import { expect, test } from 'vitest';
import { binEdges, discretiseByEdges, levelOf } from './bin-edges.ts';

const width = (w: number) => ({ method: 'FBS', bins: 0, width: w }) as const;
const count = (n: number) => ({ method: 'FBN', bins: n, width: 0 }) as const;

test('edges of a width are multiples of it, from below the minimum to beyond the maximum', () => {
  expect([...binEdges(12, 31, width(10))!]).toEqual([10, 20, 30, 40, 50]);
  expect([...binEdges(-12, 0, width(5))!]).toEqual([-15, -10, -5, 0, 5]);
  expect([...binEdges(0, 0, width(25))!]).toEqual([0, 25]);
});

test('a value on an edge belongs to the bin above', () => {
  const edges = binEdges(10, 30, width(10))!;
  expect([10, 19.999, 20, 30].map((x) => levelOf(x, edges))).toEqual([1, 1, 2, 3]);
});

test('edges of a number of bins', () => {
  const edges = binEdges(0, 10, count(4))!;
  expect([...edges]).toEqual([0, 2.5, 5, 7.5, 11]);
  expect([0, 2.5, 9.9, 10].map((x) => levelOf(x, edges))).toEqual([1, 2, 4, 4]);
});

test('equal values stand in the middle bin of x ± ½', () => {
  expect(levelOf(3, binEdges(3, 3, count(64))!)).toBe(33);
  expect(levelOf(3, binEdges(3, 3, count(5))!)).toBe(3);
});

test('levels of the masked voxels; the number of levels is the highest that occurs', () => {
  const image = Float64Array.of(7, 99, 12, 31);
  const mask = Uint8Array.of(1, 0, 1, 1);
  const d = discretiseByEdges(image, mask, width(10));
  expect(d).toMatchObject({ bins: 4, lower: 0, width: 10 });
  expect(typeof d === 'string' ? d : [...d.levels]).toEqual([1, 0, 2, 4]);
  expect(discretiseByEdges(image, new Uint8Array(4), width(10))).toBe('region_empty');
  expect(discretiseByEdges(image, mask, width(1e-4))).toBe('too_many_levels');
});
