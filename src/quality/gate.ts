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
    unknown ? 'not judged: the rules did not run' : severity,
    ...rules.map((r) => `${r.id} ${r.severity}`),
    `profile ${profile}`,
    ...(override ? [`override: ${override.reason} (${override.role})`] : []),
  ].join('; ');
}
