import { recall, remember } from './remembered.ts';

/** What a person answered about one series: 1 yes, 0 no, or a number; what is absent is unknown. */
export type ChecklistAnswers = Readonly<Record<string, number>>;

/**
 * Key under which the answers of a series are kept in this browser: two 32-bit FNV-1a sums of its UID, so that the UID
 * itself is not written down.
 */
export const checklistKey = (uid: string): string => `checklist.${sumOf(uid)}`;

function sumOf(uid: string): string {
  const sum = (start: number): string => {
    let hash = start >>> 0;
    for (const char of uid) hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193) >>> 0;
    return hash.toString(16).padStart(8, '0');
  };
  return `${sum(0x811c9dc5)}${sum(0x050c5d1f)}`;
}

/** The answers kept for a series; damaged ones are as if there were none. */
export function recallAnswers(uid: string): ChecklistAnswers {
  try {
    const kept: unknown = JSON.parse(recall(checklistKey(uid)) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return {};
    return Object.fromEntries(
      Object.entries(kept).filter(
        (e): e is [string, number] => typeof e[1] === 'number' && Number.isFinite(e[1]),
      ),
    );
  } catch {
    return {};
  }
}

export const rememberAnswers = (uid: string, answers: ChecklistAnswers): void =>
  remember(checklistKey(uid), JSON.stringify(answers));

/** In what role the questions about a series were answered; empty when it was not said. */
export const recallRole = (uid: string): string => recall(`checklist-role.${sumOf(uid)}`) ?? '';

export const rememberRole = (uid: string, role: string): void =>
  remember(`checklist-role.${sumOf(uid)}`, role);
