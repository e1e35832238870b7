import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HAS_SHARED, SHARED } from '../../tests/shared.ts';
import { coefficientOfVariation } from './agreement/bias.ts';
import { blandAltman } from './agreement/bland-altman.ts';
import { concordance } from './agreement/concordance.ts';
import { intraclassCorrelations, type IccForm } from './agreement/icc.ts';
import { reliabilityInWords } from './agreement/koo-li.ts';
import { linearity } from './agreement/linearity.ts';
import { kruskalWallis } from './comparison/kruskal-wallis.ts';
import { mannWhitney } from './comparison/mann-whitney.ts';
import { pairedT } from './comparison/paired-t.ts';
import { signedRank } from './comparison/signed-rank.ts';
import { adjusted } from './multiplicity.ts';
import { isNoValue, type Estimate, type Outcome } from './outcome.ts';
import { reproducibility } from './repeatability/reproducibility.ts';
import { withinSubject } from './repeatability/within-subject.ts';
import {
  MINI_1,
  MINI_2,
  OZONE,
  SHROUT_FLEISS,
  SLEEP_1,
  SLEEP_2,
  WRIGHT_1,
  WRIGHT_2,
} from './published-data.testing.ts';

function some<T>(outcome: Outcome<T>): T {
  if (isNoValue(outcome)) throw new Error(outcome.noValue);
  return outcome;
}
/** Equal to the digits given: half a unit of the last printed place, or 1e-8 relative for the long ones. */
const near = (got: number, wanted: number, relative = 1e-6) =>
  expect(Math.abs(got - wanted)).toBeLessThanOrEqual(relative * Math.abs(wanted));
const all = (got: readonly number[], wanted: readonly number[], relative?: number) => {
  expect(got).toHaveLength(wanted.length);
  got.forEach((v, i) => near(v, wanted[i]!, relative));
};
const triple = ({ value, low, high }: Estimate) => [value, low, high];
const pairs = (x: readonly number[], y: readonly number[]) => x.map((v, i) => [v, y[i]!]);

