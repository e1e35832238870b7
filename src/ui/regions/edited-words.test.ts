import { expect, it } from 'vitest';
import { editedWords } from './edited-words.ts';

it('a region corrected by more than a fifth is no longer found by the tool (SPEC R24)', () => {
  expect(editedWords(0)).toMatchObject({ warning: false });
  expect(editedWords(0.2)).toMatchObject({ warning: false });
  expect(editedWords(0.2001)).toMatchObject({ warning: true });
  expect(editedWords(0.34).text).toContain('34');
  expect(editedWords(0.34).text).toContain('more than 20');
});
