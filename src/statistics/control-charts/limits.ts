import { normalTails, studentQuantile } from '../distributions/distributions.ts';
import type { Zone } from './run-rules.ts';

/** Mean, spread and number of the runs that a chart is drawn from. */
export interface ChartBaseline {
  readonly mean: number;
  /** Sample SD, ÷(n − 1). */
  readonly sd: number;
  readonly n: number;
}

/**
 * How far the lines lie. `prediction`: a few runs do not tell mean and SD well, so each line is moved out to where a new run
 * of a stable device falls beyond as rarely as beyond k SD of a baseline that is known exactly. `plain`: mean ± k·SD as if
 * it were.
 */
export type LimitKind = 'prediction' | 'plain';

/**
 * Multiple of the baseline's SD at which the line for k standard deviations lies: k itself, or the limit of prediction of
 * one new observation, t_{n−1}(Φ(k))·√(1 + 1/n) (Hahn 1969; the normal scores of Quesenberry 1991 turned round).
 * k = 3: 7.25 for n = 5, 4.29 for n = 10, 3.52 for n = 20, to 3 as n grows.
 */
export function lineAt(k: number, n: number, kind: LimitKind): number {
  if (kind === 'plain') return k;
  return studentQuantile(1 - normalTails(k).upper, n - 1) * Math.sqrt(1 + 1 / n);
}

const known = new Map<string, readonly [number, number, number]>();

/** The lines for 1, 2 and 3 standard deviations as multiples of the SD of the baseline; worked out once for each n. */
export function linesOf(n: number, kind: LimitKind): readonly [number, number, number] {
  const key = `${kind} ${n}`;
  const lines = known.get(key) ?? [lineAt(1, n, kind), lineAt(2, n, kind), lineAt(3, n, kind)];
  known.set(key, lines);
  return lines;
}

/** Where a value lies between the lines. An SD of zero puts every other value beyond all of them. */
export function zoneOf(value: number, { mean, sd, n }: ChartBaseline, kind: LimitKind): Zone {
  const off = value - mean;
  const away = sd === 0 ? (off === 0 ? 0 : Infinity) : Math.abs(off) / sd;
  const level = linesOf(n, kind).filter((line) => away >= line).length as Zone['level'];
  return { side: off < 0 ? -1 : 1, level };
}
