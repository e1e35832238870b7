import { asksForReason, gateOf } from '../../engine/quality/verdict.ts';
import type { GateState, Verdict } from '../../quality/gate.ts';

/** Rules that raised the worst of a verdict, for a sentence: `G-06, V-09`. */
export const rulesOf = ({ rules, severity }: Verdict): string =>
  rules.flatMap((r) => (r.severity === severity ? [r.id] : [])).join(', ');

/** How numbers are shown; pending: the rules are still to be heard. */
export type Shown = GateState | 'pending';

export const stateOf = (verdict: Verdict | null): Shown => (verdict ? gateOf(verdict) : 'pending');

/** Must these numbers not be seen, nor leave? */
export const isHidden = (verdict: Verdict | null): boolean =>
  verdict === null || gateOf(verdict) === 'closed';

/** Must a person say why before these numbers leave? */
export const mustAsk = (verdict: Verdict | null): boolean => verdict !== null && asksForReason(verdict);
