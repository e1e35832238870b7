import type { Localised } from '../core/localised.ts';
import { bias, coefficientOfVariation, equivalence, biasPercents } from './agreement/bias.ts';
import { blandAltman, blandAltmanRatio } from './agreement/bland-altman.ts';
import { concordance } from './agreement/concordance.ts';
import { intraclassCorrelations } from './agreement/icc.ts';
import { linearity } from './agreement/linearity.ts';
import { kruskalWallis } from './comparison/kruskal-wallis.ts';
import { mannWhitney } from './comparison/mann-whitney.ts';
import { pairedT } from './comparison/paired-t.ts';
import { signedRank } from './comparison/signed-rank.ts';
import { adjusted } from './multiplicity.ts';
import { isNoValue, noValue, type Outcome } from './outcome.ts';
import { kendall } from './repeatability/kendall.ts';
import { reproducibility } from './repeatability/reproducibility.ts';
import { withinSubject } from './repeatability/within-subject.ts';

/** A column of a table; null where a cell is empty. */
export type Column = readonly (number | null)[];

export interface Method {
  /** Word of the command line. */
  readonly id: string;
  readonly label: Localised;
  /** What it tells, and which columns it takes. */
  readonly help: Localised;
  readonly source: string;
  readonly run: (columns: readonly Column[]) => Outcome<unknown>;
}

/** Values with gaps as NaN, which every method refuses with its sentence. */
const strict = (column: Column | undefined): number[] => (column ?? []).map((v) => v ?? NaN);
const filled = (column: Column | undefined): number[] => (column ?? []).filter((v) => v !== null);
const rowsOf = (columns: readonly Column[]): number[][] =>
  (columns[0] ?? []).map((_, i) => columns.map((c) => c[i] ?? NaN));

const pair =
  (compute: (x: number[], y: number[]) => Outcome<unknown>): Method['run'] =>
  (columns) =>
    columns.length < 2 ? noValue('too_few') : compute(strict(columns[0]), strict(columns[1]));

const PAIR: Localised = {
  en: 'First two columns, row by row.',
  ru: 'Первые два столбца, построчно.',
  zh: '前两列，逐行配对。',
};
const TABLE: Localised = {
  en: 'Rows are subjects, columns are replicates, readers or devices.',
  ru: 'Строки — объекты, столбцы — повторы, читатели или приборы.',
  zh: '行为受试者，列为重复、读片者或设备。',
};
const GROUPS: Localised = {
  en: 'Each column is one group; empty cells are left out.',
  ru: 'Каждый столбец — одна группа; пустые ячейки пропускаются.',
  zh: '每列为一组；空单元格忽略。',
};
const join = (a: Localised, b: Localised): Localised => ({
  en: `${a.en} ${b.en}`,
  ru: `${a.ru} ${b.ru}`,
  zh: `${a.zh}${b.zh}`,
});

