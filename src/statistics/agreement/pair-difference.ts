import { allFinite, mean } from '../moments.ts';
import { isNoValue, noValue, type Estimate, type Outcome } from '../outcome.ts';
import type { Scale } from './bias.ts';
import { blandAltman } from './bland-altman.ts';

/** How far the second measurement of one feature lies from the first: of two readers, scans or devices. */
export interface PairDifference {
  /** Subjects with both values. */
  readonly n: number;
  /** Mean of second less first, in the unit of the feature; its 95 % interval is null with one subject. */
  readonly bias: { readonly value: number; readonly interval: Estimate | null };
  /** 95 % limits of agreement; from two subjects on. */
  readonly limits: Outcome<{ readonly low: number; readonly high: number }>;
  /** Mean of 100·(second − first)/mean of both; none on an interval scale. */
  readonly percent: Outcome<number>;
  /** That of each subject, in their order; empty where `percent` has no value. */
  readonly percents: readonly number[];
}

/**
 * Differences of paired values (Bland & Altman 1986), which one subject alone already has. Of 100 and 110, 200 and 190:
 * 10 and −10, bias 0, limits ±1.96·√200 = ±27.7186; per cent 100·10/105 = 9.5238 and −5.1282, mean 2.1978.
 * @param first, second subject by subject
 */
export function pairDifference(
  first: readonly number[],
  second: readonly number[],
  scale: Scale = 'ratio',
): Outcome<PairDifference> {
  if (first.length !== second.length) return noValue('lengths_differ');
  if (first.length === 0) return noValue('too_few');
  if (!allFinite(first) || !allFinite(second)) return noValue('not_finite');
  const agreement = blandAltman(second, first);
  const percents = percentsOf(first, second, scale);
  return {
    n: first.length,
    bias: {
      value: mean(first.map((v, i) => second[i]! - v)),
      interval: isNoValue(agreement) ? null : agreement.bias,
    },
    limits: isNoValue(agreement) ? agreement : { low: agreement.lower.value, high: agreement.upper.value },
    percent: isNoValue(percents) ? percents : mean(percents),
    percents: isNoValue(percents) ? [] : percents,
  };
}

function percentsOf(
  first: readonly number[],
  second: readonly number[],
  scale: Scale,
): Outcome<readonly number[]> {
  if (scale === 'interval') return noValue('interval_scale');
  const middles = first.map((v, i) => (v + second[i]!) / 2);
  // Two zeros agree; a mean of zero of two others has no per cent.
  if (middles.some((m, i) => m === 0 && first[i] !== 0)) return noValue('zero_mean');
  return first.map((v, i) => (v === second[i] ? 0 : (100 * (second[i]! - v)) / Math.abs(middles[i]!)));
}
