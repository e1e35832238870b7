import type { FeatureVerdict, Verdict } from '../../statistics/verdict/feature-verdict.ts';
import type { Outcome } from '../../statistics/outcome.ts';

/** The number of an outcome; NaN where there is none. */
export const numberOf = (outcome: Outcome<number>): number => (typeof outcome === 'number' ? outcome : NaN);

export const covOf = (f: FeatureVerdict): number => numberOf(f.cov);
export const iccOf = (f: FeatureVerdict): number => ('value' in f.icc ? f.icc.value : NaN);
export const biasOf = (f: FeatureVerdict): number => ('value' in f.bias ? f.bias.value : NaN);
/** Mean difference of two replicates in per cent of their mean. */
export const differenceOf = ({ difference }: FeatureVerdict): number =>
  difference !== null && 'percent' in difference ? numberOf(difference.percent) : NaN;

export type Column = 'name' | 'verdict' | 'icc' | 'cov' | 'bias' | 'difference';
export interface Order {
  readonly column: Column;
  readonly ascending: boolean;
}

const RANK: Readonly<Record<Verdict, number>> = { robust: 0, borderline: 1, 'not robust': 2, na: 3 };

const keyOf: Readonly<Record<Column, (f: FeatureVerdict) => number | string>> = {
  name: (f) => f.name,
  verdict: (f) => RANK[f.verdict],
  icc: iccOf,
  cov: covOf,
  bias: (f) => Math.abs(biasOf(f)),
  difference: (f) => Math.abs(differenceOf(f)),
};

/** Features of a verdict whose name holds the query, sorted; without a value last, whichever way. */
export function rowsFor(
  features: readonly FeatureVerdict[],
  query: string,
  verdict: Verdict | '',
  { column, ascending }: Order,
): readonly FeatureVerdict[] {
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const sign = ascending ? 1 : -1;
  return features
    .filter((f) => verdict === '' || f.verdict === verdict)
    .filter((f) => words.every((w) => f.name.toLocaleLowerCase().includes(w)))
    .sort((a, b) => {
      const [x, y] = [keyOf[column](a), keyOf[column](b)];
      if (typeof x === 'number' && typeof y === 'number' && (Number.isNaN(x) || Number.isNaN(y)))
        return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
      return sign * (x < y ? -1 : x > y ? 1 : 0);
    });
}
