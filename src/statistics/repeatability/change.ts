import type { Localised } from '../../core/localised.ts';
import { noValue, type Outcome } from '../outcome.ts';

export type ChangeVerdict = 'increase' | 'decrease' | 'within_noise';

export const CHANGE_TEXTS: Readonly<Record<ChangeVerdict, Localised>> = {
  increase: {
    en: 'True increase (95 % confidence).',
    ru: 'Истинное увеличение (доверие 95 %).',
    zh: '真实增加（95% 置信度）。',
  },
  decrease: {
    en: 'True decrease (95 % confidence).',
    ru: 'Истинное уменьшение (доверие 95 %).',
    zh: '真实减少（95% 置信度）。',
  },
  within_noise: {
    en: 'Inside the repeatability of the measurement: no change can be claimed.',
    ru: 'В пределах повторяемости измерения: говорить об изменении нельзя.',
    zh: '在测量重复性范围内：不能认为有变化。',
  },
};

/** A change is true with 95 % confidence only when |after − before| > RC. */
export function changeVerdict(before: number, after: number, rc: number): Outcome<ChangeVerdict> {
  if (!Number.isFinite(before) || !Number.isFinite(after) || !Number.isFinite(rc))
    return noValue('not_finite');
  const change = after - before;
  if (Math.abs(change) <= rc) return 'within_noise';
  return change > 0 ? 'increase' : 'decrease';
}

/** The same on shares: outside the asymmetric limits exp(±1.96√2·σ_log) − 1. */
export function relativeChangeVerdict(
  before: number,
  after: number,
  limits: { readonly low: number; readonly high: number },
): Outcome<ChangeVerdict> {
  if (!Number.isFinite(before) || !Number.isFinite(after)) return noValue('not_finite');
  if (before <= 0 || after <= 0) return noValue('not_positive');
  const change = after / before - 1;
  if (change > limits.high) return 'increase';
  return change < limits.low ? 'decrease' : 'within_noise';
}
