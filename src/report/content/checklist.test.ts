import { expect, it } from 'vitest';
import { released } from '../../formats/dicom/write/released.ts';
import { questionsFor } from '../../quality/checklist/questions.ts';
import type { RuleResult } from '../../quality/rules/rule.ts';
import { reportedChecklist } from './checklist.ts';
import { Words } from './words.ts';

const words = new Words(
  released({}, { identified: false, now: { date: '', time: '' }, maker: { name: 'Kinetex', version: '0' } }),
);
const results = [
  {
    checks: [
      { check: { quantity: 'glucose', label: { en: 'Glucose', ru: 'Глюкоза', zh: '血糖' }, unit: 'mmol/L' } },
      { check: { quantity: 'voxel_anisotropy', label: { en: 'Edges', ru: '', zh: '' }, unit: '' } },
    ],
  },
] as unknown as RuleResult[];
const made = (answers: Record<string, number | string>, role?: string) =>
  reportedChecklist(
    { answers, ...(role !== undefined && { role }) },
    { modality: 'PT', results },
    { language: 'en', words },
  );

it('lists every question of the modality, answered or not, and the numbers that rules ask for', () => {
  const { items } = made({ metal_removed: 1, reader_blinded: 0, glucose: 5.4 });
  expect(items).toHaveLength(questionsFor('PT').length + 1);
  const answer = (id: string) => items.find((i) => i.id === id)?.answer;
  // No rule reads whether metal was removed or the reader was blinded: the report tells all the same.
  expect(['metal_removed', 'reader_blinded', 'breath_hold', 'glucose'].map(answer)).toEqual([
    'yes',
    'no',
    null,
    5.4,
  ]);
  expect(items.find((i) => i.id === 'glucose')).toMatchObject({ question: 'Glucose', unit: 'mmol/L' });
  expect(answer('coil_placed')).toBeUndefined();
});

it('keeps an answer to a question that it does not know, and the role, without what names a day or an object', () => {
  const { items, role } = made(
    { 'asked elsewhere': 'on 2024-05-06, 1.2.840.99.1.2' },
    'physicist 2024-05-06',
  );
  const last = items.at(-1)!;
  expect(last).toMatchObject({ id: 'asked elsewhere', question: 'asked elsewhere', unit: '' });
  expect(last.answer).toMatch(/^on \[…\], 2\.25\.\d+$/);
  expect(role).toBe('physicist […]');
});