/** Figures of SPEC §3, computed with R 4.2.2 and equal to the publications. */
describe('published numbers', () => {
  test('ICC of Shrout & Fleiss 1979', () => {
    const { forms, meanSquares } = some(intraclassCorrelations(SHROUT_FLEISS));
    all([meanSquares.rows, meanSquares.columns, meanSquares.error], [11.24167, 32.48611, 1.019444]);
    all(triple(forms['ICC(1,1)']), [0.165742, -0.132932, 0.72256], 4e-6);
    all(triple(forms['ICC(2,1)']), [0.289764, 0.018787, 0.761084], 3e-5);
    all(triple(forms['ICC(3,1)']), [0.714841, 0.342465, 0.945858], 2e-6);
    all(
      [forms['ICC(1,k)'].value, forms['ICC(2,k)'].value, forms['ICC(3,k)'].value],
      [0.442797, 0.620051, 0.909316],
      2e-6,
    );
    expect(reliabilityInWords(forms['ICC(2,1)']).en).toBe('poor to good');
  });

  test('words of Koo & Li go by the bounds', () => {
    expect(reliabilityInWords({ low: 0.02, high: 0.76 }).en).toBe('poor to good');
    expect(reliabilityInWords({ low: 0.91, high: 0.99 }).en).toBe('excellent');
    expect(reliabilityInWords({ low: 0.5, high: 0.9 }).en).toBe('moderate to good');
  });

  test('repeatability of Bland & Altman 1986', () => {
    const wright = some(withinSubject(pairs(WRIGHT_1, WRIGHT_2)));
    near(wright.wsd, 15.306669);
    all(triple(wright.rc), [42.39947, 31.81604, 63.56292]);
    near(100 * some(wright.wcvRms), 3.499559);
    near(100 * some(wright.log).wcv, 3.50358);
    near(some(wright.rcPercent), 2.77 * 3.499559);
    near(2 * wright.wsd * Math.SQRT2, 43.29, 2e-4);
    const mini = some(withinSubject(pairs(MINI_1, MINI_2)));
    all([mini.wsd, mini.rc.value], [19.910831, 55.153]);
    // n = 35, K = 2: the interval is ×0.811…×1.304
    const many = some(withinSubject(Array.from({ length: 35 }, (_, i) => [i, i + 1])));
    all([many.rc.low / many.rc.value, many.rc.high / many.rc.value], [0.811, 1.304], 1e-3);
  });

  test('reproducibility: columns of Shrout & Fleiss, by hand', () => {
    const r = some(reproducibility(SHROUT_FLEISS.map((row) => row.map((v) => [v]))));
    near(r.within, 1.019444);
    near(r.condition, (32.48611 - 1.019444) / 6);
    near(r.rdc, 2.77 * Math.sqrt(1.019444 + (32.48611 - 1.019444) / 6));
    // Two subjects × two sites × two repeats: MSW = 0.5; cell means 1.5 3.5 / 5.5 9.5, MSI = MSE·1 = 1.
    const cells = [
      [
        [1, 2],
        [3, 4],
      ],
      [
        [5, 6],
        [9, 10],
      ],
    ];
    const three = some(reproducibility(cells));
    all([three.within, three.interaction!, three.condition], [0.5, 0.75, 4]);
    near(three.rdc, 2.77 * Math.sqrt(5.25));
    // Both sites agree better than chance: the negative component is 0 and named.
    const none = some(reproducibility([[[1], [2]], [[2], [1]], [[5], [5]]])); // prettier-ignore
    expect([none.condition, none.setToZero]).toEqual([0, ['condition']]);
  });

  test('CCC, Bland-Altman, linearity, CoV', () => {
    const meters = some(concordance(WRIGHT_1, MINI_1));
    all(
      [...triple(meters), meters.pearson, meters.accuracy],
      [0.942742, 0.850489, 0.978727, 0.943279, 0.999431],
    );
    all(triple(some(concordance(WRIGHT_1, WRIGHT_2))), [0.982131, 0.952182, 0.993386]);
    const ba = some(blandAltman(WRIGHT_1, MINI_1));
    all(
      [ba.bias.value, ba.sd, ba.lower.value, ba.upper.value],
      [-2.117647, 38.76513, -78.0973, 73.862],
      1e-6,
    );
    all([ba.bias.low, ba.bias.high], [-22.0488, 17.8135], 3e-6);
    const two = some(blandAltman(WRIGHT_1, MINI_1, { multiple: 2 }));
    all([two.lower.value, two.upper.value], [-79.65, 75.41], 4e-5);
    // The approximation √3·s/√n of the paper, and the exact form that replaces it.
    near(Math.sqrt(3 / 17) * ba.sd, 16.2846118);
    near(ba.upper.high - ba.upper.value, 2.11990529922 * ba.sd * Math.sqrt(1 / 17 + 1.96 ** 2 / 32));
    const fit = some(linearity(WRIGHT_1, MINI_1));
    all([fit.intercept, ...triple(fit.slope)], [39.34028, 0.9173479, 0.739659, 1.095037]);
    expect(fit.passes).toBe(false);
    near(some(coefficientOfVariation([10, 12, 11])), 9.0909, 1e-5);
  });

  test('tests of two and more samples', () => {
    const [x, y] = [
      [19, 22, 16, 29, 24],
      [20, 11, 17, 12],
    ];
    const exact = some(mannWhitney(x, y));
    expect([exact.u, exact.exact]).toEqual([17, true]);
    near(exact.p, 0.1111111111, 1e-9);
    all([exact.auc, exact.rankBiserial], [17 / 20, 0.7]);
    near(some(mannWhitney(x, y, { exact: false })).p, 0.1113468865, 1e-9);
    const ozone = some(mannWhitney(OZONE[5], OZONE[8]));
    expect(ozone.u).toBe(127.5);
    near(ozone.p, 0.0001208078);
    const sleep = some(mannWhitney(SLEEP_1, SLEEP_2));
    expect(sleep.u).toBe(25.5);
    near(sleep.p, 0.06932758);
    const signed = some(signedRank(SLEEP_1, SLEEP_2));
    expect([signed.v, signed.n]).toEqual([0, 9]);
    near(signed.p, 0.009090698);
    const before = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3];
    const after = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
    const depression = some(signedRank(before, after, 'greater'));
    expect([depression.v, depression.p, depression.exact]).toEqual([40, 0.01953125, true]);
    const months = some(kruskalWallis(Object.values(OZONE)));
    expect(months.df).toBe(4);
    all([months.h, months.p], [29.26658, 6.900714e-6]);
    const t = some(pairedT(SLEEP_1, SLEEP_2));
    all([t.t, t.p, t.difference.low, t.difference.high], [-4.062128, 0.00283289, -2.459886, -0.700114]);
  });

  test('many tests: Benjamini & Hochberg 1995', () => {
    const p = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
      0.759, 1,
    ];
    const bh = some(adjusted(p, 'benjamini-hochberg'));
    all(
      bh,
      [
        0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.063857, 0.063857, 0.0645, 0.0765, 0.486, 0.581182,
        0.714875, 0.753231, 0.813214, 1,
      ],
      3e-6,
    );
    expect(bh.filter((v) => v <= 0.05)).toHaveLength(4);
    all(some(adjusted(p, 'holm')).slice(0, 4), [0.0015, 0.0056, 0.0247, 0.114]);
    near(some(adjusted(p, 'benjamini-yekutieli'))[0]!, 0.004977, 1e-4);
    all(some(adjusted(p, 'bonferroni')).slice(0, 3), [0.0015, 0.006, 0.0285]);
    // The order given is kept.
    all(some(adjusted([...p].reverse(), 'benjamini-hochberg')), [...bh].reverse());
  });
});

