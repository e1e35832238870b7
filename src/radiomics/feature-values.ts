import type { AbsenceReason, Aggregation, FeatureDefinition, FeatureValue } from './family.ts';

/** A number, or why there is none. */
export type Outcome = number | AbsenceReason;

/** a/b, or the reason why not. */
export function ratio(a: number, b: number, reason: AbsenceReason = 'zero_denominator'): Outcome {
  return b === 0 ? reason : a / b;
}

/**
 * Outcomes by tag as rows, in the order of the definitions.
 * @throws RangeError when a tag is missing: a family must answer for each of its features.
 */
export function featureValues(
  features: readonly FeatureDefinition[],
  outcomes: Readonly<Record<string, Outcome>>,
  aggregation: Aggregation = '3D',
): FeatureValue[] {
  return features.map(({ tag }) => {
    const outcome = outcomes[tag];
    if (outcome === undefined) throw new RangeError(`no outcome for ${tag}`);
    if (typeof outcome === 'string') return { tag, aggregation, value: null, reason: outcome };
    if (Number.isFinite(outcome)) return { tag, aggregation, value: outcome };
    return { tag, aggregation, value: null, reason: 'zero_denominator' };
  });
}

/** Every feature absent for the same reason. */
export function allAbsent(
  features: readonly FeatureDefinition[],
  aggregations: readonly Aggregation[],
  reason: AbsenceReason,
): FeatureValue[] {
  return aggregations.flatMap((aggregation) =>
    features.map(({ tag }) => ({ tag, aggregation, value: null, reason })),
  );
}
