import { describe, expect, it } from 'vitest';
import { repeatabilityOf } from '../statistics/verdict/repeated-table.ts';
import { carriedBy, carriedOf, originOf } from './carried.ts';
import { verdictOf } from './gate.ts';

const WARN = 'warn; G-06 warn; profile p';
const BLOCK = 'block; G-03 block; profile p';
const OPENED = `${BLOCK}; override: phantom (physicist)`;

const table = (...verdicts: readonly string[]) =>
  [
    'subject,replicate,stat_mean,settings_hash,qc_hash,verdict',
    ...verdicts.map((v, n) => `${'abcdef'[n >> 1]},${(n % 2) + 1},${10 * n + 1},5e77,c0de,"${v}"`),
  ].join('\n');
const ids = (verdicts: readonly string[]) =>
  carriedBy(table(...verdicts)).carried.findings.map((f) => `${f.id} ${f.severity}`);

describe('what a table says of its own numbers', () => {
  it('one verdict in all rows is that of all, with its hashes', () => {
    const { text, carried } = carriedBy(table(WARN, WARN));
    expect(text).toBe('subject,replicate,stat_mean\na,1,1\na,2,11\n');
    expect(carried).toMatchObject({
      verdict: { severity: 'warn', profile: 'p', qcHash: 'c0de' },
      settingsHash: '5e77',
      qcHash: 'c0de',
      sources: [{ rows: 2 }],
      leftOut: 0,
      notJudged: 0,
    });
    expect(ids([WARN, WARN])).toEqual(['R-carried-verdict warn']);
  });

  it('a table that says nothing is not assessed, and stays as it is', () => {
    const plain = 'subject;replicate;qc\na;1;0,5\na;2;0,7\n';
    expect(carriedBy(plain).text).toBe(plain);
    expect(carriedBy(plain).carried).toMatchObject({ verdict: null, qcHash: '', settingsHash: '' });
    expect(carriedBy(plain).carried.findings.map((f) => f.id)).toEqual(['R-carried-nothing']);
    expect(ids(['not judged', 'not judged'])).toEqual(['R-carried-nothing na']);
  });

  it('rows under a block are left out until somebody answered for them', () => {
    const { text, carried } = carriedBy(table(WARN, BLOCK, OPENED, OPENED));
    expect(text.split('\n').slice(1, -1)).toEqual(['a,1,1', 'b,1,21', 'b,2,31']);
    expect(carried).toMatchObject({
      leftOut: 1,
      verdict: { severity: 'block', override: { reason: 'phantom', role: 'physicist' } },
    });
    expect(ids([BLOCK, BLOCK])).toEqual(['R-carried-blocked warn', 'R-carried-nothing na']);
    expect(carriedBy(table(BLOCK, BLOCK)).carried.sources).toEqual([]);
  });

  it('a fail that nobody gave a reason for is told; rows that nobody judged make the whole not judged', () => {
    const FAIL = 'fail; G-06 fail; profile p';
    expect(ids([FAIL, FAIL])).toEqual(['R-carried-verdict fail', 'R-carried-no-reason warn']);
    expect(carriedBy(table(WARN, 'not judged')).carried).toMatchObject({
      verdict: { severity: 'warn', notRun: true },
      notJudged: 1,
    });
  });

  it('several settings are told, and have a hash of their own', () => {
    const mixed = `${table(WARN)}\na,2,7,0ther,c0de,"${WARN}"`;
    const { carried } = carriedBy(mixed);
    expect(carried.settingsHash).toMatch(/^[0-9a-f]{64}$/);
    expect(carried.findings.map((f) => f.id)).toContain('R-carried-settings');
  });

  it('a table with quotes in a reason reads back as the same measurements', () => {
    const said = table(WARN, OPENED.replace('phantom', 'a ""b"", c'));
    const open = carriedBy(said);
    expect(open.carried.leftOut).toBe(0);
    expect(repeatabilityOf(open.text)).toEqual(
      repeatabilityOf('subject,replicate,stat_mean\na,1,1\na,2,11\n'),
    );
  });
});

describe('what a case of curves says of itself', () => {
  const verdict = verdictOf([{ id: 'G-03', severity: 'block' }], 'p', undefined, 'c0de');
  it('as JSON or as a cell, in the case or in the head', () => {
    const origin = { settingsHash: '', qcHash: 'c0de', verdict };
    expect(originOf({ verdict }, {})).toEqual(origin);
    expect(originOf({}, { qc_hash: 'c0de', qc: BLOCK })).toEqual(origin);
    expect(originOf({ verdict: WARN }, { verdict, qcHash: 'c0de' }).verdict!.severity).toBe('warn');
    expect(carriedOf([originOf({ verdict }, {})])).toMatchObject({ leftOut: 1, verdict: null });
  });

  it.each([
    {},
    { verdict: 3 },
    { verdict: {} },
    { qc: 'soup' },
    { verdict: { profile: 'p', rules: [null] } },
  ])('%j says nothing', (fields) => expect(originOf(fields, {}).verdict).toBeNull());
});
