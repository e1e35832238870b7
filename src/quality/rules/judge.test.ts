import { expect, test } from 'vitest';
import { breaks, raisedBy } from './judge.ts';
import { RULES } from './registry.ts';

const checkOf = (quantity: string) => RULES.flatMap((r) => r.checks).find((c) => c.quantity === quantity)!;

test('a value on the limit is good, also when rounding carried it over', () => {
  const anisotropy = checkOf('voxel_anisotropy'); // above 2 warns, above 5 fails
  expect(raisedBy(1.4 / 0.7, anisotropy)).toBeUndefined();
  expect(raisedBy(2.0000000000000004, anisotropy)).toBeUndefined();
  expect(raisedBy(2.001, anisotropy)).toBe('warn');
  expect(raisedBy(5.000000000000001, anisotropy)).toBe('warn');
  expect(raisedBy(5.001, anisotropy)).toBe('fail');
});

test.each([
  ['below', 0.3, 0.1 + 0.2 - 1e-16, 0.29999],
  ['below', -0.3, -0.1 - 0.2, -0.30001],
  ['above', 0.3, 0.1 + 0.2, 0.30001],
  ['above', -3, -3 + 4e-16, -2.9999],
  ['outside', [55, 75], 75.00000000000001, 75.0001],
  ['outside', [55, 75], 54.99999999999999, 54.9999],
] as const)('%s %s: %s is good, %s is not', (raise, limit, good, bad) => {
  expect(breaks(good, raise, limit)).toBe(false);
  expect(breaks(bad, raise, limit)).toBe(true);
});

test('a limit of none leaves no room', () => {
  expect(breaks(1e-12, 'above', 0)).toBe(true);
  expect(breaks(0, 'above', 0)).toBe(false);
  expect(raisedBy(NaN, checkOf('voxel_anisotropy'))).toBe('fail');
});
