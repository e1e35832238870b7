import { fill, type Facts, type Language } from '../../core/localised.ts';
import { HTML_TEXTS } from './texts.ts';

export type HtmlText = keyof typeof HTML_TEXTS;
export type InLanguage = (key: HtmlText, facts?: Facts) => string;

/** The words of the file in one language. */
export const wordsIn =
  (language: Language): InLanguage =>
  (key, facts = {}) =>
    fill(HTML_TEXTS[key][language], facts);
