import type { Localised } from '../../core/localised.ts';

/** One item of a published checklist: its number there, and its subject in words of our own. */
export interface ChecklistItem {
  readonly number: number;
  readonly title: Localised;
}

export const item = (number: number, en: string, ru: string, zh: string): ChecklistItem => ({
  number,
  title: { en, ru, zh },
});

/** What a "yes" rests on: something that was computed or read here, or what the person wrote down. */
export interface Evidence {
  readonly kind: 'series' | 'region' | 'settings' | 'self-test' | 'entered';
  /** Hash or name of the object; empty for what was entered. */
  readonly reference: string;
  /** What it shows, in one line. */
  readonly text: string;
}

export type Answer = 'yes' | 'no' | 'na';

/** An answer as it was given. A yes without evidence does not count as one, see {@link settled}. */
export interface Answered {
  readonly answer: Answer;
  readonly evidence?: Evidence;
}

export type Answers = Readonly<Record<number, Answered>>;

/** The answer that counts: a yes stands only with evidence that says something; without it the item is open. */
export function settled(answered: Answered | undefined): Answer | null {
  if (!answered) return null;
  if (answered.answer === 'yes' && !answered.evidence?.text.trim()) return null;
  return answered.answer;
}
