import type { IntensityUnit } from '../../core/volume.ts';
import { formatNumber } from '../i18n/numbers.ts';

/** Decimal places that an intensity is shown with; undefined leaves it to significant digits. */
export function decimalsOf(unit: IntensityUnit): number | undefined {
  if (unit === 'HU' || unit === 'CNTS') return 0;
  if (unit === 'SUVbw' || unit === 'GML' || unit === 'Gy') return 2;
  return undefined;
}

/** The unit as it is written after a number; nothing for signals without one. */
export function unitLabel(unit: IntensityUnit): string {
  if (unit === 'arbitrary') return '';
  if (unit === 'percent') return '%';
  if (unit === 'CNTS') return 'counts';
  if (unit === 'GML') return 'g/mL';
  return unit === 'SUVbw' ? 'SUV' : unit;
}

/** An intensity with its unit, as it is read out. */
export function valueText(value: number, unit: IntensityUnit, comma: boolean): string {
  const places = decimalsOf(unit);
  const text = places === undefined ? formatNumber(value, { comma }) : fixed(value, places, comma);
  return `${text} ${unitLabel(unit)}`.trim();
}

/** A number with fixed decimals and a true minus sign; never "−0". */
export function fixed(value: number, decimals: number, comma: boolean): string {
  const text = value.toFixed(decimals);
  const signed = Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
  return comma ? signed.replace('.', ',') : signed;
}
