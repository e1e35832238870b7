import { t } from '../i18n/language.svelte.ts';

/** Keys of the stage of regions and what they do, for the sheets of keys. */
export const drawingKeys = (): readonly (readonly [keys: readonly string[], does: string])[] => [
  [['B'], t('work.tool.brush')],
  [['E'], t('work.tool.eraser')],
  [['[', ']'], t('work.keys.size')],
  [['Enter'], t('work.keys.accept')],
  [['Esc'], t('work.keys.cancel')],
  [['Ctrl Z'], t('work.undo')],
  [['Ctrl Shift Z'], t('work.redo')],
];
