import { describe, expect, it } from 'vitest';
import { falseAlarmOfChart } from '../../statistics/control-charts/chart-run-length.ts';
import { RULE_SETS } from '../../statistics/control-charts/run-rules.ts';
import {
  mergeBooks,
  withAmendment,
  withBaseline,
  withLimits,
  withoutRun,
  withRun,
  withSignature,
} from './book.ts';
import { booksFromJson, booksToJson } from './file.ts';
import {
  CHART_SETTINGS,
  judgeConstancy,
  judgeDevice,
  judgeLimits,
  rings,
  type ChartSettings,
} from './judge.ts';
import { madeBook, madeRun } from './made-runs.testing.ts';
import { currentRuns, newBook, type DeviceBook } from './run.ts';

const chartOf = (book: DeviceBook, settings?: ChartSettings) =>
  judgeConstancy(book, 'water-cylinder', settings).charts[0]!;
const ringing = (books: number, make: (seed: number) => DeviceBook, settings?: ChartSettings) => {
  let hits = 0;
  for (let seed = 1; seed <= books; seed++) if (chartOf(make(seed), settings).runs.some(rings)) hits++;
  return hits;
};
const SETS = ['western-electric', 'westgard'] as const;

describe('a drift of half a standard deviation a run', () => {
  it.each(SETS.flatMap((rules) => [5, 10, 20].map((n) => [rules, n] as const)))(
    'is flagged within ten runs, by %s, baseline of %i',
    (rules, baseline) => {
      const make = (seed: number) => madeBook(seed, { baseline, since: 10, drift: 0.5 });
      const hits = ringing(1000, make, { rules, limits: 'prediction' });
      expect(hits).toBeGreaterThan(baseline === 5 ? 980 : 995);
    },
    60_000,
  );
});

describe('a stable device', () => {
  // Nominal in 20 runs, and what 200 and 2,000 seeded series did: docs/equipment.md.
  it.each(SETS.flatMap((rules) => [5, 10, 20].map((n) => [rules, n] as const)))(
    'rings no more often than the theory of its rules says, by %s, baseline of %i',
    (rules, n) => {
      const nominal = falseAlarmOfChart(RULE_SETS[rules], 20, { known: false, n, kind: 'prediction' });
      const settings = { rules, limits: 'prediction' } as const;
      const in200 = ringing(200, (seed) => madeBook(seed, { baseline: n }), settings);
      const in2000 = ringing(2000, (seed) => madeBook(10_000 + seed, { baseline: n }), settings);
      // 200 series: at most the nominal number of them.
      expect(in200).toBeLessThanOrEqual(Math.round(200 * nominal));
      expect(in2000 / 2000).toBeLessThan(nominal + 1.64 * Math.sqrt((nominal * (1 - nominal)) / 2000));
      // And the theory is no empty ceiling: the sum of three that partly ring together.
      expect(in2000 / 2000).toBeGreaterThan(0.6 * nominal);
    },
    120_000,
  );
});

describe('the cumulative sum', () => {
  it('asks for action: a shift of 1.5 SD that no line sees fails at the run where it rings', () => {
    let book = madeBook(2, { baseline: 20, since: 0 });
    const { mean, sd } = book.baselines[0]!.values['noise']!;
    // On alternate sides of 1 SD: neither four of five beyond it, nor eight on a side until the eighth.
    [1.6, 0.9, 1.7, 0.9, 1.6, 0.9, 1.7].forEach((z, n) => {
      book = withRun(book, madeRun(20 + n, { noise: mean + z * sd }));
    });
    const far = { ...CHART_SETTINGS, limits: 'plain' } as const;
    const first = chartOf(book, far).runs.findIndex((r) => r.cusumSignal);
    expect(first).toBe(6);
    const alone = { ...book, runs: book.runs };
    expect(chartOf(alone, far).severity).toBe('fail');
  });
});

describe('verdicts', () => {
  it('fail where a rule rings at the newest run, warn where one rang before, and are not assessable without runs', () => {
    const calm = madeBook(2, { baseline: 20, since: 3 });
    const value = (v: number, n: number) => withRun(calm, madeRun(30 + n, { noise: v }));
    expect(chartOf(calm).severity).toBe('pass');
    const jump = value(11.2, 0);
    expect(chartOf(jump).severity).toBe('fail');
    expect(chartOf(withRun(jump, madeRun(40, { noise: 10 }))).severity).toBe('warn');
    expect(judgeConstancy(madeBook(2, { since: 0 }), 'water-cylinder').severity).toBe('na');
    expect(judgeConstancy(newBook(calm.device), 'water-cylinder').severity).toBe('na');
    expect(judgeDevice(jump).severity).toBe('fail');
  });
  it('of a baseline without spread are not assessable', () => {
    let book = newBook({ id: 'd', label: 'd', modality: 'CT' });
    for (let n = 0; n < 5; n++) book = withRun(book, madeRun(n, { noise: 3 }));
    book = withBaseline(book, {
      template: 'water-cylinder',
      reason: '',
      role: 'engineer',
      date: '2026-02-01',
    });
    book = withRun(book, madeRun(6, { noise: 3.1 }));
    expect(chartOf(book).severity).toBe('na');
  });
  it('of acceptance come from the limits entered, else from those of the template', () => {
    const run = madeRun(0, { 'water-ct-number': 6, noise: 12 }, 'acceptance');
    const book = withRun(newBook({ id: 'd', label: 'd', modality: 'CT' }), run);
    expect(judgeLimits(book, run)).toMatchObject({ severity: 'warn', entered: false });
    const strict = withLimits(book, {
      kind: 'acceptance',
      template: 'water-cylinder',
      limits: { noise: { raise: 'above', limits: { fail: 10 } } },
    });
    expect(judgeLimits(strict, run)).toMatchObject({ severity: 'fail', entered: true });
    expect(judgeLimits(strict, run).results[1]).toMatchObject({ id: 'noise', severity: 'fail', limit: 10 });
  });
});

