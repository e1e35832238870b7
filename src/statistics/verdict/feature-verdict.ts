import { coefficientOfVariation, bias, LIMIT_PERCENT, type Bias, type Scale } from '../agreement/bias.ts';
import { concordance, type Concordance } from '../agreement/concordance.ts';
import { intraclassCorrelation, type IccForm } from '../agreement/icc.ts';
import { pairDifference, type PairDifference } from '../agreement/pair-difference.ts';
import { mean } from '../moments.ts';
import { isNoValue, noValue, type Estimate, type NoValueReason, type Outcome } from '../outcome.ts';
import { withinSubject, type WithinSubject } from '../repeatability/within-subject.ts';

export type Verdict = 'robust' | 'borderline' | 'not robust' | 'na';

/** Why the verdict is not "robust": a criterion that was missed, or the reason why there is no verdict. */
export type VerdictReason = 'icc_low' | 'icc_interval' | 'cov_high' | 'bias_high' | NoValueReason;

/** The lower bound of ICC that SPEC §3.5 asks for. */
const LEAST_ICC = 0.75;

export interface FeatureMeasurements {
  readonly name: string;
  readonly scale: Scale;
  /** Subjects × replicates; null where a cell is empty or no number. */
  readonly table: readonly (readonly (number | null)[])[];
  /** True value of each subject, where known. */
  readonly truth?: readonly (number | null)[];
}

export interface FeatureVerdict {
  readonly name: string;
  readonly scale: Scale;
  /** Subjects and replicates that enter ICC (those without gaps), and values left out. */
  readonly n: number;
  readonly k: number;
  readonly missing: number;
  readonly mean: Outcome<number>;
  readonly bias: Outcome<Bias>;
  /** Mean over subjects of 100·sᵢ/|x̄ᵢ|. */
  readonly cov: Outcome<number>;
  /** Within-subject coefficient of variation (rms), per cent. */
  readonly wcv: Outcome<number>;
  readonly within: Outcome<WithinSubject>;
  readonly rcPercent: Outcome<number>;
  readonly icc: Outcome<Estimate>;
  readonly iccForm: IccForm;
  /** Of the first two replicates. */
  readonly ccc: Outcome<Concordance>;
  /** Second replicate less first, where there are just two: of two readers, for one. */
  readonly difference: Outcome<PairDifference> | null;
  readonly verdict: Verdict;
  readonly reasons: readonly VerdictReason[];
}

/**
 * The row of one feature (SPEC §3.5). Robust: lower bound of ICC ≥ 0.75, CoV ≤ limit (15 %) where defined, |bias| ≤ limit
 * where the truth is known; without a limit ICC alone decides, as between readers (SPEC R17). Borderline: only the lower bound falls short, the estimate itself reaches 0.75. Features on an
 * interval scale are judged without CoV and bias in per cent. ICC and CCC use the subjects without gaps, the
 * within-subject figures all that were measured twice.
 */
export function featureVerdict(
  { name, scale, table, truth }: FeatureMeasurements,
  iccForm: IccForm,
  limit: number | null = LIMIT_PERCENT,
): FeatureVerdict {
  const cells = table.flat();
  const present = table.map((row) => row.filter((v) => v !== null));
  const complete = table.filter((row): row is number[] => row.every((v) => v !== null));
  const measured = present.flat();
  const percent = <T>(outcome: Outcome<T>): Outcome<T> =>
    scale === 'interval' ? noValue('interval_scale') : outcome;

  const within = withinSubject(present);
  const repeated = present.filter((row) => row.length >= 2);
  const icc: Outcome<Estimate> =
    table.length >= 2 && complete.length < 2
      ? noValue('unbalanced')
      : intraclassCorrelation(complete, iccForm);
  const columns = [0, 1].map((j) => complete.map((row) => row[j] ?? NaN));
  const ccc = (table[0]?.length ?? 0) < 2 ? noValue('one_replicate') : concordance(columns[0]!, columns[1]!);
  const row = {
    name,
    scale,
    n: complete.length,
    k: table[0]?.length ?? 0,
    missing: cells.length - measured.length,
    mean: measured.length > 0 ? mean(measured) : noValue('not_finite'),
    bias: percent(biasOf(present, truth)),
    cov: percent(meanVariation(repeated)),
    wcv: percent(isNoValue(within) ? within : scaled(within.wcvRms, 100)),
    within,
    rcPercent: percent(isNoValue(within) ? within : within.rcPercent),
    icc,
    iccForm,
    ccc,
    difference: table[0]?.length === 2 ? pairDifference(columns[0]!, columns[1]!, scale) : null,
  };
  return { ...row, ...judge(row, limit) };
}

const scaled = (outcome: Outcome<number>, factor: number): Outcome<number> =>
  isNoValue(outcome) ? outcome : outcome * factor;

function biasOf(present: readonly (readonly number[])[], truth: FeatureMeasurements['truth']): Outcome<Bias> {
  if (!truth) return noValue('no_truth');
  const known = present.flatMap((row, i) => {
    const t = truth[i] ?? null;
    return t === null || row.length === 0 ? [] : [{ measured: mean(row), truth: t }];
  });
  if (known.length === 0) return noValue('no_truth');
  return bias(
    known.map((k) => k.measured),
    known.map((k) => k.truth),
  );
}

function meanVariation(repeated: readonly (readonly number[])[]): Outcome<number> {
  const each: number[] = [];
  for (const row of repeated) {
    const cov = coefficientOfVariation(row);
    if (isNoValue(cov)) return cov;
    each.push(cov);
  }
  return each.length === 0 ? noValue('one_replicate') : mean(each);
}

function judge(
  { icc, cov, bias: b }: Pick<FeatureVerdict, 'icc' | 'cov' | 'bias'>,
  limit: number | null,
): { verdict: Verdict; reasons: VerdictReason[] } {
  if (isNoValue(icc)) return { verdict: 'na', reasons: [icc.noValue] };
  const reasons: VerdictReason[] = [];
  if (icc.value < LEAST_ICC) reasons.push('icc_low');
  else if (icc.low < LEAST_ICC) reasons.push('icc_interval');
  if (limit !== null && !isNoValue(cov) && cov > limit) reasons.push('cov_high');
  if (limit !== null && !isNoValue(b) && Math.abs(b.value) > limit) reasons.push('bias_high');
  if (reasons.length === 0) return { verdict: 'robust', reasons };
  return { verdict: reasons.every((r) => r === 'icc_interval') ? 'borderline' : 'not robust', reasons };
}
