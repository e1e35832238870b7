export type TimeUnit = 's' | 'min' | 'ms';
export type Compartment = 'blood' | 'plasma';

/** What the words above a column say about it. */
export interface ColumnWords {
  readonly isTime: boolean;
  readonly isConcentration: boolean;
  readonly timeUnit: TimeUnit | null;
  readonly compartment: Compartment | null;
}

const UNITS: readonly (readonly [TimeUnit, readonly string[]])[] = [
  ['ms', ['ms', 'msec', 'мс', '毫秒']],
  ['min', ['min', 'mins', 'minute', 'minutes', 'мин', 'минуты', '分', '分钟']],
  ['s', ['s', 'sec', 'secs', 'second', 'seconds', 'с', 'сек', 'секунды', '秒']],
];
const TIME = ['time', 'times', 't', 'время', '时间'];
const CONCENTRATION = ['c', 'ca', 'aif', 'vif', 'conc', 'concentration', 'mm', 'концентрация', '浓度', 'мм'];
const PLASMA = ['cp', 'plasma', 'плазма', 'плазме', '血浆'];
const BLOOD = ['cb', 'blood', 'кровь', 'крови', '全血', '血液'];

/** Reads a heading such as `time_min`, `Cp [mM]`, `время (с)` or `时间（秒）`. */
export function readHeading(text: string): ColumnWords {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  // Chinese writes words without spaces: a part of a word counts there.
  const says = (list: readonly string[]) =>
    list.some((w) => words.some((word) => word === w || (/\p{Script=Han}/u.test(w) && word.includes(w))));
  const compartment = says(PLASMA) ? 'plasma' : says(BLOOD) ? 'blood' : null;
  const isConcentration = compartment !== null || says(CONCENTRATION);
  const isTime = !isConcentration && says(TIME);
  return {
    isTime,
    isConcentration,
    timeUnit: isConcentration ? null : (UNITS.find(([, list]) => says(list))?.[0] ?? null),
    compartment,
  };
}
