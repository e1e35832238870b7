import type { Facts, Language, Localised } from '../../core/localised.ts';
import { fill } from '../../core/localised.ts';
import { recall, remember } from '../state/remembered.ts';
import { isLoaded, loadCatalogue, translate } from './catalogue.ts';
import type { Key } from './keys.ts';
import { formatNumber } from './numbers.ts';

export const LANGUAGES: readonly {
  readonly code: Language;
  readonly short: string;
  readonly name: string;
}[] = [
  { code: 'en', short: 'EN', name: 'English' },
  { code: 'ru', short: 'RU', name: 'Русский' },
  { code: 'zh', short: '中文', name: '中文' },
];

const HTML_LANG: Record<Language, string> = { en: 'en', ru: 'ru', zh: 'zh-Hans' };

const isLanguage = (s: string | null): s is Language => s === 'en' || s === 'ru' || s === 'zh';

function preferred(): Language {
  const stored = recall('language');
  if (isLanguage(stored)) return stored;
  const wished = navigator.languages.map((l) => l.slice(0, 2)).find(isLanguage);
  return wished ?? 'en';
}

let language = $state<Language>('en');
/** What was asked for last, while its texts may still be on their way. */
let wished: Language = 'en';
let comma = $state(recallComma());

function recallComma(): boolean | null {
  const stored = recall('decimal-comma');
  return stored === null ? null : stored === 'true';
}

/** Language and decimal mark of the page. */
export const locale = {
  get language(): Language {
    return language;
  },
  /** Takes effect at once where the texts are there, else as soon as they are. */
  set language(next: Language) {
    remember('language', next);
    void this.speak(next);
  },
  /** The language of the last visit, or the one that the browser asks for. */
  start(): Promise<void> {
    return this.speak(preferred());
  },
  /** Changes the language; one whose texts cannot be loaded changes nothing. */
  async speak(next: Language): Promise<void> {
    wished = next;
    if (!isLoaded(next)) await loadCatalogue(next).catch(() => undefined);
    if (wished !== next || !isLoaded(next)) return;
    language = next;
    this.apply();
  },
  /** Russian readers expect a comma until they say otherwise. */
  get comma(): boolean {
    return comma ?? language === 'ru';
  },
  set comma(next: boolean) {
    comma = next;
    remember('decimal-comma', String(next));
  },
  apply(): void {
    document.documentElement.lang = HTML_LANG[language];
  },
};

/** The text of a key in the chosen language. Numbers among the facts are written as the person reads them. */
export function t(key: Key, facts: Facts = {}): string {
  return translate(language, key, facts);
}

/** A text of the domain in the chosen language, facts filled in; numbers get at most six digits. */
export function pick(text: Localised, facts: Facts = {}): string {
  const shown: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(facts)) {
    shown[name] = typeof value === 'number' ? set(value) : value;
  }
  return visible(fill(text[language], shown));
}

/** A measured number as text, see {@link formatNumber}. */
export function num(value: number, digits = 4): string {
  return formatNumber(value, { digits, comma: locale.comma });
}

/** A number that was set or read, such as a spacing: up to six digits, no zeros at the end. */
export function set(value: number): string {
  return formatNumber(value, { digits: 6, comma: locale.comma, trim: true });
}

/** A count with thousands set apart as the language does. */
export function count(value: number): string {
  return new Intl.NumberFormat(HTML_LANG[language], { maximumFractionDigits: 0 }).format(value);
}

/** Bytes in the unit that reads best. */
export function bytes(value: number): string {
  if (value < 1024) return `${value} B`;
  const units = ['KiB', 'MiB', 'GiB'];
  let at = -1;
  let rest = value;
  do {
    rest /= 1024;
    at++;
  } while (rest >= 1024 && at < units.length - 1);
  return `${num(rest, 3)} ${units[at]}`;
}

/** Text from a file with characters that could reorder or hide its neighbours made visible. */
function visible(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '�');
}
