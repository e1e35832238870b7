import { allFinite, mean } from '../moments.ts';
import { noValue, type Outcome } from '../outcome.ts';

/** Mean squares of a table without gaps: n subjects (rows) × k raters or replicates (columns). */
export interface MeanSquares {
  readonly n: number;
  readonly k: number;
  /** Between subjects, ν = n − 1. */
  readonly rows: number;
  /** Between columns, ν = k − 1. */
  readonly columns: number;
  /** Residual, ν = (n − 1)(k − 1). */
  readonly error: number;
  /** Within subjects, ν = n(k − 1). */
  readonly within: number;
}

/** Two-way analysis of variance, one value a cell. @param table rows of equal length, n × k */
export function meanSquares(table: readonly (readonly number[])[]): Outcome<MeanSquares> {
  const n = table.length;
  const k = table[0]?.length ?? 0;
  if (n < 2) return noValue('one_subject');
  if (table.some((row) => row.length !== k)) return noValue('unbalanced');
  if (k < 2) return noValue('one_replicate');
  if (!table.every(allFinite)) return noValue('not_finite');
  const first = table[0]![0]!;
  if (table.every((row) => row.every((v) => v === first))) return noValue('constant');
  const rowMeans = table.map(mean);
  const columnMeans = table[0]!.map((_, j) => mean(table.map((row) => row[j]!)));
  const grand = mean(rowMeans);
  const rows = k * rowMeans.reduce((s, m) => s + (m - grand) ** 2, 0);
  const columns = n * columnMeans.reduce((s, m) => s + (m - grand) ** 2, 0);
  let error = 0;
  table.forEach((row, i) => {
    row.forEach((v, j) => (error += (v - rowMeans[i]! - columnMeans[j]! + grand) ** 2));
  });
  return {
    n,
    k,
    rows: rows / (n - 1),
    columns: columns / (k - 1),
    error: error / ((n - 1) * (k - 1)),
    within: (columns + error) / (n * (k - 1)),
  };
}
