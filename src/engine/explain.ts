import { fill, type Facts, type Localised } from '../core/localised.ts';

/** A text with its facts filled in, in every language. */
export const localisedFill = (text: Localised, facts: Facts): Localised => ({
  en: fill(text.en, facts),
  ru: fill(text.ru, facts),
  zh: fill(text.zh, facts),
});