/** The one list of methods; the command line, help and docs are made from it. */
export const METHODS: readonly Method[] = [
  {
    id: 'icc',
    label: { en: 'Intraclass correlation', ru: 'Внутриклассовая корреляция', zh: '组内相关系数' },
    help: join(
      {
        en: 'How much of the spread is between subjects: six forms with 95 % intervals.',
        ru: 'Какая доля разброса приходится на различия объектов: шесть форм с интервалами 95 %.',
        zh: '总离散中受试者间差异的比例：六种形式及 95% 区间。',
      },
      TABLE,
    ),
    source: 'Shrout & Fleiss 1979; McGraw & Wong 1996',
    run: (columns) => intraclassCorrelations(rowsOf(columns)),
  },
  {
    id: 'ccc',
    label: { en: 'Concordance correlation', ru: 'Корреляция соответствия', zh: '一致性相关系数' },
    help: join(
      {
        en: 'How close pairs lie to the line of identity.',
        ru: 'Насколько пары близки к линии равенства.',
        zh: '配对值与恒等线的接近程度。',
      },
      PAIR,
    ),
    source: 'Lin 1989, 2000',
    run: pair((x, y) => concordance(x, y)),
  },
  {
    id: 'bland-altman',
    label: { en: 'Limits of agreement', ru: 'Пределы согласия', zh: '一致性界限' },
    help: join(
      {
        en: 'Bias of two methods and the limits of 95 % of their differences; as ratios too when all values are positive.',
        ru: 'Смещение двух методов и пределы 95 % разностей; для положительных значений — и отношения.',
        zh: '两种方法的偏倚及 95% 差值界限；全为正值时同时给出比值形式。',
      },
      PAIR,
    ),
    source: 'Bland & Altman 1986, 1999',
    run: pair((x, y) => {
      const differences = blandAltman(x, y);
      return isNoValue(differences) ? differences : { differences, ratios: blandAltmanRatio(x, y) };
    }),
  },
  {
    id: 'bias',
    label: { en: 'Bias and equivalence', ru: 'Смещение и эквивалентность', zh: '偏倚与等效性' },
    help: join(
      {
        en: 'Bias of the first column in per cent of the true values in the second, and the test that it lies within ±15 %.',
        ru: 'Смещение первого столбца в процентах от истинных значений второго и проверка, что оно в пределах ±15 %.',
        zh: '第一列相对第二列真值的百分比偏倚，并检验其是否在 ±15% 以内。',
      },
      PAIR,
    ),
    source: 'Schuirmann 1987',
    run: pair((measured, truth) => {
      const pooled = bias(measured, truth);
      const each = biasPercents(measured, truth);
      if (isNoValue(pooled) || isNoValue(each)) return pooled;
      return { ...pooled, equivalence: equivalence(each) };
    }),
  },
  {
    id: 'linearity',
    label: { en: 'Linearity', ru: 'Линейность', zh: '线性' },
    help: join(
      {
        en: 'Line of measured (second column) on true values (first), with a test of curvature.',
        ru: 'Прямая измеренных (второй столбец) по истинным (первый) и проверка кривизны.',
        zh: '测量值（第二列）对真值（第一列）的直线及曲率检验。',
      },
      PAIR,
    ),
    source: 'ordinary least squares; limits QIBA (default from the literature)',
    run: pair(linearity),
  },
  {
    id: 'cov',
    label: { en: 'Coefficient of variation', ru: 'Коэффициент вариации', zh: '变异系数' },
    help: join(
      {
        en: 'Standard deviation in per cent of the mean; only where zero means none.',
        ru: 'Стандартное отклонение в процентах от среднего; только где нуль означает отсутствие.',
        zh: '标准差占平均值的百分比；仅适用于零表示“无”的量。',
      },
      GROUPS,
    ),
    source: 'Sokal & Rohlf 1995',
    run: (columns) => columns.map((c) => coefficientOfVariation(filled(c))),
  },
  {
    id: 'within-subject',
    label: { en: 'Repeatability', ru: 'Повторяемость', zh: '重复性' },
    help: join(
      {
        en: 'Spread of repeats and the repeatability coefficient: smaller changes are noise.',
        ru: 'Разброс повторов и коэффициент повторяемости: меньшие изменения — шум.',
        zh: '重复测量的离散与重复性系数：更小的变化属于噪声。',
      },
      TABLE,
    ),
    source: 'Bland & Altman 1986; Raunig 2015',
    run: (columns) =>
      withinSubject(
        (columns[0] ?? []).map((_, i) => columns.flatMap((c) => (c[i] === null ? [] : [c[i] ?? NaN]))),
      ),
  },
  {
    id: 'reproducibility',
    label: { en: 'Reproducibility', ru: 'Воспроизводимость', zh: '再现性' },
    help: join(
      {
        en: 'Variance of conditions beside the residual, and the reproducibility coefficient.',
        ru: 'Дисперсия условий рядом с остаточной и коэффициент воспроизводимости.',
        zh: '条件方差与残差方差，以及再现性系数。',
      },
      TABLE,
    ),
    source: 'Raunig 2015',
    run: (columns) => reproducibility(rowsOf(columns).map((row) => row.map((v) => [v]))),
  },
  {
    id: 'kendall',
    label: { en: "Kendall's τ", ru: 'τ Кендалла', zh: 'Kendall τ' },
    help: join(
      {
        en: 'Do two quantities rise together?',
        ru: 'Растут ли две величины вместе?',
        zh: '两个量是否同升同降？',
      },
      PAIR,
    ),
    source: 'Kendall 1970',
    run: pair(kendall),
  },
  {
    id: 'mann-whitney',
    label: { en: 'Mann-Whitney test', ru: 'Критерий Манна-Уитни', zh: 'Mann-Whitney 检验' },
    help: join(
      {
        en: 'Does one group tend to larger values? Takes the first two columns.',
        ru: 'Склонна ли одна группа к большим значениям? Первые два столбца.',
        zh: '一组数值是否倾向更大？取前两列。',
      },
      GROUPS,
    ),
    source: 'Mann & Whitney 1947; Lehmann 1975',
    run: (columns) => mannWhitney(filled(columns[0]), filled(columns[1])),
  },
  {
    id: 'signed-rank',
    label: {
      en: "Wilcoxon's signed rank test",
      ru: 'Знаковый ранговый критерий Уилкоксона',
      zh: 'Wilcoxon 符号秩检验',
    },
    help: join(
      {
        en: 'Do pairs differ in one direction?',
        ru: 'Различаются ли пары в одну сторону?',
        zh: '配对值是否单向不同？',
      },
      PAIR,
    ),
    source: 'Wilcoxon 1945; Hollander & Wolfe 1973',
    run: pair((x, y) => signedRank(x, y)),
  },
  {
    id: 'kruskal-wallis',
    label: { en: 'Kruskal-Wallis test', ru: 'Критерий Краскела-Уоллиса', zh: 'Kruskal-Wallis 检验' },
    help: join(
      {
        en: 'Does any of several groups tend to larger values?',
        ru: 'Склонна ли одна из групп к большим значениям?',
        zh: '多组中是否有某组数值倾向更大？',
      },
      GROUPS,
    ),
    source: 'Kruskal & Wallis 1952',
    run: (columns) => kruskalWallis(columns.map(filled)),
  },
  {
    id: 'paired-t',
    label: { en: 'Paired t-test', ru: 'Парный t-критерий', zh: '配对 t 检验' },
    help: join(
      { en: 'Is the mean difference zero?', ru: 'Равна ли нулю средняя разность?', zh: '平均差值是否为零？' },
      PAIR,
    ),
    source: 'Student 1908',
    run: pair(pairedT),
  },
  {
    id: 'adjust',
    label: { en: 'Correction for many tests', ru: 'Поправка на множественные проверки', zh: '多重检验校正' },
    help: {
      en: 'p-values of the first column after Benjamini-Hochberg, Holm, Benjamini-Yekutieli and Bonferroni.',
      ru: 'Значения p первого столбца с поправками Бенджамини-Хохберга, Холма, Бенджамини-Екутиели и Бонферрони.',
      zh: '第一列 p 值经 Benjamini-Hochberg、Holm、Benjamini-Yekutieli 与 Bonferroni 校正。',
    },
    source: 'Benjamini & Hochberg 1995; Holm 1979; Benjamini & Yekutieli 2001',
    run: (columns) => {
      const p = strict(columns[0]);
      const bh = adjusted(p, 'benjamini-hochberg');
      if (isNoValue(bh)) return bh;
      return {
        benjaminiHochberg: bh,
        holm: adjusted(p, 'holm'),
        benjaminiYekutieli: adjusted(p, 'benjamini-yekutieli'),
        bonferroni: adjusted(p, 'bonferroni'),
      };
    },
  },
];
