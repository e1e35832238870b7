import { expect, it } from 'vitest';
import { RefusedInput } from '../../core/refusal.ts';
import { asRefusal } from './trouble.ts';

it('keeps kind and facts of a refusal', () => {
  expect(asRefusal(new RefusedInput('truncated', { expected: 2 }), 'a.dcm')).toEqual({
    kind: 'truncated',
    file: 'a.dcm',
    facts: { expected: 2 },
  });
});

it('shows no text of an unexpected error', () => {
  const refusal = asRefusal(new TypeError('patient DOE^JOHN is undefined'), 'GTV');
  expect(refusal).toEqual({ kind: 'worker_failed', file: 'GTV', facts: {} });
  expect(asRefusal({ kind: 'made up', facts: {}, file: 'x' }, 'y').kind).toBe('worker_failed');
});
