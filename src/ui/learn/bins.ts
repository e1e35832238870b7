import type { DiscretisationSettings } from '../../radiomics/settings.ts';

/** Most bins on the slider: the largest number in use. */
export const MOST_BINS = 128;

/** Where the slider stands for these settings and a region whose intensities span so much. */
export function binsOnSlider({ method, bins, width }: DiscretisationSettings, span: number): number {
  const wanted = method === 'FBS' ? Math.round(span / width) : bins;
  return Number.isFinite(wanted) ? Math.max(2, Math.min(MOST_BINS, wanted)) : 2;
}

/** The settings that the slider asks for: so many bins, or the width, to three digits, that gives so many. */
export function movedTo(
  settings: DiscretisationSettings,
  bins: number,
  span: number,
): DiscretisationSettings {
  if (settings.method !== 'FBS') return { ...settings, method: 'FBN', bins };
  return span > 0 ? { ...settings, width: Number((span / bins).toPrecision(3)) } : settings;
}
