import type { Language } from '../../core/localised.ts';
import type { Check, CheckResult, Limit, RuleResult } from '../../quality/rules/rule.ts';
import { locale, num, pick, set, t } from '../i18n/language.svelte.ts';

/** Severities that a limit can have, worst first. */
export const RAISED_WORST_FIRST = ['block', 'fail', 'warn', 'info'] as const;

/** The same in the order of columns. */
export const RAISED_MILDEST_FIRST = RAISED_WORST_FIRST.toReversed();

/** Signs of units where the language has its own; the others are as they are. */
const UNITS: Readonly<Partial<Record<Language, Readonly<Record<string, string>>>>> = {
  ru: {
    mm: 'мм',
    s: 'с',
    ms: 'мс',
    min: 'мин',
    h: 'ч',
    d: 'сут',
    kg: 'кг',
    kV: 'кВ',
    T: 'Тл',
    MBq: 'МБк',
    mL: 'мл',
    'mL/s': 'мл/с',
    'g/mL': 'г/мл',
    mM: 'мМ',
    'mmol/L': 'ммоль/л',
    'mmol/kg': 'ммоль/кг',
    '1/mm': '1/мм',
    's/mm²': 'с/мм²',
    px: 'пикс.',
  },
  zh: { d: '天', h: '小时', min: '分钟', px: '像素' },
};

export const unitText = (unit: string): string => UNITS[locale.language]?.[unit] ?? unit;

/** `at most 5 mm`, or `0` of what should not be there at all: what is still good. */
export function limitText({ raise, unit }: Check, limit: Limit): string {
  const behind = unit ? ` ${unitText(unit)}` : '';
  if (typeof limit !== 'number')
    return t('quality.limit.within', { low: set(limit[0]), high: set(limit[1]) }) + behind;
  if (limit === 0 && raise === 'above' && unit === '') return set(limit);
  return (
    t(raise === 'below' ? 'quality.limit.atLeast' : 'quality.limit.atMost', { limit: set(limit) }) + behind
  );
}

/** The limit to show beside a value: the one that it breaks, else the first that it would break. */
export function shownLimit({ check, limit }: CheckResult): Limit | undefined {
  if (limit !== undefined) return limit;
  return RAISED_WORST_FIRST.map((s) => check.limits[s]).findLast((l) => l !== undefined);
}

/** The measured value with its unit; a dash when it could not be measured. */
export function measuredText({ check, measured }: CheckResult): string {
  if ('na' in measured) return '—';
  const { value } = measured;
  const text = Number.isInteger(value) ? set(value) : num(value, 3);
  return check.unit ? `${text} ${unitText(check.unit)}` : text;
}

/** Words beside a measured value, with the tags among them as people write them. */
export const detailText = (detail: string): string =>
  detail.replace(/\b(00(?:08|10|18|20|28|40|54))([0-9A-F]{4})\b/g, '($1,$2)');

/** `00180050` as `(0018,0050)`. */
export const tagText = (tag: string): string => `(${tag.slice(0, 4)},${tag.slice(4)})`;

/** What a rule was raised by, with what was measured and what is asked for; empty when nothing was measured. */
export function raisedText({ checks, severity }: RuleResult): string {
  const raised = checks.find((c) => c.severity === severity);
  if (!raised) return '';
  const { check, limit } = raised;
  const beside =
    limit === undefined ? '' : ` ${t('quality.limit.beside', { limit: limitText(check, limit) })}`;
  return `${pick(check.label)}: ${measuredText(raised)}${beside}`;
}
