import { describe, expect, it } from 'vitest';
import type { Language } from '../../core/localised.ts';
import { isLoaded, loadCatalogue, translate } from './catalogue.ts';
import type { Entry } from './entry.ts';
import type { Key } from './keys.ts';

const before = translate('ru', 'action.cancel');
const wasLoaded = isLoaded('ru');
const CATALOGUES = {
  en: await loadCatalogue('en'),
  ru: await loadCatalogue('ru'),
  zh: await loadCatalogue('zh'),
};
const keys = Object.keys(CATALOGUES.en) as Key[];
const forms = (entry: Entry): string[] => (typeof entry === 'string' ? [entry] : Object.values(entry));
const marks = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort();

describe('the catalogue of texts', () => {
  it('speaks English until a language is loaded', () => {
    expect([wasLoaded, before]).toEqual([false, 'Cancel']);
    expect(translate('ru', 'action.cancel')).toBe('Отмена');
  });

  it.each(['ru', 'zh'] as Language[])('%s has the keys of English and no other', (language) => {
    expect(Object.keys(CATALOGUES[language]).sort()).toEqual([...keys].sort());
  });

  it.each(['en', 'ru', 'zh'] as Language[])(
    'every form in %s asks for the same facts as the English text',
    (language) => {
      for (const key of keys) {
        const expected = marks(forms(CATALOGUES.en[key]).at(-1)!);
        for (const form of forms(CATALOGUES[language][key]))
          expect([key, marks(form)]).toEqual([key, expected]);
      }
    },
  );

  it.each(['en', 'ru', 'zh'] as Language[])('no text in %s is empty or padded', (language) => {
    for (const key of keys) {
      for (const form of forms(CATALOGUES[language][key])) {
        expect([key, form.trim() === form && form.length > 0]).toEqual([key, true]);
      }
    }
  });

  it('has each plural form that a language uses', () => {
    const needed = { en: ['one', 'other'], ru: ['few', 'many', 'one', 'other'], zh: ['other'] };
    for (const language of ['en', 'ru', 'zh'] as const) {
      for (const key of keys) {
        const entry: Entry = CATALOGUES[language][key];
        if (typeof entry !== 'string')
          expect([key, Object.keys(entry).sort()]).toEqual([key, needed[language]]);
      }
    }
  });

  it('Russian and Chinese texts are written in their script', () => {
    const names = /^(IBSI|DICOM SEG|WebAssembly|WebGPU|SUV.*|mm|cm|mL||NIfTI)$/;
    for (const [language, script] of [
      ['ru', /[а-яё]/i],
      ['zh', /\p{Script=Han}/u],
    ] as const) {
      for (const key of keys) {
        for (const form of forms(CATALOGUES[language][key])) {
          expect([key, form, script.test(form) || names.test(form.replace(/\{\w+\}/g, '').trim())]).toEqual([
            key,
            form,
            true,
          ]);
        }
      }
    }
  });

  it('chooses the plural form by count', () => {
    const phases = (n: number) => translate('ru', 'series.phases', { count: n });
    expect([1, 2, 5, 11, 21, 22, 111].map(phases)).toEqual([
      '1 фаза',
      '2 фазы',
      '5 фаз',
      '11 фаз',
      '21 фаза',
      '22 фазы',
      '111 фаз',
    ]);
    expect(translate('en', 'series.phases', { count: 1 })).toBe('1 phase');
    expect(translate('zh', 'series.phases', { count: 3 })).toBe('3 期');
  });

  it('fills a fact as text, even when it looks like a mark', () => {
    expect(translate('en', 'jobs.region', { name: '{name}$&' })).toBe('Placing the region “{name}$&”');
  });
});
