import { csvText } from '../../report/feature-table/csv.ts';

/** One measurement of a subject: the name of the repeat, and features by column. */
export interface Measured {
  readonly subject: string;
  readonly repeat: string;
  readonly values: Readonly<Record<string, number | null>>;
}

/** One row a measurement; cells of missing values stay empty, and no name is taken for a formula. */
export function longTable(condition: 'perturbation' | 'reader', measured: readonly Measured[]): string {
  const columns = [...new Set(measured.flatMap((m) => Object.keys(m.values)))];
  const rows = measured.map(({ subject, repeat, values }) => [
    csvText(subject),
    repeat,
    ...columns.map((c) => String(values[c] ?? '')),
  ]);
  return [['subject', condition, ...columns], ...rows].map((row) => row.join(',')).join('\n') + '\n';
}
