import type { Language } from '../../core/localised.ts';
import { NUMBERS, questionsFor } from '../../quality/checklist/questions.ts';
import type { RuleResult } from '../../quality/rules/rule.ts';
import type { Words } from './words.ts';

/** What a person answered about the series, by the name of the question or quantity, and in what role. */
export interface GivenAnswers {
  readonly answers: Readonly<Record<string, number | string>>;
  readonly role?: string;
}

export interface ReportedQuestion {
  readonly id: string;
  readonly question: string;
  /** Null: not answered. */
  readonly answer: 'yes' | 'no' | number | string | null;
  readonly unit: string;
}

export interface ReportedChecklist {
  /** In the person's own words; empty when it was not said. */
  readonly role: string;
  readonly items: readonly ReportedQuestion[];
}

/** Every question for the modality with its answer, those without one too, and every further number that was given. */
export function reportedChecklist(
  { answers, role = '' }: GivenAnswers,
  { modality, results }: { readonly modality: string; readonly results: readonly RuleResult[] },
  { language, words }: { readonly language: Language; readonly words: Words },
): ReportedChecklist {
  const questions = questionsFor(modality).map(({ id, text }): ReportedQuestion => {
    const given = answers[id];
    const answer = given === undefined ? null : given === 1 ? 'yes' : given === 0 ? 'no' : said(given);
    return { id, question: text[language], answer, unit: '' };
  });
  const asked = results
    .flatMap((r) => r.checks.map((c) => c.check))
    .filter((c) => NUMBERS.includes(c.quantity) || Object.hasOwn(answers, c.quantity));
  const numbers = asked.map(({ quantity, label, unit }): ReportedQuestion => {
    const given = answers[quantity];
    return {
      id: quantity,
      question: label[language],
      answer: given === undefined ? null : said(given),
      unit,
    };
  });
  const known = new Set([...questions, ...numbers].map((q) => q.id));
  const further = Object.entries(answers)
    .filter(([id]) => !known.has(id))
    .map(([id, given]): ReportedQuestion => ({
      id: words.shown(id),
      question: words.shown(id),
      answer: said(given),
      unit: '',
    }));
  return { role: words.shown(role), items: [...questions, ...numbers, ...further] };

  function said(given: number | string): number | string {
    return typeof given === 'number' ? given : words.shown(given);
  }
}
