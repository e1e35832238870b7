import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HAS_SHARED, SHARED } from '../../tests/shared.ts';
import { biasPercents, equivalence } from './agreement/bias.ts';
import { blandAltman, blandAltmanRatio } from './agreement/bland-altman.ts';
import { intraclassCorrelations } from './agreement/icc.ts';
import { linearity } from './agreement/linearity.ts';
import { mannWhitney } from './comparison/mann-whitney.ts';
import { signedRank } from './comparison/signed-rank.ts';
import { adjusted } from './multiplicity.ts';
import { isNoValue, type Estimate, type Outcome } from './outcome.ts';
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
import { kendall } from './repeatability/kendall.ts';

function some<T>(outcome: Outcome<T>): T {
  if (isNoValue(outcome)) throw new Error(outcome.noValue);
  return outcome;
}
const near = (got: number, wanted: number, relative = 1e-9) =>
  expect(Math.abs(got - wanted), `${got}, wanted ${wanted}`).toBeLessThanOrEqual(relative * Math.abs(wanted));
const all = (got: readonly number[], wanted: readonly number[], relative?: number) => {
  expect(got).toHaveLength(wanted.length);
  got.forEach((v, i) => near(v, wanted[i]!, relative));
};
const triple = ({ value, low, high }: Estimate) => [value, low, high];

/** Figures by scipy 1.17.1 (kendalltau) unless a hand value is named. */
describe("Kendall's tau", () => {
  test('by hand: of six pairs five agree, and 4 of 24 orders have at most one inversion', () => {
    const k = some(kendall([1, 2, 3, 4], [1, 2, 4, 3]));
    all([k.tau, k.p], [4 / 6, 2 * (4 / 24)]);
    expect(k.exact).toBe(true);
  });
  test('exact without ties: tuna lightness of Hollander & Wolfe 1973, p. 185', () => {
    const k = some(
      kendall(
        [44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1],
        [2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8],
      ),
    );
    all([k.tau, k.p], [0.4444444444444444, 0.11943893298059964]);
    const eight = some(kendall([1, 2, 3, 4, 5, 6, 7, 8], [3, 1, 4, 2, 6, 5, 8, 7]));
    all([eight.tau, eight.p], [0.6428571428571428, 0.03115079365079365]);
  });
  test('with ties by the normal', () => {
    const k = some(kendall([1, 2, 2, 3, 4, 4, 4, 5], [1, 1, 2, 3, 3, 5, 4, 5]));
    all([k.tau, k.p], [0.8573214099741124, 0.005866093521853966]);
    const x = Array.from({ length: 60 }, (_, i) => i);
    const many = some(
      kendall(
        x,
        x.map((v) => (7 * v * v + 3 * v) % 61),
      ),
    );
    all([many.tau, many.p], [0.2215968499915567, 0.01304718744994615]);
    expect([k.exact, many.exact]).toEqual([false, false]);
  });
  test('deviation against mean of the two meters (SPEC 3.1): no trend', () => {
    const against = (a: readonly number[], b: readonly number[]) =>
      some(
        kendall(
          a.map((v, i) => Math.abs(v - b[i]!)),
          a.map((v, i) => (v + b[i]!) / 2),
        ),
      );
    const wright = against(WRIGHT_1, WRIGHT_2);
    all([wright.tau, wright.p], [0.17231486098323412, 0.3410875968756377]);
    const mini = against(MINI_1, MINI_2);
    all([mini.tau, mini.p], [-0.014927035850663304, 0.9341169018916535]);
  });
});

describe('equivalence by two one-sided tests', () => {
  /** ttost_mean and tconfint_mean of statsmodels 0.15.0. */
  test('bias of the mini meter in per cent of the Wright meter lies within ±15, not shown within ±5', () => {
    const percents = some(biasPercents(MINI_1, WRIGHT_1));
    const wide = some(equivalence(percents));
    all(
      [...triple(wide.interval), wide.p],
      [1.931251622581274, -3.7729943295739155, 7.635497574736462, 0.0005161016938654246],
    );
    expect(wide.equivalent).toBe(true);
    const narrow = some(equivalence(percents, 5));
    near(narrow.p, 0.18078480629918475);
    expect(narrow.equivalent).toBe(false);
  });
  test('the 90 % interval and p say the same on either side of the limit', () => {
    const values = [-2, 1, 4, 3, -1, 2];
    const at = some(equivalence(values, 3));
    all(
      [...triple(at.interval), at.p],
      [1.1666666666666667, -0.739066804622307, 3.0724001379556407, 0.05514161726402789],
    );
    expect([at.equivalent, at.interval.high < 3]).toEqual([false, false]);
    expect(some(equivalence(values, at.interval.high + 1e-9)).equivalent).toBe(true);
    near(some(equivalence(values)).p, 1.3490127288882469e-5);
  });
});

