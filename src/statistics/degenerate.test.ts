import { describe, expect, test } from 'vitest';
import { bias, coefficientOfVariation, equivalence } from './agreement/bias.ts';
import { blandAltman, blandAltmanRatio } from './agreement/bland-altman.ts';
import { concordance } from './agreement/concordance.ts';
import { intraclassCorrelations } from './agreement/icc.ts';
import { linearity } from './agreement/linearity.ts';
import { kruskalWallis } from './comparison/kruskal-wallis.ts';
import { mannWhitney } from './comparison/mann-whitney.ts';
import { pairedT } from './comparison/paired-t.ts';
import { signedRank } from './comparison/signed-rank.ts';
import { adjusted } from './multiplicity.ts';
import { noValue } from './outcome.ts';
import { METHODS } from './registry.ts';
import { changeVerdict, relativeChangeVerdict } from './repeatability/change.ts';
import { kendall } from './repeatability/kendall.ts';
import { reproducibility } from './repeatability/reproducibility.ts';
import { withinSubject } from './repeatability/within-subject.ts';
import { keepRobust, repeatabilityOf } from './verdict/repeated-table.ts';

test('a statistic without meaning says why', () => {
  expect(intraclassCorrelations([[1, 2]])).toEqual(noValue('one_subject'));
  expect(intraclassCorrelations([[1], [2]])).toEqual(noValue('one_replicate'));
  expect(intraclassCorrelations([[1, 2], [3]])).toEqual(noValue('unbalanced'));
  expect(intraclassCorrelations([[1, NaN], [3, 4]])).toEqual(noValue('not_finite')); // prettier-ignore
  expect(intraclassCorrelations([[3, 3], [3, 3]])).toEqual(noValue('constant')); // prettier-ignore
  expect(concordance([1, 1, 1], [1, 2, 3])).toEqual(noValue('constant'));
  expect(blandAltman([1], [2])).toEqual(noValue('too_few'));
  expect(blandAltmanRatio([1, 0], [2, 3])).toEqual(noValue('not_positive'));
  expect(bias([1, 2], [1, 0])).toEqual(noValue('zero_truth'));
  expect(coefficientOfVariation([1, -1])).toEqual(noValue('zero_mean'));
  expect(coefficientOfVariation([1, 2], { scale: 'interval' })).toEqual(noValue('interval_scale'));
  expect(equivalence([2, 2])).toEqual(noValue('constant'));
  expect(linearity([1, 1, 1], [1, 2, 3])).toEqual(noValue('constant'));
  expect(withinSubject([[1], [2]])).toEqual(noValue('one_replicate'));
  expect(reproducibility([[[1], [2]]])).toEqual(noValue('one_subject'));
  expect(kendall([1, 1, 1], [1, 2, 3])).toEqual(noValue('constant'));
  expect(mannWhitney([1, 1], [1, 1])).toEqual(noValue('constant'));
  expect(signedRank([1, 2], [1, 2])).toEqual(noValue('no_differences'));
  expect(kruskalWallis([[1], []])).toEqual(noValue('too_few'));
  expect(pairedT([1, 2], [2, 3])).toEqual(noValue('constant'));
  expect(adjusted([0.1, 1.2], 'holm')).toEqual(noValue('outside_unit'));
  expect(changeVerdict(NaN, 1, 1)).toEqual(noValue('not_finite'));
});

test('a change inside RC is never called one', () => {
  expect([
    changeVerdict(100, 142, 42.4),
    changeVerdict(100, 143, 42.4),
    changeVerdict(100, 57, 42.4),
  ]).toEqual(['within_noise', 'increase', 'decrease']);
  const limits = { low: -0.2, high: 0.25 };
  expect([relativeChangeVerdict(10, 12.4, limits), relativeChangeVerdict(10, 7.9, limits)]).toEqual([
    'within_noise',
    'decrease',
  ]);
});

