import { expect, it } from 'vitest';
import { bySeverity, worst } from './severity.ts';

it('what cannot be assessed is no pass', () => {
  expect(worst(['pass', 'na', 'info'])).toBe('na');
  expect(worst(['warn', 'block', 'fail'])).toBe('block');
  expect(worst([])).toBeNull();
});

it('the worst comes first', () => {
  const list = (['pass', 'warn', 'block'] as const).map((severity) => ({ severity }));
  expect(list.sort(bySeverity).map((f) => f.severity)).toEqual(['block', 'warn', 'pass']);
});
