import { columnName } from '../radiomics/names.ts';
import { featureCsv } from '../report/feature-table/csv.ts';
import { verdictText, type Verdict } from '../quality/gate.ts';
import { settingsHashOf } from './settings-hash.ts';
import type { Engine, FeatureRow, NameScheme } from './api.ts';

const textOf = (verdict: Verdict | null | undefined): string =>
  verdict ? verdictText(verdict) : 'not judged';

/** Rows under the names of a scheme; features that the scheme has no name for keep their IBSI name. */
export const renamed = (rows: readonly FeatureRow[], names: NameScheme): FeatureRow[] =>
  rows.map((r) => ({ ...r, column: columnName(r, names) }));

export const exportCsv: Engine['exportCsv'] = (tables, { names, decimalComma = false, verdicts = [] }) =>
  featureCsv(
    tables.flatMap((t, at) => {
      const goes = {
        settingsHash: settingsHashOf(t.settings),
        qcHash: verdicts[at]?.qcHash ?? '',
        verdict: textOf(verdicts[at]),
      };
      return renamed(t.features, names).map((f) => ({
        ...f,
        region: t.mask.name,
        reason: f.reason ?? '',
        ...goes,
      }));
    }),
    { decimalComma },
  );

/**
 * The tables with settings and provenance; one table is printed without a list around it. UID and description of the series,
 * which lead back to a person, are left out: the hash of the pixels names the image.
 */
export const exportJson: Engine['exportJson'] = (tables, { names, verdicts = [] }) => {
  const out = tables.map(({ image: { uid: _uid, description: _description, ...image }, ...t }, at) => ({
    ...t,
    image,
    features: renamed(t.features, names),
    settingsHash: settingsHashOf(t.settings),
    qcHash: verdicts[at]?.qcHash ?? '',
    verdict: verdicts[at] ?? null,
  }));
  return JSON.stringify(out.length === 1 ? out[0] : out, null, 2);
};
