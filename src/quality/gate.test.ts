import { describe, expect, it } from 'vitest';
import { asksForReason, gateOf, notRun, together, verdictOf, verdictRead, verdictText } from './gate.ts';

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
    const verdict = verdictOf([...found, judged('G-01', 'pass')], 'site A', reason, 'c0de');
    expect(verdict).toEqual({
      severity: 'fail',
      profile: 'site A',
      qcHash: 'c0de',
      rules: [judged('V-09', 'fail'), judged('G-06', 'warn')],
      notAssessable: ['M-01'],
      override: reason,
    });
    expect(verdictText(verdict)).toBe(
      'fail; V-09 fail; G-06 warn; profile site A; override: phantom (physicist)',
    );
  });

  it('rules that did not run are no pass: red, and a reason is asked for as under a fail', () => {
    expect([gateOf(notRun('p')), asksForReason(notRun('p')), asksForReason(notRun('p', reason))]).toEqual([
      'red',
      true,
      false,
    ]);
    expect(verdictText(notRun('p', reason))).toBe(
      'not judged: the rules did not run; profile p; override: phantom (physicist)',
    );
  });

  it('numbers of several images have the worst of their verdicts, and every reason must be there', () => {
    const [fine, bad, worse] = [
      verdictOf([judged('G-06', 'warn')], 'p', undefined, 'a'),
      verdictOf([judged('G-06', 'fail')], 'p', reason, 'b'),
      verdictOf([judged('G-03', 'block')], 'p', undefined, 'c'),
    ];
    expect(together([fine])).toBe(fine);
    expect(together([fine, bad])).toMatchObject({
      severity: 'fail',
      rules: [{ id: 'G-06', severity: 'fail' }],
      override: reason,
    });
    expect(together([bad, worse]).override).toBeUndefined();
    expect(gateOf(together([bad, worse]))).toBe('closed');
    expect(gateOf(together([worse, notRun('p')]))).toBe('closed');
    expect(together([fine, notRun('p')])).toMatchObject({ severity: 'warn', notRun: true });
    expect(together([fine, bad]).qcHash).not.toBe(together([bad, fine]).qcHash);
  });

  it.each([
    verdictOf([], 'p', undefined, 'c0de'),
    verdictOf([judged('G-06', 'warn'), judged('V-09', 'fail')], 'site A; of 2026', undefined, 'c0de'),
    verdictOf([judged('G-03', 'block')], 'p', { reason: 'a (b); c', role: 'physicist' }, 'c0de'),
    { ...notRun('p', reason), qcHash: 'c0de' },
    together([verdictOf([judged('G-03', 'block')], 'p', undefined, 'a'), notRun('p')]),
  ])('a cell is read back as the verdict that it says: %#', (verdict) => {
    const read = verdictRead(verdictText(verdict), verdict.qcHash)!;
    expect(verdictText(read)).toBe(verdictText(verdict));
    expect([gateOf(read), asksForReason(read)]).toEqual([gateOf(verdict), asksForReason(verdict)]);
    expect(read).toEqual({ ...verdict, notAssessable: [] });
  });

  it.each([
    '',
    'not judged',
    'fail',
    'soup; profile p',
    'fail; G-06; profile p',
    'pass; G-06 soup; profile p',
  ])('%j is no verdict', (text) => expect(verdictRead(text)).toBeNull());
});
