import type { Localised } from '../../core/localised.ts';
import { item, settled, type Answers, type ChecklistItem } from './item.ts';

/** What a study has to have for some items to apply to it. */
export const METRICS_CONDITIONS = {
  segmentation: {
    en: 'The study segments images',
    ru: 'В исследовании есть сегментация',
    zh: '研究包含分割',
  },
  automated: {
    en: 'Segmentation is fully automatic',
    ru: 'Сегментация полностью автоматическая',
    zh: '分割为全自动',
  },
  handcrafted: { en: 'Features are hand-crafted', ru: 'Признаки заданы формулами', zh: '使用手工特征' },
  tabular: { en: 'Features form a table', ru: 'Признаки сведены в таблицу', zh: '特征为表格数据' },
  endToEnd: { en: 'End-to-end deep learning', ru: 'Сквозное глубокое обучение', zh: '端到端深度学习' },
} as const satisfies Record<string, Localised>;

export type MetricsCondition = keyof typeof METRICS_CONDITIONS;
export type MetricsConditions = Readonly<Record<MetricsCondition, boolean>>;

/** A study of hand-crafted features of drawn regions: what this program makes. */
export const USUAL_CONDITIONS: MetricsConditions = {
  segmentation: true,
  automated: false,
  handcrafted: true,
  tabular: true,
  endToEnd: false,
};

export interface MetricsItem extends ChecklistItem {
  readonly weight: number;
  /** All of these have to hold; none: the item always applies. */
  readonly needs: readonly MetricsCondition[];
}

const weighed = (weight: number, needs: readonly MetricsCondition[], it: ChecklistItem): MetricsItem => ({
  ...it,
  weight,
  needs,
});

/** The 30 items of METRICS with the weights of its official tool (Kocak et al., Insights Imaging 2024;15:8). */
export const METRICS_ITEMS: readonly MetricsItem[] = [
  weighed(
    0.0368,
    [],
    item(
      1,
      'A radiomics or learning guideline is followed',
      'Соблюдено руководство по радиомике или обучению',
      '遵循影像组学或机器学习指南',
    ),
  ),
  weighed(
    0.0735,
    [],
    item(
      2,
      'Eligibility gives a representative group',
      'Критерии отбора дают представительную группу',
      '入组标准具有代表性',
    ),
  ),
  weighed(
    0.0919,
    [],
    item(3, 'Good, clearly defined reference standard', 'Надёжный и ясный эталон', '高质量且明确的参考标准'),
  ),
  weighed(0.0438, [], item(4, 'Several centres', 'Несколько центров', '多中心')),
  weighed(
    0.0292,
    [],
    item(
      5,
      'Image source usable in the clinic',
      'Источник изображений применим в клинике',
      '影像来源可用于临床',
    ),
  ),
  weighed(
    0.0438,
    [],
    item(6, 'Imaging protocol with its settings', 'Протокол съёмки с параметрами', '成像方案及参数'),
  ),
  weighed(
    0.0292,
    [],
    item(
      7,
      'Time between image and reference standard',
      'Время между изображением и эталоном',
      '影像与参考标准的间隔',
    ),
  ),
  weighed(
    0.0337,
    ['segmentation'],
    item(8, 'Segmentation is described', 'Сегментация описана', '分割方法清楚'),
  ),
  weighed(
    0.0225,
    ['segmentation', 'automated'],
    item(9, 'Automatic segmentation is evaluated', 'Автоматическая сегментация проверена', '自动分割经评估'),
  ),
  weighed(
    0.0112,
    ['segmentation'],
    item(
      10,
      'Test masks come from one reader or one tool',
      'Маски теста от одного автора или программы',
      '测试掩膜由单人或单一工具给出',
    ),
  ),
  weighed(
    0.0622,
    ['handcrafted'],
    item(11, 'Pre-processing is fit and described', 'Предобработка уместна и описана', '预处理恰当且有描述'),
  ),
  weighed(
    0.0311,
    ['handcrafted'],
    item(12, 'Standardised extraction software', 'Стандартизованная программа извлечения', '标准化提取软件'),
  ),
  weighed(
    0.0415,
    ['handcrafted'],
    item(13, 'Extraction settings are reported', 'Параметры извлечения приведены', '报告提取参数'),
  ),
  weighed(
    0.02,
    ['tabular'],
    item(14, 'Features that are not robust are removed', 'Неустойчивые признаки убраны', '去除不稳健特征'),
  ),
  weighed(
    0.02,
    ['tabular'],
    item(15, 'Redundant features are removed', 'Избыточные признаки убраны', '去除冗余特征'),
  ),
  weighed(
    0.03,
    ['tabular'],
    item(
      16,
      'Number of features fits the number of cases',
      'Число признаков соответствует числу случаев',
      '特征数与样本量相称',
    ),
  ),
  weighed(
    0.02,
    ['endToEnd'],
    item(17, 'Robustness of the deep pipeline', 'Устойчивость глубокой модели', '深度流程的稳健性'),
  ),
  weighed(0.0599, [], item(18, 'Data are divided properly', 'Данные разделены правильно', '数据划分恰当')),
  weighed(0.03, [], item(19, 'Confounders are handled', 'Вмешивающиеся факторы учтены', '处理混杂因素')),
  weighed(
    0.0352,
    [],
    item(20, 'Measures of performance fit the task', 'Меры качества отвечают задаче', '性能指标适合任务'),
  ),
  weighed(0.0234, [], item(21, 'Uncertainty is given', 'Неопределённость указана', '给出不确定性')),
  weighed(0.0176, [], item(22, 'Calibration is assessed', 'Калибровка оценена', '评估校准')),
  weighed(
    0.0117,
    [],
    item(
      23,
      'One kind of image, or several shown to be better',
      'Один вид изображений или польза нескольких показана',
      '单一影像或证明多种更优',
    ),
  ),
  weighed(
    0.0293,
    [],
    item(
      24,
      'Compared with a non-radiomic approach',
      'Сравнение с подходом без радиомики',
      '与非影像组学方法比较',
    ),
  ),
  weighed(
    0.0176,
    [],
    item(25, 'Compared with simple classical models', 'Сравнение с простыми моделями', '与简单经典模型比较'),
  ),
  weighed(0.0375, [], item(26, 'Internal testing', 'Внутренняя проверка', '内部测试')),
  weighed(0.0749, [], item(27, 'External testing', 'Внешняя проверка', '外部测试')),
  weighed(0.0075, [], item(28, 'Data are available', 'Данные доступны', '数据可得')),
  weighed(0.0075, [], item(29, 'Code is available', 'Код доступен', '代码可得')),
  weighed(0.0075, [], item(30, 'Model is available', 'Модель доступна', '模型可得')),
];

