/**
 * Why a voxel has no T1, or a doubtful one; the index is its code in a status map.
 * `at-bound` and `not-converged` keep their numbers, the others are NaN.
 */
export const T1_STATUS = [
  'ok',
  'signal-not-valid', // not a number, or nothing but zeros; negative where the method needs magnitudes
  'no-answer', // the equation has no relaxation rate for these signals
  'at-bound', // the best rate lies on the edge of what was searched
  'not-converged',
  'not-wanted', // outside the mask that the map was asked for
] as const;
export type T1Status = (typeof T1_STATUS)[number];

export interface T1Estimate {
  /** 1/s */
  readonly r1: number;
  /** s */
  readonly t1: number;
  /** Equilibrium signal × receiver gain, in the unit of the signals. */
  readonly s0: number;
  /** Standard errors; NaN when no measurement is left over to judge by. T1: σ(T1) = σ(R1)/R1². */
  readonly r1Error: number;
  readonly t1Error: number;
  readonly s0Error: number;
  /** Root mean square of the residuals, in the unit of the signals. */
  readonly rmse: number;
  readonly status: T1Status;
}

export const noEstimate = (status: T1Status): T1Estimate => ({
  r1: NaN,
  t1: NaN,
  s0: NaN,
  r1Error: NaN,
  t1Error: NaN,
  s0Error: NaN,
  rmse: NaN,
  status,
});

export function estimate(
  r1: number,
  s0: number,
  r1Error: number,
  s0Error: number,
  rmse: number,
  status: T1Status = 'ok',
): T1Estimate {
  return { r1, t1: 1 / r1, s0, r1Error, t1Error: r1Error / (r1 * r1), s0Error, rmse, status };
}
