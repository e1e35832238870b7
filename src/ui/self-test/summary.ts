import type { BackendName, SelfTestReport, SelfTestRow } from '../../engine/api.ts';

/** Passed and failed values of each backend that ran. */
export function summaries({
  rows,
}: Pick<SelfTestReport, 'rows'>): Map<BackendName, { passed: number; failed: number }> {
  const sums = new Map<BackendName, { passed: number; failed: number }>();
  for (const { backend, pass } of rows) {
    const sum = sums.get(backend) ?? { passed: 0, failed: 0 };
    sums.set(backend, pass ? { ...sum, passed: sum.passed + 1 } : { ...sum, failed: sum.failed + 1 });
  }
  return sums;
}

export interface SelfTestWish {
  readonly query: string;
  readonly failuresOnly: boolean;
  /** Empty: all. */
  readonly backend: string;
}

export function filterSelfTest(
  rows: readonly SelfTestRow[],
  { query, failuresOnly, backend }: SelfTestWish,
): SelfTestRow[] {
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    if (failuresOnly && row.pass) return false;
    if (backend !== '' && row.backend !== backend) return false;
    const text = `${row.name} ${row.tag} ${row.family} ${row.aggregation}`.toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
}
