import { fill, type Facts, type Language } from '../../core/localised.ts';
import { en } from './en.ts';
import type { Catalogue, Key } from './keys.ts';
import { ru } from './ru.ts';
import { zh } from './zh.ts';

export const CATALOGUES: Readonly<Record<Language, Catalogue>> = { en, ru, zh };

const plurals: Record<Language, Intl.PluralRules> = {
  en: new Intl.PluralRules('en'),
  ru: new Intl.PluralRules('ru'),
  zh: new Intl.PluralRules('zh'),
};

/** The text of a key in a language, in the plural form that `facts.count` asks for, with its facts filled in. */
export function translate(language: Language, key: Key, facts: Facts = {}): string {
  const entry = CATALOGUES[language][key];
  if (typeof entry === 'string') return fill(entry, facts);
  const count = typeof facts['count'] === 'number' ? facts['count'] : Number.NaN;
  const form = plurals[language].select(count);
  return fill(entry[form as 'one' | 'few' | 'many'] ?? entry.other, facts);
}
