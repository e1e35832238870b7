import { expect, test } from 'vitest';
import { FAMILY_DESCRIPTIONS } from './descriptions.ts';
import { FAMILIES } from './registry.ts';

test('what the page lists is what the workers compute, in the same order', () => {
  const told = FAMILIES.map(({ compute: _, matrix: __, ...description }) => description);
  expect(told).toEqual(FAMILY_DESCRIPTIONS);
});
