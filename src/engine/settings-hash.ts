import { contentHash } from '../core/content-hash.ts';
import type { ExtractionSettings } from '../radiomics/settings.ts';
import type { KineticResult, ShapeResult, T1Result } from './kinetics/request.ts';

/** SHA-256 of the settings of an extraction: equal settings have equal hashes, in the page and in the command line. */
export const settingsHashOf = (settings: ExtractionSettings): string => contentHash(settings);

/** Names of regions, series and files, which say which data and not how: they differ from one opening to the next. */
const NAMES = new Set(['region', 'series', 'name']);

const nameless = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, v]) => [
      key,
      NAMES.has(key) && typeof v === 'string' ? key : nameless(v),
    ]),
  );
};

/** SHA-256 of how maps were made: the model and its settings, those of curve shape, or the protocol of T1. */
export function kineticSettingsHash(made: KineticResult | ShapeResult | T1Result): string {
  if ('protocol' in made) return contentHash({ t1: made.protocol });
  return contentHash(
    'model' in made
      ? { model: made.model, settings: nameless(made.settings) }
      : { shape: nameless(made.settings) },
  );
}
