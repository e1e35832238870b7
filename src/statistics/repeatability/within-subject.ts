import { chiSquaredQuantile } from '../distributions/distributions.ts';
import { allFinite, isConstant, mean, squaresAboutMean, variance } from '../moments.ts';
import { isNoValue, noValue, type Estimate, type Outcome } from '../outcome.ts';
import { kendall, type Kendall } from './kendall.ts';

/** 1.96·√2 as the literature rounds it: RC = 2.77·wSD. */
export const REPEATABILITY_FACTOR = 2.77;

export interface WithinSubject {
  /** Subjects measured at least twice, and degrees of freedom Σ(Kᵢ − 1). */
  readonly n: number;
  readonly df: number;
  readonly wsd: number;
  readonly rc: Estimate;
  /** √(mean(wVarᵢ/meanᵢ²)), as a share. */
  readonly wcvRms: Outcome<number>;
  /** √(exp(σ²_log) − 1), as a share, and the asymmetric limits exp(±1.96√2·σ_log) − 1. */
  readonly log: Outcome<{ readonly wcv: number; readonly low: number; readonly high: number }>;
  /** 2.77·wCV (rms) in per cent; symmetric only for wCV under about 15 %. */
  readonly rcPercent: Outcome<number>;
  /** Does the spread grow with the mean? Then the logarithmic form is the one to use. */
  readonly spreadOnMean: Outcome<Kendall>;
  readonly prefersLog: boolean;
}

/**
 * Repeatability of n subjects × K replicates (Bland & Altman 1986, 1999; Obuchowski & Bullen 2018):
 * wSD² = Σ within-subject squares / ν, ν = Σ(Kᵢ − 1), which with equal K is the mean of the variances; RC = 2.77·wSD with
 * the interval RC·√(ν/χ²). Subjects measured once say nothing about repeatability and are left out.
 * @param subjects replicates of each subject; counts may differ
 */
export function withinSubject(
  subjects: readonly (readonly number[])[],
  confidence = 0.95,
): Outcome<WithinSubject> {
  if (!subjects.every(allFinite)) return noValue('not_finite');
  const repeated = subjects.filter((s) => s.length >= 2);
  if (repeated.length === 0) return noValue('one_replicate');
  const df = repeated.reduce((s, r) => s + r.length - 1, 0);
  const wsd = Math.sqrt(repeated.reduce((s, r) => s + squaresAboutMean(r), 0) / df);
  const value = REPEATABILITY_FACTOR * wsd;
  const tail = (1 - confidence) / 2;
  const wcvRms = rootMeanSquare(repeated);
  const spreadOnMean = kendall(
    repeated.map(mean),
    repeated.map((r) => Math.sqrt(variance(r))),
  );
  return {
    n: repeated.length,
    df,
    wsd,
    rc: {
      value,
      low: value * Math.sqrt(df / chiSquaredQuantile(1 - tail, df)),
      high: value * Math.sqrt(df / chiSquaredQuantile(tail, df)),
    },
    wcvRms,
    log: logarithmic(repeated, df),
    rcPercent: isNoValue(wcvRms) ? wcvRms : 100 * REPEATABILITY_FACTOR * wcvRms,
    spreadOnMean,
    prefersLog: !isNoValue(spreadOnMean) && spreadOnMean.tau > 0 && spreadOnMean.p < 0.05,
  };
}

function rootMeanSquare(subjects: readonly (readonly number[])[]): Outcome<number> {
  if (subjects.some((r) => mean(r) === 0)) return noValue('zero_mean');
  return Math.sqrt(mean(subjects.map((r) => variance(r) / mean(r) ** 2)));
}

function logarithmic(subjects: readonly (readonly number[])[], df: number): WithinSubject['log'] {
  if (subjects.some((r) => r.some((v) => v <= 0))) return noValue('not_positive');
  const square =
    subjects.reduce((s, r) => s + (isConstant(r) ? 0 : squaresAboutMean(r.map(Math.log))), 0) / df;
  const reach = 1.96 * Math.SQRT2 * Math.sqrt(square);
  return {
    wcv: Math.sqrt(Math.expm1(square)),
    low: Math.expm1(-reach),
    high: Math.expm1(reach),
  };
}
