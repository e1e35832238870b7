import { resultOf } from './judge.ts';
import type { SeriesContext } from './context.ts';
import { applyProfile, BUILT_IN, type RuleProfile } from './profile.ts';
import type { Measurement, Rule, RuleResult } from './rule.ts';

/** A quantity of a series. Pure: the same context gives the same measurement. */
export type Measure = (context: SeriesContext) => Measurement;

/** Rules of one group with what they measure; a group is a folder. */
export interface RuleGroup {
  readonly rules: readonly Rule[];
  /** By quantity; every check of the rules has one. */
  readonly measures: Readonly<Record<string, Measure>>;
}

/**
 * Runs rules on one series. Rules of other modalities are left out; the rest come back in their order, each with every
 * check that concerns the series.
 * @param onRule told before each rule: progress, and the place where a cancel is noticed
 */
export function evaluateSeries(
  groups: readonly RuleGroup[],
  context: SeriesContext,
  profile: RuleProfile = BUILT_IN,
  onRule?: (rule: Rule, share: number) => void,
): RuleResult[] {
  const { modality, uid } = context.series;
  const wanted = groups.flatMap(({ rules, measures }) =>
    applyProfile(rules, profile)
      .filter((r) => r.modalities.length === 0 || r.modalities.includes(modality))
      .map((rule) => ({ rule, measures })),
  );
  return wanted.flatMap(({ rule, measures }, i) => {
    onRule?.(rule, i / wanted.length);
    const measured = rule.checks.map((c) => [c, measures[c.quantity]!(context)] as const);
    const result = resultOf(rule, uid, measured);
    return result === null ? [] : [result];
  });
}

/** Findings of reading that no rule of the same id has measured anew: one statement a matter. */
export const withoutMeasured = <F extends { readonly id: string }>(
  reading: readonly F[],
  results: readonly RuleResult[],
): F[] => {
  const measured = new Set(results.filter((r) => r.severity !== 'na').map((r) => r.id));
  return reading.filter((f) => !measured.has(f.id));
};

export type { Measurement };
