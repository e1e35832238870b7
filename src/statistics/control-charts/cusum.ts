import type { ChartBaseline, LimitKind } from './limits.ts';

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
 * By how much the SD of a baseline of n runs is widened for `prediction`, so that a stable device rings in 20 runs as rarely as
 * with mean and SD known: solved from {@link cusumFalseAlarm}, to be read between rows along 1/n.
 */
const WIDER: readonly (readonly [n: number, factor: number])[] = [
  [3, 5.872],
  [4, 3.492],
  [5, 2.685],
  [6, 2.279],
  [8, 1.868],
  [10, 1.66],
  [15, 1.415],
  [20, 1.303],
  [40, 1.147],
  [100, 1.058],
];

/** The widening for a baseline of n runs; 1 for `plain` and as n grows. */
export function cusumWidening(n: number, kind: LimitKind): number {
  if (kind === 'plain') return 1;
  const at = WIDER.findIndex(([rows]) => n <= rows);
  const [high, low] =
    at < 0 ? [[Infinity, 1] as const, WIDER.at(-1)!] : [WIDER[at]!, WIDER[Math.max(0, at - 1)]!];
  if (high[0] === low[0] || n <= low[0]) return low[1];
  const share = (1 / n - 1 / low[0]) / (1 / high[0] - 1 / low[0]);
  return low[1] + share * (high[1] - low[1]);
}

/**
 * Tabular cumulative sums of standardised runs: C⁺ = max(0, z − k + C⁺), C⁻ = max(0, −z − k + C⁻); they ring beyond h
 * (Page 1954). With an SD of zero any difference is infinitely far.
 */
export function cusum(
  values: readonly number[],
  { mean, sd, n }: ChartBaseline,
  kind: LimitKind,
  { reference, interval }: CusumSettings = CUSUM,
): CusumPoint[] {
  let [up, down] = [0, 0];
  const wide = sd * cusumWidening(n, kind);
  return values.map((x) => {
    const off = x - mean;
    const z = sd === 0 ? (off === 0 ? 0 : off * Infinity) : off / wide;
    up = Math.max(0, z - reference + up);
    down = Math.max(0, -z - reference + down);
    return { up, down, signal: up > interval || down > interval };
  });
}
