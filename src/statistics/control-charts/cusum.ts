import type { ChartBaseline } from './limits.ts';

/** Reference value k and decision interval h, in SD of the baseline. */
export interface CusumSettings {
  readonly reference: number;
  readonly interval: number;
}

/** k = ½, h = 5 (Montgomery §9.1): in control it rings once in 465 runs. */
export const CUSUM: CusumSettings = { reference: 0.5, interval: 5 };

export interface CusumPoint {
  /** Sums of what lies above and below, in SD. */
  readonly up: number;
  readonly down: number;
  readonly signal: boolean;
}

/**
 * Tabular cumulative sums of standardised runs: C⁺ = max(0, z − k + C⁺), C⁻ = max(0, −z − k + C⁻); they ring beyond h
 * (Page 1954). With an SD of zero any difference is infinitely far.
 */
export function cusum(
  values: readonly number[],
  { mean, sd }: ChartBaseline,
  { reference, interval }: CusumSettings = CUSUM,
): CusumPoint[] {
  let [up, down] = [0, 0];
  return values.map((x) => {
    const off = x - mean;
    const z = sd === 0 ? (off === 0 ? 0 : off * Infinity) : off / sd;
    up = Math.max(0, z - reference + up);
    down = Math.max(0, -z - reference + down);
    return { up, down, signal: up > interval || down > interval };
  });
}
