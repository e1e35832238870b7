import type { Entry } from './entry.ts';

/** Texts of the gate between numbers and their use, in English. */
export const gateEn = {
  'gate.banner': 'Verdict of the quality rules',
  'gate.warn': 'A quality rule warns about these numbers: {rules}.',
  'gate.fail': 'A quality rule failed: {rules}. Do not rely on these numbers without looking into it.',
  'gate.closed':
    'A quality rule blocks these numbers: {rules}. They are hidden until a person answers for them.',
  'gate.opened': 'A quality rule blocks these numbers: {rules}. They are shown on the word of a person.',
  'gate.given': 'Reason: {reason} ({role})',
  'gate.withdraw': 'Withdraw',
  'gate.evidence': 'See why',
  'gate.reason': 'Reason',
  'gate.role': 'Your role',
  'gate.rolePlaceholder': 'Radiologist, physicist, researcher…',
  'gate.show': 'Show the numbers',
  'gate.goes': 'The reason and the role go into every export.',
  'gate.ask': 'Export under a failed rule',
  'gate.askHelp': 'A quality rule failed: {rules}. Say why these numbers are used all the same.',
  'gate.pending': 'The quality rules are running on this image: its numbers come when they are done.',
  'gate.stop': 'Stop the rules',
  'gate.notRun':
    'The quality rules did not run on these numbers as they are: they were stopped or failed, or the region was changed before they ran. Nobody vouches for them.',
  'gate.run': 'Run the rules',
  'gate.askNotRun': 'The quality rules did not run on these numbers. Say why they are used all the same.',
  'gate.mapClosed': 'Hidden: a quality rule blocks the image that this map was computed from.',
  'gate.mapPending': 'Hidden until the quality rules have run on the image that this map was computed from.',
  'gate.decide': 'Where it is decided',
  'gate.export': 'Export',
} satisfies Record<string, Entry>;