describe('Bland & Altman: ratios, intervals of the limits, proportional bias', () => {
  /** numpy 2 and statsmodels 0.15.0 (OLS). */
  test('ratio of the meters', () => {
    const r = some(blandAltmanRatio(WRIGHT_1, MINI_1));
    all(triple(r.bias), [0.9882846257676575, 0.928250561307033, 1.0522013583848062]);
    all(triple(r.lower), [0.7782674288598959, 0.697698961246735, 0.8681397342800294]);
    all(triple(r.upper), [1.2549754304372234, 1.1250567886271519, 1.399896740255165]);
    near(r.sd, 0.12188802806765496);
    const trend = some(r.proportional);
    all(
      [trend.intercept, ...triple(trend.slope)],
      [-0.9295736841811307, 0.15102048641061885, -0.07350519152661764, 0.37554616434785537],
    );
  });
  test('by hand: a ratio of 2 everywhere has limits of 2', () => {
    const r = some(blandAltmanRatio([2, 8, 20], [1, 4, 10]));
    all([r.bias.value, r.lower.value, r.upper.value], [2, 2, 2], 1e-12);
  });
  test('intervals of the limits, and the regression of difference on mean', () => {
    const ba = some(blandAltman(WRIGHT_1, MINI_1));
    all(
      [ba.lower.low, ba.lower.high, ba.upper.low, ba.upper.high],
      [-112.85337790919502, -43.341225312992975, 39.1059311953459, 108.61808379154795],
    );
    const trend = some(ba.proportional);
    all(
      [trend.intercept, ...triple(trend.slope)],
      [-15.067497300038982, 0.028687445152549205, -0.15932006368395668, 0.21669495398905508],
    );
  });
});

test('Holm and Benjamini & Yekutieli of the 15 p-values, whole (statsmodels 0.15.0)', () => {
  const p = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
    0.759, 1,
  ];
  all(
    some(adjusted(p, 'holm')),
    [0.0015, 0.0056, 0.0247, 0.114, 0.2211, 0.278, 0.278, 0.278, 0.3213, 1, 1, 1, 1, 1, 1],
  );
  all(
    some(adjusted(p, 'benjamini-yekutieli')),
    [
      0.00497734349, 0.00995468698, 0.03152317544, 0.1182119079, 0.2000892083, 0.2118926229, 0.2118926229,
      0.2140257701, 0.253844518, 1, 1, 1, 1, 1, 1,
    ],
  );
});

interface Rest {
  readonly shrout_fleiss_1979: { readonly MS: Readonly<Record<'MSR' | 'MSC' | 'MSE' | 'MSW', number>> };
  readonly bland_altman_1986: {
    readonly LoA_2_published: readonly number[];
    readonly SE_LoA_sqrt3: number;
    readonly ols_m1_on_w1: { readonly intercept: number; readonly slope: number };
  };
  readonly mann_whitney_scipy_doc: {
    readonly x: number[];
    readonly y: number[];
    readonly U1: number;
    readonly p_exact: number;
    readonly p_asym_cc: number;
  };
  readonly wilcoxon_airquality_month_5_8: { readonly W: number };
  readonly wilcoxon_sleep_unpaired: { readonly W: number };
  readonly wilcoxon_sleep_paired: { readonly V: number };
  readonly wilcoxon_depression_paired_greater_exact: {
    readonly x: number[];
    readonly y: number[];
    readonly V: number;
    readonly p: number;
  };
  readonly BH_1995: { readonly p: number[]; readonly 'rejected_at_0.05': number };
}

test.skipIf(!HAS_SHARED)('the numbers of expected_stats.json that published.test.ts leaves, to 2e-9', () => {
  const e = JSON.parse(
    readFileSync(join(SHARED, 'reference/statistics/expected_stats.json'), 'utf8'),
  ) as Rest;
  const strict = 2e-9;
  const { rows, columns, error, within } = some(intraclassCorrelations(SHROUT_FLEISS)).meanSquares;
  const { MSR, MSC, MSE, MSW } = e.shrout_fleiss_1979.MS;
  all([rows, columns, error, within], [MSR, MSC, MSE, MSW], strict);

  const b = e.bland_altman_1986;
  const two = some(blandAltman(WRIGHT_1, MINI_1, { multiple: 2 }));
  // The paper rounded the mean and the deviation before it took the limits.
  const rounded = [-2.1 - 2 * 38.8, -2.1 + 2 * 38.8];
  rounded.forEach((v, i) => expect(v).toBeCloseTo(b.LoA_2_published[i]!, 9));
  all([two.bias.value, two.sd], [-2.1, 38.8], 0.01);
  near(Math.sqrt(3 / 17) * two.sd, b.SE_LoA_sqrt3, strict);
  const fit = some(linearity(WRIGHT_1, MINI_1));
  all([fit.intercept, fit.slope.value], [b.ols_m1_on_w1.intercept, b.ols_m1_on_w1.slope], strict);

  const m = e.mann_whitney_scipy_doc;
  const exact = some(mannWhitney(m.x, m.y));
  all([exact.u, exact.p], [m.U1, m.p_exact], strict);
  near(some(mannWhitney(m.x, m.y, { exact: false })).p, m.p_asym_cc, strict);
  expect(some(mannWhitney(OZONE[5], OZONE[8])).u).toBe(e.wilcoxon_airquality_month_5_8.W);
  expect(some(mannWhitney(SLEEP_1, SLEEP_2)).u).toBe(e.wilcoxon_sleep_unpaired.W);
  expect(some(signedRank(SLEEP_1, SLEEP_2)).v).toBe(e.wilcoxon_sleep_paired.V);
  const d = e.wilcoxon_depression_paired_greater_exact;
  const signed = some(signedRank(d.x, d.y, 'greater'));
  expect([signed.v, signed.p]).toEqual([d.V, d.p]);
  const kept = some(adjusted(e.BH_1995.p, 'benjamini-hochberg')).filter((v) => v <= 0.05);
  expect(kept).toHaveLength(e.BH_1995['rejected_at_0.05']);
});