test('no method ever gives NaN, whatever the columns', () => {
  const columns = [
    [[1, 2, 3, 4], [1, 2, 3, 4]],
    [[0, 0, 0, 0], [0, 0, 0, 0]],
    [[1, 1, 2, 2], [2, 2, 1, 1]],
    [[5], [5]],
    [[-1, 0, 1, 2], [null, 3, 4, 5]],
    [[1, 2, 3, 4], [2, 4, 6, 8]],
    [[1e-300, 1e300, 3, 4], [2, 4, 1e300, 8]],
    [[]],
  ]; // prettier-ignore
  for (const method of METHODS) {
    for (const table of columns) {
      const numbers: number[] = [];
      JSON.stringify(method.run(table), (_, v: unknown) => {
        if (typeof v === 'number') numbers.push(v);
        return v;
      });
      expect([method.id, JSON.stringify(table), numbers.filter(Number.isNaN)]).toEqual([
        method.id,
        JSON.stringify(table),
        [],
      ]);
    }
  }
});

describe('the verdict table', () => {
  const text = [
    'subject,replicate,truth,morph_volume,stat_skew,wild',
    ...[1, 2, 3, 4, 5, 6].flatMap((s) =>
      [1, 2].map((r) => [s, r, 100 * s, 100 * s + r, s - 3 + r / 100, r === 1 ? s : 7 - s].join(',')),
    ),
  ].join('\n');

  test('robust, judged without per cent, not robust', () => {
    const report = repeatabilityOf(text, { truth: 'truth' });
    if ('problem' in report) throw new Error(report.problem);
    const [volume, skew, wild] = report.features;
    expect([volume!.verdict, skew!.verdict, wild!.verdict]).toEqual(['robust', 'robust', 'not robust']);
    expect([skew!.cov, skew!.bias, skew!.rcPercent]).toEqual(Array(3).fill(noValue('interval_scale')));
    // By hand: each subject differs by 1, so wSD = √½ and RC = 2.77·√½; bias (1.5/100s)·100, mean over s of 1…6.
    if ('noValue' in volume!.within || 'noValue' in volume!.bias) throw new Error('no value');
    expect(volume!.within.wsd).toBeCloseTo(Math.SQRT1_2, 12);
    expect(volume!.bias.value).toBeCloseTo((1.5 * (1 + 1 / 2 + 1 / 3 + 1 / 4 + 1 / 5 + 1 / 6)) / 6, 12);
    expect(report.robust.features).toEqual(['morph_volume', 'stat_skew']);
  });

  test('its list filters exported tables, by row and by column', () => {
    const list = {
      kinetex: 'robust-features',
      version: 1,
      iccForm: 'ICC(2,1)',
      limitPercent: 15,
      features: ['morph_volume'],
    } as const;
    expect(keepRobust('feature,value\nmorph_volume,1\nstat_skew,2\n', list)).toBe(
      'feature,value\nmorph_volume,1\n',
    );
    expect(keepRobust('patient,stat_skew,morph_volume\nA,2,1\n', list)).toBe('patient,morph_volume\nA,1\n');
  });

  test('gaps, one subject, bad tables', () => {
    const one = repeatabilityOf('subject,reader,x\nA,1,2\nA,2,3');
    if ('problem' in one) throw new Error(one.problem);
    expect([one.features[0]!.verdict, one.features[0]!.reasons]).toEqual(['na', ['one_subject']]);
    const gap = repeatabilityOf('subject;reader;x\nA;1;2,5\nA;2;\nB;1;3\nB;2;3\nC;1;4\nC;2;4,5');
    if ('problem' in gap) throw new Error(gap.problem);
    expect([gap.features[0]!.n, gap.features[0]!.missing]).toEqual([2, 1]);
    expect(repeatabilityOf('')).toMatchObject({ problem: 'empty' });
    expect(repeatabilityOf('a,b\n1,2')).toMatchObject({ problem: 'no_subject' });
    expect(repeatabilityOf('subject,x\n1,2')).toMatchObject({ problem: 'no_replicate' });
    expect(repeatabilityOf('subject,site,x\n1,1,a')).toMatchObject({ problem: 'no_feature' });
    expect(repeatabilityOf('subject,site,x\n1,1,2\n1,1,3')).toMatchObject({ problem: 'duplicate' });
    expect(repeatabilityOf('subject,site,x\n1,1,2', { truth: 't' })).toMatchObject({
      problem: 'unknown_column',
    });
  });
});
