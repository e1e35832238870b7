import { num, t } from '../i18n/language.svelte.ts';

/** Share of the proposal (SPEC R24) beyond which the tool has not found the lesion: the hand has. */
const MUCH = 0.2;

/** What is said of a region of which a share was corrected by hand, and whether that is a warning. */
export function editedWords(editedShare: number): { readonly text: string; readonly warning: boolean } {
  const share = num(100 * editedShare, 3);
  const warning = editedShare > MUCH;
  return { text: warning ? t('work.editedMuch', { share }) : t('work.edited', { share }), warning };
}