describe('a book', () => {
  const SIGN = { role: 'physicist', name: 'A. B.', date: '2026-02-01', seal: '' } as const;
  it('never changes a signed run; an amendment is a new version beside it', () => {
    const signed = withSignature(madeBook(1), 'run:0', 1, SIGN);
    expect(() => withRun(signed, madeRun(0, { noise: 99 }))).toThrow(/run_signed/);
    expect(() => withoutRun(signed, 'run:0', 1)).toThrow(/run_signed/);
    expect(() => withSignature(signed, 'run:0', 1, SIGN)).toThrow(/run_signed/);
    expect(() => withAmendment(signed, 'run:0', { notes: 'x' }, ' ')).toThrow(/reason_missing/);
    const amended = withAmendment(signed, 'run:0', { notes: 'wrong filter' }, 'typing error');
    const versions = amended.runs.filter((r) => r.id === 'run:0');
    expect(versions.map((r) => [r.version, r.signed !== null])).toEqual([
      [1, true],
      [2, false],
    ]);
    expect(currentRuns(amended).find((r) => r.id === 'run:0')).toMatchObject({
      notes: 'wrong filter',
      amends: 'typing error',
    });
  });
  it('freezes a baseline from the first runs, and keeps it when a new one is made with a reason', () => {
    let book = newBook({ id: 'd', label: 'd', modality: 'CT' });
    [10, 12, 11, 20, 22, 21].forEach((v, n) => (book = withRun(book, madeRun(n, { noise: v }))));
    const ask = { template: 'water-cylinder', role: 'engineer', date: '2026-02-01' } as const;
    expect(() => withBaseline(book, { ...ask, count: 7, reason: '' })).toThrow(/baseline_too_few/);
    const one = withBaseline(book, { ...ask, count: 3, reason: '' });
    // The mean of 10, 12, 11 is 11; the squares about it sum to 2, ÷2.
    expect(one.baselines[0]!.values['noise']).toEqual({ mean: 11, sd: 1, n: 3 });
    expect(() => withBaseline(one, { ...ask, count: 3, reason: '' })).toThrow(/reason_missing/);
    const two = withBaseline(one, { ...ask, count: 3, from: '2026-01-08', reason: 'tube replaced' });
    expect(two.baselines.map((b) => [b.version, b.values['noise']!.mean])).toEqual([
      [1, 11],
      [2, 21],
    ]);
  });
  it('takes from a file what it has not, and changes nothing that it has', () => {
    const here = madeBook(1, { since: 2 });
    const there = {
      ...madeBook(1, { since: 3 }),
      runs: [...madeBook(1, { since: 3 }).runs.slice(1), madeRun(0, { noise: 77 })],
    };
    const merged = mergeBooks(here, there);
    expect(merged).toMatchObject({ added: 1, same: 6, kept: 1 });
    expect(merged.book.runs.find((r) => r.id === 'run:0')).toEqual(here.runs[0]);
  });
});

describe('a file of runs', () => {
  const book = withLimits(
    withSignature(madeBook(4), 'run:0', 1, { role: 'engineer', name: '', date: '2026-02-01', seal: 'ab' }),
    {
      kind: 'periodic',
      template: 'water-cylinder',
      limits: { noise: { raise: 'outside', limits: { fail: [1, 2] } } },
    },
  );
  const text = booksToJson([book], '1');
  it('comes back as it went', () => {
    expect(booksFromJson(text)).toEqual([{ ...book, revision: 0 }]);
  });
  it.each([
    ['cut', text.slice(0, -40), 'runs_not_json'],
    ['empty', '', 'runs_not_json'],
    ['another JSON', '{"kind": "something"}', 'runs_not_ours'],
    ['a list', '[]', 'runs_not_ours'],
    ['of a later version', text.replace('"version": 1', '"version": 9'), 'runs_version'],
    ['a value that is text', text.replace(/"value": [\d.]+/, '"value": "12"'), 'runs_field'],
    ['a value beyond numbers', text.replace(/"value": [\d.]+/, '"value": 1e999'), 'runs_field'],
    ['a day that is none', text.replace('"date": "2026-01-05"', '"date": "2026-02-30"'), 'runs_field'],
    ['a kind that is none', text.replace('"constancy"', '"whatever"'), 'runs_field'],
    ['the same run twice', text.replace('"run:1"', '"run:0"'), 'runs_field'],
    ['control characters', text.replace('"notes": ""', '"notes": "\\u0000"'), 'runs_field'],
    ['devices that are none', '{"kind":"kinetex equipment runs","version":1,"devices":[null]}', 'runs_field'],
    ['a baseline of too few', text.replace('"n": 5', '"n": 1'), 'runs_field'],
  ])('is refused whole when it is %s', (_, given, id) => {
    let refused: unknown;
    try {
      booksFromJson(given);
    } catch (error) {
      refused = error;
    }
    expect(refused).toMatchObject({ kind: 'settings_invalid', facts: { case: id } });
  });
  it('takes no prototype from a file', () => {
    const hostile = text.replace('"notes": ""', '"__proto__": {"polluted": 1}, "notes": ""');
    booksFromJson(hostile);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});
