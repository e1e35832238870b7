import { describe, expect, it } from 'vitest';
import { FAMILIES } from './registry.ts';

const features = FAMILIES.flatMap((f) => f.features);

describe('what every feature says of itself', () => {
  it('there are 174 features with distinct tags', () => {
    expect(new Set(features.map((f) => f.tag)).size).toBe(174);
  });

  it.each(features.map((f) => [f.tag, f] as const))('%s reads high and low in three languages', (_, f) => {
    expect(f.reading).toBeDefined();
    for (const side of [f.reading!.high, f.reading!.low, f.help]) {
      for (const text of Object.values(side)) expect(text).toMatch(/^\S.{2,}\S$/u);
      expect(side.en).toMatch(/\.$/);
      expect(side.ru).toMatch(/[а-яё][^]*\.$/i);
      expect(side.zh).toMatch(/\p{Script=Han}[^]*。$/u);
    }
    for (const language of ['en', 'ru', 'zh'] as const) {
      expect(f.reading!.high[language]).not.toBe(f.reading!.low[language]);
    }
  });

  it.each(features.map((f) => [f.tag, f] as const))(
    '%s has a formula, a code and a range in order',
    (_, f) => {
      expect(f.formula).toMatch(/=/);
      expect(f.ibsi).toMatch(/^[A-Z0-9]{4}$/);
      const [low, high] = f.range;
      if (low !== null && high !== null) expect(low).toBeLessThanOrEqual(high);
    },
  );
});
