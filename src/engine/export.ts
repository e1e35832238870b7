import type { Finding } from '../core/finding.ts';
import { columnName } from '../radiomics/names.ts';
import type { Words } from '../report/content/words.ts';
import { wordsOut } from './study/told.ts';
import { featureCsv } from '../report/feature-table/csv.ts';
import { verdictText, type Verdict } from '../quality/gate.ts';
import { verdictWith } from './quality/heard.ts';
import { settingsHashOf } from './settings-hash.ts';
import type { Engine, FeatureRow, FeatureTable, NameScheme } from './api.ts';

const textOf = (verdict: Verdict | null | undefined): string =>
  verdict ? verdictText(verdict) : 'not judged';

/** What a person wrote to open the gate may name somebody, too. */
export const releasedVerdict = <V extends Verdict | null | undefined>(verdict: V, words: Words): V =>
  verdict?.override
    ? {
        ...verdict,
        override: {
          ...verdict.override,
          reason: words.shown(verdict.override.reason),
          role: words.shown(verdict.override.role),
        },
      }
    : verdict;

/** A finding with its subject and the texts among its facts as they leave. */
export const releasedFinding = <F extends Pick<Finding, 'subject' | 'facts'>>(f: F, words: Words): F => ({
  ...f,
  subject: words.shown(f.subject),
  facts: words.facts(f.facts),
});

/** The name of a region as it leaves: itself, or a number where it tells of somebody. */
export const releasedName = (name: string, at: number, words: Words): string =>
  words.name(name) ?? `Region ${at + 1}`;

/** Rows under the names of a scheme; features that the scheme has no name for keep their IBSI name. */
export const renamed = (rows: readonly FeatureRow[], names: NameScheme): FeatureRow[] =>
  rows.map((r) => ({ ...r, column: columnName(r, names) }));

export const exportCsv: Engine['exportCsv'] = (
  tables,
  { names, decimalComma = false, verdicts = [], identified = false },
) => {
  const words = wordsOut(identified);
  return featureCsv(
    tables.flatMap((t, at) => {
      const verdict = verdictWith(verdicts[at], t);
      const goes = {
        region: releasedName(t.mask.name, at, words),
        settingsHash: settingsHashOf(t.settings),
        qcHash: verdict?.qcHash ?? '',
        verdict: textOf(releasedVerdict(verdict, words)),
      };
      return renamed(t.features, names).map((f) => ({ ...f, reason: f.reason ?? '', ...goes }));
    }),
    { decimalComma },
  );
};

/**
 * The tables with settings and provenance; one table is printed without a list around it. UID and description of the series,
 * which lead back to a person, are left out: the hash of the pixels names the image.
 */
export const exportJson: Engine['exportJson'] = (tables, { names, verdicts = [], identified = false }) => {
  const words = wordsOut(identified);
  const out = tables.map((t, at) => {
    const { uid: _uid, description: _description, preprocessing, ...image } = t.image;
    const verdict = verdictWith(verdicts[at], t);
    return {
      ...t,
      image: { ...image, ...(preprocessing && { preprocessing: releasedRecord(preprocessing, words) }) },
      mask: { ...t.mask, name: releasedName(t.mask.name, at, words) },
      findings: t.findings.map((f) => releasedFinding(f, words)),
      features: renamed(t.features, names),
      settingsHash: settingsHashOf(t.settings),
      qcHash: verdict?.qcHash ?? '',
      verdict: releasedVerdict(verdict, words),
    };
  });
  return JSON.stringify(out.length === 1 ? out[0] : out, null, 2);
};

type Preprocessing = NonNullable<FeatureTable['image']['preprocessing']>;

/** How an image was made, without the names of the images and the region that took part. */
export const releasedRecord = (record: Preprocessing, words: Words): object => ({
  ...record,
  source: { phase: record.source.phase },
  region: record.region === null ? null : releasedName(record.region, 0, words),
  references: record.references.length,
});
