import type { Localised } from '../../core/localised.ts';
import type { Headers } from './headers.ts';
import type { Measured, Measurement, NotAssessable } from './rule.ts';

/** Words that many measurements share. */

export const needs = (...tags: readonly string[]): NotAssessable => ({ na: 'tags', tags });

export const plain = (value: number, detail?: string): Measured => ({
  value,
  ...(detail !== undefined && detail !== '' && { detail }),
});

/** A number that a person entered in the checklist. */
export const answered =
  (quantity: string) =>
  ({ answers }: { readonly answers: Readonly<Record<string, number | string>> }): Measurement => {
    const answer = answers[quantity];
    return typeof answer === 'number' && Number.isFinite(answer) ? plain(answer) : { na: 'answer' };
  };

/** How many different texts an attribute has in the series, beyond the first; they are told and listed. */
export function differing(headers: Headers, tag: string, unit = ''): Measurement {
  if (!headers.has(tag)) return needs(tag);
  const values = headers.distinct(tag);
  return {
    value: values.length - 1,
    detail: values.slice(0, 6).join(', ') + (unit && ` ${unit}`),
    ...(values.length > 1 && {
      evidence: {
        kind: 'table',
        columns: [VALUE, PLANES],
        rows: values.map((v) => [v, planesWith(headers, tag, v)]),
      },
    }),
  };
}

function planesWith(headers: Headers, tag: string, value: string): number {
  let n = 0;
  for (let p = 0; p < headers.planes; p++) if (headers.at(tag, p) === value) n++;
  return n;
}

export const VALUE: Localised = { en: 'Value', ru: 'Значение', zh: '数值' };
export const PLANES: Localised = { en: 'Images', ru: 'Изображений', zh: '图像数' };

export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  return n === 0 ? NaN : n % 2 === 1 ? sorted[n >> 1]! : (sorted[n / 2 - 1]! + sorted[n / 2]!) / 2;
}

/** Share of a value in a total, percent; 0 of nothing. */
export const percent = (part: number, whole: number): number => (whole === 0 ? 0 : (100 * part) / whole);
