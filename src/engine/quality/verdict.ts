/** What the page needs of the gate, as values: the sum of rule results that goes with numbers. */
export { asksForReason, gateOf, verdictOf, verdictText } from '../../quality/gate.ts';
export { BUILT_IN } from '../../quality/rules/profile.ts';
