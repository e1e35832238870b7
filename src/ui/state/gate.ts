import { asksForReason, gateOf } from '../../engine/quality/verdict.ts';
import type { GateState, Verdict } from '../../quality/gate.ts';

/** Rules that raised the worst of a verdict, for a sentence: `G-06, V-09`. */
export const rulesOf = ({ rules, severity }: Verdict): string =>
  rules.flatMap((r) => (r.severity === severity ? [r.id] : [])).join(', ');

/** How numbers of a series are shown; before the rules have run nobody has said anything against them. */
export const stateOf = (verdict: Verdict | null): GateState => (verdict ? gateOf(verdict) : 'open');

/** Must a person say why before these numbers leave? */
export const mustAsk = (verdict: Verdict | null): boolean => verdict !== null && asksForReason(verdict);
