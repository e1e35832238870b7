import { num, t } from '../i18n/language.svelte.ts';

/** A length as it is written: mm with one decimal place or more, or pixels. */
export function lengthText({ value, unit }: { readonly value: number; readonly unit: 'mm' | 'px' }): string {
  const digits = value >= 100 ? 4 : 3;
  return unit === 'mm'
    ? t('viewer.mm', { value: num(value, digits) })
    : t('measure.pixels', { value: num(value, digits) });
}
