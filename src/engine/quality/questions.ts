/** What the page asks a person about a series. */
export { NUMBERS, questionsFor } from '../../quality/checklist/questions.ts';
