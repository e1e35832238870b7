import { describe, expect, it } from 'vitest';
import { asksForReason, gateOf, verdictOf, verdictText } from './gate.ts';

const judged = (id: string, severity: 'block' | 'fail' | 'warn' | 'info' | 'pass' | 'na') => ({
  id,
  severity,
});
const reason = { reason: 'phantom', role: 'physicist' };

describe('gate of numbers', () => {
  it.each([
    ['pass', 'open'],
    ['info', 'open'],
    ['na', 'open'],
    ['warn', 'amber'],
    ['fail', 'red'],
    ['block', 'closed'],
  ] as const)('%s is %s', (severity, state) => {
    expect(gateOf(verdictOf([judged('G-01', severity)], 'p'))).toBe(state);
  });

  it('opens a block only with a reason and a role, and keeps it red', () => {
    const found = [judged('G-03', 'block')];
    expect(gateOf(verdictOf(found, 'p', { reason: ' ', role: 'physicist' }))).toBe('closed');
    expect(gateOf(verdictOf(found, 'p', { reason: 'phantom', role: '' }))).toBe('closed');
    expect(gateOf(verdictOf(found, 'p', reason))).toBe('red');
  });

  it('an override never makes a verdict milder', () => {
    expect(verdictOf([judged('V-09', 'fail')], 'p', reason).severity).toBe('fail');
    expect(gateOf(verdictOf([judged('V-09', 'fail')], 'p', reason))).toBe('red');
  });

  it('asks for a reason under fail and block alone', () => {
    const asks = (s: 'block' | 'fail' | 'warn') => asksForReason(verdictOf([judged('x', s)], 'p'));
    expect([asks('block'), asks('fail'), asks('warn')]).toEqual([true, true, false]);
    expect(asksForReason(verdictOf([judged('x', 'fail')], 'p', reason))).toBe(false);
  });

  it('lists rules worst first, once each, and what could not be judged', () => {
    const found = [
      judged('G-06', 'warn'),
      judged('V-09', 'warn'),
      judged('V-09', 'fail'),
      judged('M-01', 'na'),
    ];
    const verdict = verdictOf([...found, judged('G-01', 'pass')], 'site A', reason);
    expect(verdict).toEqual({
      severity: 'fail',
      profile: 'site A',
      rules: [judged('V-09', 'fail'), judged('G-06', 'warn')],
      notAssessable: ['M-01'],
      override: reason,
    });
    expect(verdictText(verdict)).toBe(
      'fail; V-09 fail; G-06 warn; profile site A; override: phantom (physicist)',
    );
  });
});
