import type { Engine, FeatureTable } from '../../engine/api.ts';
import type { RobustList } from '../../statistics/verdict/repeated-table.ts';

/** A table without the features that a list of robust ones leaves out. */
export function keptOf(table: FeatureTable, robust: RobustList | null): FeatureTable {
  if (robust === null) return table;
  const names = new Set(robust.features);
  return { ...table, features: table.features.filter((f) => names.has(f.column)) };
}

/** Tables that leave: kept by a list, each with what must be known about the list. */
export async function withRemarks(
  engine: Engine,
  tables: readonly FeatureTable[],
  robust: RobustList | null,
): Promise<FeatureTable[]> {
  if (robust === null) return [...tables];
  const { robustFindings } = await engine.statistics();
  return tables.map((table) => ({
    ...table,
    findings: [...table.findings, ...robustFindings(robust, table)],
  }));
}
