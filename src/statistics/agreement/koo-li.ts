import type { Localised } from '../../core/localised.ts';
import type { Estimate } from '../outcome.ts';

/** Words of Koo & Li 2016 for reliability: < 0.5, 0.5–0.75, 0.75–0.9, > 0.9. */
const WORDS: readonly { readonly from: number; readonly word: Localised }[] = [
  { from: -Infinity, word: { en: 'poor', ru: 'плохая', zh: '差' } },
  { from: 0.5, word: { en: 'moderate', ru: 'умеренная', zh: '中等' } },
  { from: 0.75, word: { en: 'good', ru: 'хорошая', zh: '良好' } },
  { from: 0.9, word: { en: 'excellent', ru: 'отличная', zh: '优秀' } },
];

/** The bounds of the interval in words, as Koo & Li 2016 ask, never the estimate alone: "poor to good". */
export function reliabilityInWords({ low, high }: Pick<Estimate, 'low' | 'high'>): Localised {
  const [a, b] = [wordAt(low), wordAt(high)];
  if (a === b) return a;
  return { en: `${a.en} to ${b.en}`, ru: `${a.ru} — ${b.ru}`, zh: `${a.zh}至${b.zh}` };
}

function wordAt(icc: number): Localised {
  if (icc > 0.9) return WORDS[3]!.word;
  return WORDS.slice(0, 3).findLast(({ from }) => icc >= from)!.word;
}
