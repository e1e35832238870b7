import type { Series } from '../../core/series.ts';
import { set, t } from '../i18n/language.svelte.ts';

export const shownSize = ({ size: [x, y, z] }: Series): string => `${x} × ${y} × ${z}`;

/** Voxel edges in mm, rounded to `decimals`. */
export const shownSpacing = ({ spacing }: Series, decimals = 3): string =>
  spacing
    ? `${spacing.map((s) => set(Number(s.toFixed(decimals)))).join(' × ')} ${t('unit.mm')}`
    : t('series.noGeometry');

/**
 * A unit as the person reads it: `intensity` becomes the unit of the image when that is known, words of ours are
 * translated, units of the field stay. Pure numbers have none.
 */
export function shownUnit(unit: string, imageUnit = ''): string {
  if (unit === '1' || unit === '') return '';
  if (unit === 'percent') return '%';
  const own = imageUnit === '' || imageUnit === '1' ? 'intensity' : imageUnit;
  return unit
    .replace('intensity', own)
    .replace('intensity', t('unit.intensity'))
    .replace('arbitrary', t('unit.arbitrary'))
    .replace('grey level', t('unit.greyLevel'))
    .replace(/\bmm/, t('unit.mm'))
    .replace(/^bit$/, t('unit.bit'));
}
