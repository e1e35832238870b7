import { released, type ReleaseSettings } from '../../formats/dicom/write/released.ts';
import type { Told } from '../../formats/dicom/write/telling.ts';
import { Words } from '../../report/content/words.ts';
import { VERSION } from '../version.ts';
import { openSessions, sessionOf } from './session.ts';
import type { Study } from './study.ts';
import { toldOf, type ToldWords } from './told-words.ts';

const MAKER = { name: 'Kinetex', version: VERSION } as const;

/** What the files of a study tell. */
export const toldIn = (study: Study): Told[] => [toldOf(sessionOf(study).told)];

/**
 * Decides how texts leave with tables and curves, which do not know the study that they come from: without a word by which
 * any study that is open may give its patient away.
 */
export function wordsOut(identified: boolean): Words {
  if (identified) return wordsWithout([], true);
  const open = [...openSessions()].map((s) => s.told);
  // What the files of a study tell only grows, so that the numbers of its texts say whether it did.
  const sizes = open.flatMap((told) => Object.values(told).map((texts) => texts.size)).join();
  const same = last?.sizes === sizes && open.every((told, n) => told === last?.open[n]);
  if (!same) last = { open, sizes, words: wordsWithout(open.map(toldOf), false) };
  return last!.words;
}

let last: { readonly open: readonly ToldWords[]; readonly sizes: string; readonly words: Words } | undefined;

const wordsWithout = (told: readonly Told[], identified: boolean): Words =>
  new Words(released({}, { identified, now: { date: '', time: '' }, maker: MAKER, told }));

/** How objects of a study leave now. */
export const releaseOf = (study: Study, identified: boolean): ReleaseSettings => {
  const now = new Date();
  const digits = (...parts: number[]) => parts.map((n) => String(n).padStart(2, '0')).join('');
  return {
    identified,
    now: {
      date: digits(now.getFullYear(), now.getMonth() + 1, now.getDate()),
      time: digits(now.getHours(), now.getMinutes(), now.getSeconds()),
    },
    maker: MAKER,
    ...(!identified && { told: toldIn(study) }),
  };
};
