import type { Series } from '../../core/series.ts';
import type { Study } from '../../engine/api.ts';
import { t } from '../i18n/language.svelte.ts';

/** One text for each series as the viewer tells them apart: while it stays, window, zoom and measurements do. */
export const seriesKey = (study: Study | null, series: Series): string =>
  `${study?.id} ${series.uid} ${series.files.length}`;

/** A series in a list of choices. */
export const seriesName = ({ modality, format, description }: Series): string =>
  `${modality || format.toUpperCase()} · ${description || t('series.unnamed')}`;
