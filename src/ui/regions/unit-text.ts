import type { IntensityUnit } from '../../core/volume.ts';
import { t } from '../i18n/language.svelte.ts';
import { unitLabel } from '../viewer/readings.ts';

/** A unit as a parameter or a fact states it, in words of the page; `intensity` stands for the unit of the image. */
export const unitText = (unit: string, image: IntensityUnit = 'arbitrary'): string =>
  unit === 'voxels'
    ? t('unit.voxels')
    : unit.replace('intensity', unitLabel(image)).replace('mm', t('unit.mm'));
