import type { Localised } from '../core/localised.ts';

/** Why a statistic has no value; the sentences stand in {@link NO_VALUE_TEXTS}. */
export type NoValueReason =
  | 'one_subject'
  | 'one_replicate'
  | 'too_few'
  | 'lengths_differ'
  | 'not_finite'
  | 'constant'
  | 'zero_mean'
  | 'zero_truth'
  | 'no_truth'
  | 'not_positive'
  | 'interval_scale'
  | 'unbalanced'
  | 'no_differences'
  | 'outside_unit';

/** A statistic that has no value, and why. Never NaN, never 0 in disguise. */
export interface NoValue {
  readonly noValue: NoValueReason;
}

/** A statistic, or why there is none. */
export type Outcome<T> = T | NoValue;

export const noValue = (reason: NoValueReason): NoValue => ({ noValue: reason });

export function isNoValue(outcome: unknown): outcome is NoValue {
  return typeof outcome === 'object' && outcome !== null && 'noValue' in outcome;
}

/** An estimate with its confidence interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export const NO_VALUE_TEXTS: Readonly<Record<NoValueReason, Localised>> = {
  one_subject: {
    en: 'There is one subject only, so agreement between subjects cannot be judged; measure at least two, better 35.',
    ru: 'Только один объект: согласованность между объектами оценить нельзя; измерьте не менее двух, лучше 35.',
    zh: '只有一个受试者，无法评价受试者间的一致性；请至少测量两个，最好 35 个。',
  },
  one_replicate: {
    en: 'No subject was measured twice, so the spread within a subject is unknown; repeat the measurement.',
    ru: 'Ни один объект не измерен дважды: разброс внутри объекта неизвестен; повторите измерение.',
    zh: '没有受试者被测量两次，受试者内的离散未知；请重复测量。',
  },
  too_few: {
    en: 'There are too few values for this statistic; add more.',
    ru: 'Слишком мало значений для этого показателя; добавьте ещё.',
    zh: '数值太少，无法计算该统计量；请增加数据。',
  },
  lengths_differ: {
    en: 'The two lists differ in length, so the values cannot be paired; give one value of each for every subject.',
    ru: 'Списки разной длины, значения нельзя составить в пары; дайте по одному значению на объект.',
    zh: '两列长度不同，无法配对；请为每个受试者各给一个值。',
  },
  not_finite: {
    en: 'A value is missing, is not a number or is beyond 1e100; leave the row out or measure it again.',
    ru: 'Значение пропущено, не является числом или больше 1e100; уберите строку или измерьте заново.',
    zh: '有缺失值、非数值或超过 1e100 的值；请去掉该行或重新测量。',
  },
  constant: {
    en: 'All values are the same, so there is no spread to compare with; check that the feature was computed.',
    ru: 'Все значения одинаковы, сравнивать не с чем; проверьте, вычислен ли признак.',
    zh: '所有数值相同，没有可比较的离散；请检查该特征是否已计算。',
  },
  zero_mean: {
    en: 'The mean is zero, so a share of it has no meaning; use the absolute coefficient.',
    ru: 'Среднее равно нулю, доля от него не имеет смысла; используйте абсолютный коэффициент.',
    zh: '平均值为零，相对值没有意义；请使用绝对系数。',
  },
  zero_truth: {
    en: 'The true value is zero, so bias in per cent has no meaning; use the absolute bias.',
    ru: 'Истинное значение равно нулю, смещение в процентах не имеет смысла; используйте абсолютное смещение.',
    zh: '真值为零，百分比偏倚没有意义；请使用绝对偏倚。',
  },
  no_truth: {
    en: 'No true value was given; name its column to have the bias.',
    ru: 'Истинное значение не задано; укажите его столбец, чтобы получить смещение.',
    zh: '未给出真值；请指定真值列以计算偏倚。',
  },
  not_positive: {
    en: 'Some values are zero or negative, so logarithms and shares have no meaning; use the absolute coefficient.',
    ru: 'Есть нулевые или отрицательные значения: логарифмы и доли не имеют смысла; используйте абсолютный коэффициент.',
    zh: '存在零或负值，对数和比例没有意义；请使用绝对系数。',
  },
  interval_scale: {
    en: 'The zero of this feature is arbitrary, so per cent of it have no meaning; judge it by RC and ICC.',
    ru: 'Нуль этого признака условный, проценты от него не имеют смысла; судите по RC и ICC.',
    zh: '该特征的零点是任意的，百分比没有意义；请用 RC 和 ICC 判断。',
  },
  unbalanced: {
    en: 'The table has gaps, and fewer than two subjects are complete; measure every subject under every condition.',
    ru: 'В таблице есть пропуски, полных объектов меньше двух; измерьте каждый объект в каждом условии.',
    zh: '表格有缺口，完整的受试者少于两个；请在每种条件下测量每个受试者。',
  },
  no_differences: {
    en: 'All differences are zero, so there is nothing to test.',
    ru: 'Все разности равны нулю, проверять нечего.',
    zh: '所有差值为零，无可检验。',
  },
  outside_unit: {
    en: 'A p-value lies outside 0 to 1; check the column.',
    ru: 'Значение p вне интервала от 0 до 1; проверьте столбец.',
    zh: 'p 值超出 0 到 1；请检查该列。',
  },
};
