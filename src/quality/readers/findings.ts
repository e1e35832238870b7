import type { Finding } from '../../core/finding.ts';

/** Below this Dice two readers did not draw the same (SPEC R17, V-16). */
export const LEAST_DICE = 0.85;

/** From so many lesions on the interval of ICC means something; with fewer it is nearly the whole range. */
const ENOUGH = 5;

/** What a comparison of readers rests on too little for. `dice`: that of each pair, by its name. */
export function readerFindings(
  pairs: readonly { readonly subject: string; readonly dice: number | null }[],
): readonly Finding[] {
  const apart = pairs.filter((p) => (p.dice ?? 0) < LEAST_DICE);
  return [
    ...(pairs.length === 1
      ? [ONE]
      : pairs.length < ENOUGH
        ? [{ ...FEW, facts: { pairs: pairs.length } }]
        : []),
    ...(apart.length > 0
      ? [{ ...APART, facts: { subjects: apart.map((p) => p.subject).join(', '), least: LEAST_DICE } }]
      : []),
  ];
}

const ONE: Finding = {
  id: 'R-readers-one',
  severity: 'warn',
  subject: 'readers',
  text: {
    en: 'ICC cannot be computed from one lesion: it compares the spread between lesions with that between readers. The difference of each feature is shown.',
    ru: 'По одному очагу ICC вычислить нельзя: он сравнивает разброс между очагами с разбросом между читающими. Показана разница каждого признака.',
    zh: '仅一个病灶无法计算 ICC：它比较病灶间与阅片者间的离散。已显示各特征的差异。',
  },
  remedy: {
    en: 'Let both readers draw two lesions or more, better 35.',
    ru: 'Пусть оба читающих обведут не менее двух очагов, лучше 35.',
    zh: '请两位阅片者至少勾画两个病灶，最好 35 个。',
  },
  facts: {},
};

const FEW: Finding = {
  id: 'R-readers-few',
  severity: 'warn',
  subject: 'readers',
  text: {
    en: 'ICC rests on {pairs} lesions only, so its interval is wide; a verdict of so few says little.',
    ru: 'ICC опирается лишь на {pairs} очага, поэтому интервал широк; такой вердикт мало что значит.',
    zh: 'ICC 仅基于 {pairs} 个病灶，区间很宽，结论说明不了多少。',
  },
  remedy: {
    en: 'Let both readers draw more lesions, better 35.',
    ru: 'Пусть оба читающих обведут больше очагов, лучше 35.',
    zh: '请两位阅片者勾画更多病灶，最好 35 个。',
  },
  facts: {},
};

const APART: Finding = {
  id: 'R-readers-apart',
  severity: 'warn',
  subject: 'readers',
  text: {
    en: 'The readers drew these differently, Dice below {least}: {subjects}.',
    ru: 'Читающие обвели по-разному, Dice ниже {least}: {subjects}.',
    zh: '两位阅片者勾画不一致，Dice 低于 {least}：{subjects}。',
  },
  remedy: {
    en: 'Look where they differ under Regions, and that the pairs are the same lesions.',
    ru: 'Посмотрите в «Областях», где они расходятся, и тот ли это очаг.',
    zh: '请在“区域”中查看差异所在，并确认配对为同一病灶。',
  },
  facts: {},
};
