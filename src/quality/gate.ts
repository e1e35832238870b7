import { contentHash } from '../core/content-hash.ts';
import type { Severity } from '../core/finding.ts';
import { worstOf } from './rules/judge.ts';

/** What numbers may be shown as: freely, with an amber or red banner, or not at all. */
export type GateState = 'open' | 'amber' | 'red' | 'closed';

/** Why a person looked at numbers in spite of the rules, and in what role. */
export interface Override {
  readonly reason: string;
  /** Radiologist, physicist, researcher: in the person's own words. */
  readonly role: string;
}

/** What rules said about numbers, small enough to go with every export of them. */
export interface Verdict {
  readonly severity: Severity;
  /** Name of the rule profile. */
  readonly profile: string;
  /** Rules above information, worst first. */
  readonly rules: readonly { readonly id: string; readonly severity: Severity }[];
  /** Rules that could not be judged: they are no passes. */
  readonly notAssessable: readonly string[];
  /** Names the whole result of the rules; empty when they did not run. */
  readonly qcHash: string;
  /** True when the rules did not come to an end: nobody vouches for the numbers. */
  readonly notRun?: true;
  readonly override?: Override;
}

interface Judged {
  readonly id: string;
  readonly severity: Severity;
}

const WORST_FIRST: readonly Severity[] = ['block', 'fail', 'warn'];
const SEVERITIES: readonly Severity[] = [...WORST_FIRST, 'info', 'pass', 'na'];
/** How a cell says that the rules did not come to an end. */
const UNKNOWN = 'not judged: the rules did not run';

/** Sums up results of rules and remarks of reading; of several statements under one id the worst counts. */
export function verdictOf(
  found: readonly Judged[],
  profile: string,
  override?: Override,
  qcHash = '',
): Verdict {
  const ids = [...new Set(found.map((f) => f.id))];
  const worst = ids.map((id) => ({
    id,
    severity: worstOf(found.filter((f) => f.id === id).map((f) => f.severity)),
  }));
  return {
    severity: worstOf(worst.map((w) => w.severity)),
    profile,
    rules: WORST_FIRST.flatMap((s) => worst.filter((w) => w.severity === s)),
    notAssessable: worst.filter((w) => w.severity === 'na').map((w) => w.id),
    qcHash,
    ...(override && { override }),
  };
}

/** The verdict on numbers whose rules were stopped or could not run: it asks for a reason as a fail does. */
export const notRun = (profile: string, override?: Override): Verdict => ({
  severity: 'na',
  profile,
  rules: [],
  notAssessable: [],
  qcHash: '',
  notRun: true,
  ...(override && { override }),
});

/**
 * The verdict on numbers that come of several images: the worst of each rule; a reason counts when it was given wherever one
 * is asked for. At least one verdict.
 */
export function together(verdicts: readonly Verdict[]): Verdict {
  const [first] = verdicts;
  if (verdicts.length === 1) return first!;
  const found = verdicts.flatMap((v) => [
    ...v.rules,
    ...v.notAssessable.map((id) => ({ id, severity: 'na' as const })),
  ]);
  const hard = verdicts.filter((v) => v.notRun === true || v.severity === 'block' || v.severity === 'fail');
  const override = hard.every((v) => isComplete(v.override)) ? hard[0]?.override : undefined;
  return {
    ...verdictOf(found, first!.profile, override, contentHash(verdicts.map((v) => v.qcHash))),
    severity: worstOf(verdicts.map((v) => v.severity)),
    ...(verdicts.some((v) => v.notRun) && { notRun: true }),
  };
}

/** Both the reason and the role are said in words, not left blank. */
export const isComplete = (o: Override | undefined): o is Override =>
  o !== undefined && o.reason.trim() !== '' && o.role.trim() !== '';

/**
 * How numbers under a verdict are shown (SPEC §0): a block closes the gate until a person overrides it with a reason and a
 * role, and numbers shown in that way, or under a fail, keep a red banner; a warning is amber.
 */
export function gateOf({ severity, override, notRun: unknown }: Verdict): GateState {
  if (severity === 'block') return isComplete(override) ? 'red' : 'closed';
  if (unknown) return 'red';
  if (severity === 'fail') return 'red';
  return severity === 'warn' ? 'amber' : 'open';
}

/** A fail asks for a reason before numbers leave the program, a block before they are seen. */
export const asksForReason = ({ severity, override, notRun: unknown }: Verdict): boolean =>
  (unknown === true || severity === 'block' || severity === 'fail') && !isComplete(override);

/** The verdict in one cell of a table: `fail; V-09 fail; G-06 warn; profile built-in; override: … (role)`. */
export function verdictText({ severity, rules, profile, override, notRun: unknown }: Verdict): string {
  return [
    unknown ? UNKNOWN : severity,
    ...rules.map((r) => `${r.id} ${r.severity}`),
    `profile ${profile}`,
    ...(override ? [`override: ${override.reason} (${override.role})`] : []),
  ].join('; ');
}

/**
 * The verdict that {@link verdictText} put into a cell; null for any other text, such as `not judged`. Rules that could not
 * be judged are not in the cell, and the hash stands in a cell of its own.
 */
export function verdictRead(text: string, qcHash = ''): Verdict | null {
  const at = text.indexOf('; profile ');
  if (at < 0) return null;
  const [head, ...list] = text.slice(0, at).split('; ');
  const severity = head === UNKNOWN ? 'na' : SEVERITIES.find((s) => s === head);
  const rules = list.map((rule) => {
    const [id = '', said] = rule.split(' ');
    return { id, severity: SEVERITIES.find((s) => s === said)! };
  });
  if (!severity || rules.some((r) => !r.severity)) return null;
  const [, profile = '', reason, role] = /^(.*?)(?:; override: (.*) \((.*)\))?$/s.exec(
    text.slice(at + '; profile '.length),
  )!;
  return {
    // Rules that did not run leave what others said of the same numbers as it was.
    severity: head === UNKNOWN ? worstOf(['na', ...rules.map((r) => r.severity)]) : severity,
    profile,
    rules,
    notAssessable: [],
    qcHash,
    ...(head === UNKNOWN && { notRun: true }),
    ...(reason !== undefined && role !== undefined && { override: { reason, role } }),
  };
}
