import { columnName } from '../radiomics/names.ts';
import { featureCsv } from '../report/feature-table/csv.ts';
import type { Engine, FeatureRow, FeatureTable, NameScheme } from './api.ts';

/** Rows under the names of a scheme; features that the scheme has no name for keep their IBSI name. */
export const renamed = (rows: readonly FeatureRow[], names: NameScheme): FeatureRow[] =>
  rows.map((r) => ({ ...r, column: columnName(r, names) }));

export const exportCsv: Engine['exportCsv'] = (tables, { names, decimalComma = false }) =>
  featureCsv(
    tables.flatMap((t) =>
      renamed(t.features, names).map((f) => ({ ...f, region: t.mask.name, reason: f.reason ?? '' })),
    ),
    { decimalComma },
  );

/** The tables as they are, settings and provenance with them; one table is printed without a list around it. */
export const exportJson: Engine['exportJson'] = (tables, { names }) => {
  const out: FeatureTable[] = tables.map((t) => ({ ...t, features: renamed(t.features, names) }));
  return JSON.stringify(out.length === 1 ? out[0] : out, null, 2);
};
