import type { Severity } from '../../core/finding.ts';
import type { Localised } from '../../core/localised.ts';
import {
  RAISED,
  type Check,
  type CheckResult,
  type Limit,
  type Measurement,
  type NotAssessable,
  type Raised,
  type Rule,
  type RuleResult,
} from './rule.ts';

/** Share of a limit by which rounding may carry a value over it: 1.4 mm over 0.7 mm is 2.0000000000000004. */
const ROUNDING = 1e-9;

const under = (value: number, limit: number): boolean => value < limit - ROUNDING * Math.abs(limit);
const over = (value: number, limit: number): boolean => value > limit + ROUNDING * Math.abs(limit);

/** Is the value on the bad side of the limit? A value on the limit is good. */
export function breaks(value: number, raise: Check['raise'], limit: Limit): boolean {
  if (typeof limit !== 'number') return under(value, limit[0]) || over(value, limit[1]);
  return raise === 'below' ? under(value, limit) : over(value, limit);
}

/** The most severe limit that a value breaks, or undefined. A value that is no number breaks every limit. */
export function raisedBy(value: number, { raise, limits }: Check): Raised | undefined {
  let worst: Raised | undefined;
  for (const severity of RAISED) {
    const limit = limits[severity];
    if (limit !== undefined && (Number.isNaN(value) || breaks(value, raise, limit))) worst = severity;
  }
  return worst;
}

const isMissing = (m: Exclude<Measurement, null>): m is NotAssessable => 'na' in m;

export function judge(check: Check, measured: Exclude<Measurement, null>): CheckResult {
  if (isMissing(measured)) return { check, severity: 'na', measured };
  const severity = raisedBy(measured.value, check);
  if (severity === undefined) return { check, severity: 'pass', measured };
  return { check, severity, measured, limit: check.limits[severity]! };
}

/** Least to most severe. A check that could not be made weighs more than a pass and less than any remark. */
const ORDER: readonly Severity[] = ['pass', 'na', 'info', 'warn', 'fail', 'block'];

export const worstOf = (severities: readonly Severity[]): Severity =>
  severities.reduce<Severity>((a, b) => (ORDER.indexOf(b) > ORDER.indexOf(a) ? b : a), 'pass');

/** The result of a rule from its checks; null when none of them concerns the subject. */
export function resultOf(
  rule: Rule,
  subject: string,
  measured: readonly (readonly [Check, Measurement])[],
): RuleResult | null {
  const checks = measured.flatMap(([check, m]) => (m === null ? [] : [judge(check, m)]));
  if (checks.length === 0) return null;
  const severity = worstOf(checks.map((c) => c.severity));
  return {
    id: rule.id,
    rule: rule.id,
    stage: rule.stage,
    severity,
    subject,
    title: rule.title,
    text: severity === 'na' ? NOT_ASSESSABLE[reasonOf(checks)] : rule.explain,
    remedy: rule.fix,
    facts: { tags: missingTags(checks).map(shownTag).join(', ') },
    tags: rule.tags,
    checks,
    source: rule.source,
    mark: rule.mark,
  };
}

const reasonOf = (checks: readonly CheckResult[]): NotAssessable['na'] => {
  const missing = checks.find((c) => c.severity === 'na')!.measured as NotAssessable;
  return missing.na;
};

const missingTags = (checks: readonly CheckResult[]): string[] => [
  ...new Set(checks.flatMap((c) => ('na' in c.measured ? (c.measured.tags ?? []) : []))),
];

/** `00180050` as `(0018,0050)`. */
const shownTag = (tag: string): string => tag.replace(/([0-9A-F]{4})([0-9A-F]{4})/g, '($1,$2)');

/** "Not assessable" and how to obtain what is missing. */
export const NOT_ASSESSABLE: Readonly<Record<NotAssessable['na'], Localised>> = {
  tags: {
    en: 'Not assessable: the files do not state {tags}.',
    ru: 'Оценить нельзя: в файлах нет {tags}.',
    zh: '无法评估：文件未说明 {tags}。',
  },
  pixels: {
    en: 'Not assessable before the pixels are read.',
    ru: 'Оценить нельзя, пока не прочитаны пиксели.',
    zh: '读取像素之前无法评估。',
  },
  geometry: {
    en: 'Not assessable: millimetres are not known.',
    ru: 'Оценить нельзя: миллиметры неизвестны.',
    zh: '无法评估：毫米尺寸未知。',
  },
  phases: {
    en: 'Not assessable: that takes several time points.',
    ru: 'Оценить нельзя: для этого нужно несколько временных точек.',
    zh: '无法评估：需要多个时间点。',
  },
  region: {
    en: 'Not assessable before a region is given.',
    ru: 'Оценить нельзя, пока не задана область.',
    zh: '给出区域之前无法评估。',
  },
  placing: {
    en: 'Not assessable: how the region was brought onto the image is not recorded.',
    ru: 'Оценить нельзя: не записано, как область перенесена на изображение.',
    zh: '无法评估：未记录区域如何放到图像上。',
  },
  extraction: {
    en: 'Not assessable before features are measured.',
    ru: 'Оценить нельзя, пока не измерены признаки.',
    zh: '测量特征之前无法评估。',
  },
  patients: {
    en: 'Not assessable on one patient: that takes features of at least ten.',
    ru: 'По одному пациенту оценить нельзя: нужны признаки хотя бы десяти.',
    zh: '单个患者无法评估：至少需要十名患者的特征。',
  },
  reader: {
    en: 'Not assessable before a second reader has drawn the region.',
    ru: 'Оценить нельзя, пока область не обвёл второй специалист.',
    zh: '第二位阅片者勾画之前无法评估。',
  },
  answer: {
    en: 'Not assessable from files: answer the checklist.',
    ru: 'По файлам оценить нельзя: ответьте в контрольном листе.',
    zh: '无法从文件评估：请填写检查表。',
  },
  cohort: {
    en: 'Not assessable alone: choose a series or a reference protocol to compare with.',
    ru: 'По одной серии оценить нельзя: выберите для сравнения серию или эталонный протокол.',
    zh: '单个序列无法评估：请选择用于比较的序列或参考方案。',
  },
  fit: {
    en: 'Not assessable before a model is fitted.',
    ru: 'Оценить нельзя, пока не подогнана модель.',
    zh: '拟合模型之前无法评估。',
  },
  structure: {
    en: 'Not assessable: the image lacks the structure that this is measured on.',
    ru: 'Оценить нельзя: на изображении нет структуры, по которой это измеряется.',
    zh: '无法评估：图像中没有用于测量的结构。',
  },
};
