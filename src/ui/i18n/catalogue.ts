import { fill, type Facts, type Language } from '../../core/localised.ts';
import { en } from './en.ts';
import type { Entry } from './entry.ts';
import type { Catalogue, Key } from './keys.ts';

/** English is there from the start and stands in until another language is; the others are loaded when chosen, or idle. */
const loaded: { en: Catalogue } & Partial<Record<Language, Catalogue>> = { en };

export const isLoaded = (language: Language): boolean => loaded[language] !== undefined;

/** The texts of a language; afterwards {@link translate} has them. */
export async function loadCatalogue(language: Language): Promise<Catalogue> {
  return (loaded[language] ??=
    language === 'ru' ? (await import('./ru.ts')).ru : language === 'zh' ? (await import('./zh.ts')).zh : en);
}

const plurals: Record<Language, Intl.PluralRules> = {
  en: new Intl.PluralRules('en'),
  ru: new Intl.PluralRules('ru'),
  zh: new Intl.PluralRules('zh'),
};

/** The text of a key in a language, in the plural form that `facts.count` asks for, with its facts filled in. */
export function translate(language: Language, key: Key, facts: Facts = {}): string {
  const entry: Entry = (loaded[language] ?? en)[key];
  if (typeof entry === 'string') return fill(entry, facts);
  const count = typeof facts['count'] === 'number' ? facts['count'] : Number.NaN;
  const form = plurals[language].select(count);
  return fill(entry[form as 'one' | 'few' | 'many'] ?? entry.other, facts);
}
