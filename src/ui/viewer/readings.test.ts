import { describe, expect, it } from 'vitest';
import { decimalsOf, fixed, unitLabel } from './readings.ts';

describe('readings', () => {
  it('HU are whole, SUV have two decimals, signals their digits', () => {
    expect([decimalsOf('HU'), decimalsOf('SUVbw'), decimalsOf('arbitrary')]).toEqual([0, 2, undefined]);
    expect([unitLabel('HU'), unitLabel('SUVbw'), unitLabel('arbitrary')]).toEqual(['HU', 'SUV', '']);
  });
  it('writes a true minus sign and no negative zero', () => {
    expect(fixed(-12.34, 1, false)).toBe('−12.3');
    expect(fixed(-0.04, 1, false)).toBe('0.0');
    expect(fixed(-1.5, 1, true)).toBe('−1,5');
  });
});