export const METRICS_GRADES = {
  very_low: { en: 'very low', ru: 'очень низкое', zh: '很低' },
  low: { en: 'low', ru: 'низкое', zh: '低' },
  moderate: { en: 'moderate', ru: 'среднее', zh: '中等' },
  good: { en: 'good', ru: 'хорошее', zh: '良好' },
  excellent: { en: 'excellent', ru: 'отличное', zh: '优秀' },
} as const satisfies Record<string, Localised>;

export interface MetricsScore {
  /** Per cent. */
  readonly score: number;
  readonly grade: keyof typeof METRICS_GRADES;
  /** Items that apply, and those of them that are answered. */
  readonly applicable: number;
  readonly answered: number;
}

export const applies = ({ needs }: MetricsItem, conditions: MetricsConditions): boolean =>
  needs.every((c) => conditions[c]);

/**
 * Share of the weights of applicable items that are answered yes, times 100. An item that is open, or a yes without
 * evidence, earns nothing.
 */
export function metricsScore(answers: Answers, conditions: MetricsConditions): MetricsScore {
  let [earned, possible, applicable, answered] = [0, 0, 0, 0];
  for (const it of METRICS_ITEMS) {
    if (!applies(it, conditions)) continue;
    const answer = settled(answers[it.number]);
    applicable++;
    possible += it.weight;
    if (answer !== null) answered++;
    if (answer === 'yes') earned += it.weight;
  }
  const score = (100 * earned) / possible;
  const grade =
    score < 20
      ? 'very_low'
      : score < 40
        ? 'low'
        : score < 60
          ? 'moderate'
          : score < 80
            ? 'good'
            : 'excellent';
  return { score, grade, applicable, answered };
}
