import { chiSquaredQuantile } from '../distributions/distributions.ts';
import { allFinite, mean, squaresAboutMean, sum } from '../moments.ts';
import { isNoValue, noValue, type Estimate, type Outcome } from '../outcome.ts';
import { blandAltman } from './bland-altman.ts';

/** One value of a subject under one condition. */
export interface Repeat {
  readonly subject: string;
  readonly replicate: string;
  readonly value: number;
}

export interface AgreementPoint {
  readonly subject: string;
  /** The condition; of a pair both, first − second. */
  readonly replicate: string;
  readonly mean: number;
  /** In the unit of the values, or in per cent of the mean. */
  readonly difference: number;
}

/** The plot of Bland and Altman as numbers. */
export interface AgreementPlot {
  /** `pair`: first less second of two repeats; `mean`: each of several repeats less the mean of its subject. */
  readonly kind: 'pair' | 'mean';
  readonly percent: boolean;
  readonly points: readonly AgreementPoint[];
  readonly subjects: number;
  /** Subjects left out for a missing repeat. */
  readonly left: number;
  /** Mean difference with its interval; about the mean of the subject it is zero by construction, and null. */
  readonly bias: Estimate | null;
  readonly lower: Estimate;
  readonly upper: Estimate;
}

const LIMIT = 1.96;

/**
 * Differences against means with 95 % limits of agreement. Two repeats: {@link blandAltman} of first − second. More: each
 * value less the mean of its subject, with limits ± 1.96·√(SS_within/N), N values in all, which is the limit of agreement
 * with the mean (Jones, Dobson & O'Brian, Int J Epidemiol 2011;40:1308), and intervals by χ² with Σ(Kᵢ − 1) degrees of freedom
 * as for repeats that may be exchanged. In per cent each difference is divided by its mean.
 */
export function agreementPlot(repeats: readonly Repeat[], percent = false): Outcome<AgreementPlot> {
  if (!allFinite(repeats.map((r) => r.value))) return noValue('not_finite');
  const conditions = [...new Set(repeats.map((r) => r.replicate))];
  const bySubject = new Map<string, Repeat[]>();
  for (const r of repeats) bySubject.set(r.subject, [...(bySubject.get(r.subject) ?? []), r]);
  const pair = conditions.length === 2;
  const whole = [...bySubject.values()].filter((own) => own.length >= 2);
  const means = whole.map((own) => mean(own.map((r) => r.value)));
  if (whole.length === 0) return noValue('one_replicate');
  if (percent && means.some((m) => m === 0)) return noValue('zero_mean');
  const unit = (subject: number) => (percent ? 100 / Math.abs(means[subject]!) : 1);
  const about = { percent, subjects: whole.length, left: bySubject.size - whole.length };

  if (pair) {
    const points = whole.map((own, i): AgreementPoint => {
      const of = (condition: string) => own.find((r) => r.replicate === condition)!.value;
      const [first, second] = conditions as [string, string];
      const difference = unit(i) * (of(first) - of(second));
      return { subject: own[0]!.subject, replicate: `${first} − ${second}`, mean: means[i]!, difference };
    });
    const differences = points.map((p) => p.difference);
    const found = blandAltman(
      differences,
      differences.map(() => 0),
    );
    if (isNoValue(found)) return found;
    return { ...about, kind: 'pair', points, bias: found.bias, lower: found.lower, upper: found.upper };
  }

  const points = whole.flatMap((own, i) =>
    own.map(({ subject, replicate, value }): AgreementPoint => ({
      subject,
      replicate,
      mean: means[i]!,
      difference: unit(i) * (value - means[i]!),
    })),
  );
  const squares = sum(whole.map((own, i) => unit(i) ** 2 * squaresAboutMean(own.map((r) => r.value))));
  const df = points.length - whole.length;
  const half = LIMIT * Math.sqrt(squares / points.length);
  const [inner, outer] = [0.975, 0.025].map((p) => half * Math.sqrt(df / chiSquaredQuantile(p, df)));
  return {
    ...about,
    kind: 'mean',
    points,
    bias: null,
    lower: { value: -half, low: -outer!, high: -inner! },
    upper: { value: half, low: inner!, high: outer! },
  };
}
