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
  readonly override?: Override;
}

interface Judged {
  readonly id: string;
  readonly severity: Severity;
}

const WORST_FIRST: readonly Severity[] = ['block', 'fail', 'warn'];

/** Sums up results of rules and remarks of reading; of several statements under one id the worst counts. */
export function verdictOf(found: readonly Judged[], profile: string, override?: Override): Verdict {
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
    ...(override && { override }),
  };
}

/** Both the reason and the role are said in words, not left blank. */
export const isComplete = (o: Override | undefined): o is Override =>
  o !== undefined && o.reason.trim() !== '' && o.role.trim() !== '';

/**
 * How numbers under a verdict are shown (SPEC §0): a block closes the gate until a person overrides it with a reason and a
 * role, and numbers shown in that way, or under a fail, keep a red banner; a warning is amber.
 */
export function gateOf({ severity, override }: Verdict): GateState {
  if (severity === 'block') return isComplete(override) ? 'red' : 'closed';
  if (severity === 'fail') return 'red';
  return severity === 'warn' ? 'amber' : 'open';
}

/** A fail asks for a reason before numbers leave the program, a block before they are seen. */
export const asksForReason = ({ severity, override }: Verdict): boolean =>
  (severity === 'block' || severity === 'fail') && !isComplete(override);

/** The verdict in one cell of a table: `fail; V-09 fail; G-06 warn; profile built-in; override: … (role)`. */
export function verdictText({ severity, rules, profile, override }: Verdict): string {
  return [
    severity,
    ...rules.map((r) => `${r.id} ${r.severity}`),
    `profile ${profile}`,
    ...(override ? [`override: ${override.reason} (${override.role})`] : []),
  ].join('; ');
}