interface Expected {
  readonly shrout_fleiss_1979: Record<IccForm, [number, number, number] | number> & {
    data: number[][];
    MS: Record<'MSR' | 'MSC' | 'MSE' | 'MSW', number>;
  };
  readonly bland_altman_1986: Record<string, number & number[]> & {
    ols_m1_on_w1: { intercept: number; slope: number; slope_CI: number[] };
  };
  readonly mann_whitney_scipy_doc: { x: number[]; y: number[]; U1: number; p_exact: number };
  readonly wilcoxon_airquality_month_5_8: { W: number; p_asym_cc_ties: number };
  readonly wilcoxon_sleep_unpaired: { W: number; p: number };
  readonly wilcoxon_sleep_paired: { V: number; p: number };
  readonly wilcoxon_depression_paired_greater_exact: { x: number[]; y: number[]; V: number; p: number };
  readonly t_sleep_paired: { t: number; p: number };
  readonly kruskal_airquality_month: { H: number; p: number };
  readonly BH_1995: { p: number[]; BH: number[]; 'rejected_at_0.05': number };
}

describe.skipIf(!HAS_SHARED)('every number of expected_stats.json for §3.1–3.5, 3.8, 3.9, to 2e-9', () => {
  const text = HAS_SHARED
    ? readFileSync(join(SHARED, 'reference/statistics/expected_stats.json'), 'utf8')
    : '{}';
  const e = JSON.parse(text) as Expected;
  const strict = 2e-9;

  test('ICC', () => {
    const { MS, data } = e.shrout_fleiss_1979;
    expect(data).toEqual(SHROUT_FLEISS);
    const { forms, meanSquares } = some(intraclassCorrelations(SHROUT_FLEISS));
    const { rows, columns, error, within } = meanSquares;
    all([rows, columns, error, within], [MS.MSR, MS.MSC, MS.MSE, MS.MSW], strict);
    for (const form of Object.keys(forms) as IccForm[]) {
      const wanted = e.shrout_fleiss_1979[form];
      if (typeof wanted === 'number') near(forms[form].value, wanted, strict);
      else all(triple(forms[form]), wanted, strict);
    }
  });
  test('Bland & Altman', () => {
    const b = e.bland_altman_1986;
    expect([b['wright1'], b['wright2'], b['mini1'], b['mini2']]).toEqual([
      WRIGHT_1,
      WRIGHT_2,
      MINI_1,
      MINI_2,
    ]);
    const ba = some(blandAltman(WRIGHT_1, MINI_1));
    all([ba.bias.value, ba.sd], [b['bias']!, b['sd']!], strict);
    all([ba.lower.value, ba.upper.value], b['LoA_1.96']!, strict);
    all([ba.bias.low, ba.bias.high], b['bias_CI95']!, strict);
    const two = some(blandAltman(WRIGHT_1, MINI_1, { multiple: 2 }));
    all([two.lower.value, two.upper.value], b['LoA_2_computed']!, strict);
    const wright = some(withinSubject(pairs(WRIGHT_1, WRIGHT_2)));
    all([wright.wsd, wright.rc.value], [b['wright_wSD']!, b['wright_RC_2.77']!], strict);
    all([wright.rc.low, wright.rc.high], b['wright_RC_CI95']!, strict);
    all([some(wright.wcvRms), some(wright.log).wcv], [b['wright_wCV_rms']!, b['wright_wCV_log']!], strict);
    const mini = some(withinSubject(pairs(MINI_1, MINI_2)));
    all([mini.wsd, mini.rc.value], [b['mini_wSD']!, b['mini_RC_2.77']!], strict);
    all(triple(some(concordance(WRIGHT_1, MINI_1))), b['CCC_w1_m1']!, strict);
    all(triple(some(concordance(WRIGHT_1, WRIGHT_2))), b['CCC_w1_w2']!, strict);
    near(some(concordance(WRIGHT_1, MINI_1)).pearson, b['pearson_w1_m1']!, strict);
    const { slope, intercept } = some(linearity(WRIGHT_1, MINI_1));
    const ols = b.ols_m1_on_w1;
    all([intercept, slope.value], [ols.intercept, ols.slope], strict);
    all([slope.low, slope.high], ols.slope_CI, strict);
    near(Math.sqrt(3 / 17) * ba.sd, b['SE_LoA_sqrt3']!, strict);
    // The paper rounded its mean and SD first, to −2.1 and 38.8.
    all([-2.1 - 2 * 38.8, -2.1 + 2 * 38.8], b['LoA_2_published']!, 1e-9);
  });
  test('tests and corrections', () => {
    const doc = e.mann_whitney_scipy_doc;
    const small = some(mannWhitney(doc.x, doc.y));
    all([small.u, small.p], [doc.U1, doc.p_exact], strict);
    expect(some(mannWhitney(OZONE[5], OZONE[8])).u).toBe(e.wilcoxon_airquality_month_5_8.W);
    expect(some(mannWhitney(SLEEP_1, SLEEP_2)).u).toBe(e.wilcoxon_sleep_unpaired.W);
    expect(some(signedRank(SLEEP_1, SLEEP_2)).v).toBe(e.wilcoxon_sleep_paired.V);
    const depression = e.wilcoxon_depression_paired_greater_exact;
    const one = some(signedRank(depression.x, depression.y, 'greater'));
    all([one.v, one.p], [depression.V, depression.p], strict);
    near(some(mannWhitney(OZONE[5], OZONE[8])).p, e.wilcoxon_airquality_month_5_8.p_asym_cc_ties, strict);
    near(some(mannWhitney(SLEEP_1, SLEEP_2)).p, e.wilcoxon_sleep_unpaired.p, strict);
    near(some(signedRank(SLEEP_1, SLEEP_2)).p, e.wilcoxon_sleep_paired.p, strict);
    const t = some(pairedT(SLEEP_1, SLEEP_2));
    all([t.t, t.p], [e.t_sleep_paired.t, e.t_sleep_paired.p], strict);
    const k = some(kruskalWallis(Object.values(OZONE)));
    all([k.h, k.p], [e.kruskal_airquality_month.H, e.kruskal_airquality_month.p], strict);
    const bh = some(adjusted(e.BH_1995.p, 'benjamini-hochberg'));
    all(bh, e.BH_1995.BH, strict);
    expect(bh.filter((v) => v <= 0.05)).toHaveLength(e.BH_1995['rejected_at_0.05']);
  });
});
