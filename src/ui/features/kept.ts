import type { FeatureTable } from '../../engine/api.ts';
import type { RobustList } from '../../statistics/verdict/repeated-table.ts';

/** A table without the features that a list of robust ones leaves out. */
export function keptOf(table: FeatureTable, robust: RobustList | null): FeatureTable {
  if (robust === null) return table;
  const names = new Set(robust.features);
  return { ...table, features: table.features.filter((f) => names.has(f.column)) };
}
