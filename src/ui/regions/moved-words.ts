import type { Engine } from '../../engine/api.ts';
import type { HistoryEntry } from '../../engine/regions/api.ts';
import { t } from '../i18n/language.svelte.ts';
import { toolName } from './tool-name.ts';

/** What undo took back, or redo did again: the tool, and the region it worked on. */
export function movedWords(engine: Engine, { tool, subject, done }: HistoryEntry): string {
  const what = toolName(engine, tool) + (subject ? ` · ${subject}` : '');
  return t(done ? 'work.doneAgain' : 'work.takenBack', { what });
}
