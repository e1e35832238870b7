import type { Finding, Severity } from '../../core/finding.ts';
import type { Facts } from '../../core/localised.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { RuleResult, RuleStage } from '../../quality/rules/rule.ts';
import type { Key } from '../i18n/keys.ts';
import type { Place, Stage, Workspace } from '../state/workspace.svelte.ts';

/** One thing that the light of a stage rests on, and where it is looked into. */
export type Ground = {
  readonly severity: Severity;
  readonly place: Place;
  /** What could not be assessed here leaves the whole in doubt; see lightOf. */
  readonly dims?: true;
} & (
  | { readonly kind: 'rule'; readonly result: RuleResult }
  | { readonly kind: 'finding'; readonly finding: Pick<Finding, 'id' | 'text' | 'facts'> }
  | { readonly kind: 'refusal'; readonly refusal: Refusal; readonly name: string }
  /** A sentence of the page, after the name of what it is about. */
  | { readonly kind: 'note'; readonly key: Key; readonly facts?: Facts; readonly name?: string }
);

const ruled = (result: RuleResult, series: string): Ground => ({
  kind: 'rule',
  severity: result.severity,
  result,
  place: { stage: 'acquire', series, find: `rule:${result.id}` },
});

const found = (finding: Finding, place: Place): Ground => ({
  kind: 'finding',
  severity: finding.severity,
  finding,
  place: { ...place, find: `finding:${finding.id}` },
});

/** What the rules said of a series; that they have not run is said too: it is no pass. */
function rulesOn({ quality, session }: Workspace, uid: string, stages?: readonly RuleStage[]): Ground[] {
  const made = quality.bySeries.get(uid);
  if (!made) {
    if (!session.study?.series.some((s) => s.uid === uid)) return [];
    return [
      { kind: 'note', severity: 'na', key: 'light.unjudged', place: { stage: 'acquire', series: uid } },
    ];
  }
  const wanted = made.results.filter((r) => !stages || stages.includes(r.stage));
  const reading = !stages || stages.includes('acquisition') ? made.reading : [];
  return [
    ...wanted.map((r) => ruled(r, uid)),
    ...reading.map((f) => found(f, { stage: 'acquire', series: uid })),
  ];
}

/** What the light of a stage rests on; nothing before it has anything to judge. */
export function groundsOf(stage: Stage, workspace: Workspace): Ground[] {
  const { session, equipment, extraction, kinetics, repeatability, reporting, selfTest } = workspace;
  const { study, series } = session;
  switch (stage) {
    case 'equipment':
      return equipment.books.flatMap((book, at): Ground[] => {
        const verdict = equipment.verdicts[at];
        if (!verdict) return [];
        const { severity } = verdict;
        const place: Place = { stage, device: book.device.id };
        const name = book.device.label;
        return [{ kind: 'note', severity, key: `light.device.${severity}`, name, place, dims: true }];
      });
    case 'acquire': {
      if (!study) return [];
      const own = series ? rulesOn(workspace, series.uid, ['acquisition', 'cohort']) : [];
      const before =
        series && !workspace.quality.bySeries.has(series.uid)
          ? series.findings.map((f) => found(f, { stage, series: series.uid }))
          : [];
      const judged = series && workspace.quality.bySeries.has(series.uid);
      // What was said of the series on screen is among what the rules said of it, or was measured anew by them.
      const general = study.findings
        .filter((f) => !judged || f.subject !== series.uid)
        .map((f) => found(f, { stage }));
      const refused = study.refused.length;
      return [
        ...own,
        ...before,
        ...general,
        ...(refused === 0
          ? []
          : [
              {
                kind: 'note',
                severity: 'warn',
                key: 'light.refused',
                facts: { count: refused },
                place: { stage, find: 'refused:files' },
              } as const,
            ]),
      ];
    }
    case 'regions': {
      const placed = [...session.placements].flatMap(([id, p]): Ground[] => {
        const place: Place = { stage, find: `region:${id}` };
        const name = session.regions.find((r) => r.id === id)?.name ?? '';
        if (p.state === 'placing') return [];
        if (p.state === 'placed') {
          const findings = p.region.findings.map((f) => ({ ...found(f, place), place }));
          return [...findings, { kind: 'note', severity: 'pass', key: 'light.placed', name, place }];
        }
        const severity = p.refusal.kind === 'region_grid_differs' ? 'warn' : 'fail';
        return [{ kind: 'refusal', severity, refusal: p.refusal, name, place }];
      });
      return placed.length > 0 && series
        ? [...placed, ...rulesOn(workspace, series.uid, ['region'])]
        : placed;
    }
    case 'features': {
      const measured = [...new Set(extraction.outcomes.map((o) => o.series))];
      const own = extraction.outcomes.flatMap(({ region, name, table, refusal }): Ground[] => {
        const place: Place = { stage, region };
        if (table) return table.findings.map((f) => found(f, place));
        return refusal ? [{ kind: 'refusal', severity: 'fail', refusal, name, place }] : [];
      });
      // Numbers are as good as the image and the region that they come from.
      return [...own, ...measured.flatMap((uid) => rulesOn(workspace, uid))];
    }
    case 'kinetics': {
      const { trouble, result, shapes } = kinetics;
      const uid = result?.series ?? shapes?.series;
      return [
        ...(trouble
          ? [{ kind: 'refusal', severity: 'fail', refusal: trouble, name: '', place: { stage } } as const]
          : []),
        ...(result?.findings.map((f) => found(f, { stage })) ?? []),
        ...(uid === undefined ? [] : rulesOn(workspace, uid)),
      ];
    }
    case 'repeatability': {
      const features = repeatability.report?.features ?? [];
      const robust = features.some((f) => f.verdict === 'robust');
      return (['not robust', 'borderline', 'na', 'robust'] as const).flatMap((verdict): Ground[] => {
        const those = features.filter((f) => f.verdict === verdict);
        if (those.length === 0) return [];
        const severity = {
          'not robust': robust ? 'warn' : 'fail',
          borderline: 'warn',
          na: 'na',
          robust: 'pass',
        } as const;
        const place: Place = { stage, feature: those[0]!.name };
        const facts = { n: those.length, all: features.length };
        return [{ kind: 'note', severity: severity[verdict], key: `light.repeat.${verdict}`, facts, place }];
      });
    }
    case 'report':
      return (reporting.made?.content.findings ?? []).map((f): Ground => ({
        kind: 'finding',
        severity: f.severity,
        finding: { id: f.id, text: { en: f.title, ru: f.title, zh: f.title }, facts: {} },
        place: { stage: 'acquire', find: `rule:${f.id}` },
      }));
    case 'self-test': {
      const { report, trouble } = selfTest;
      if (trouble)
        return [{ kind: 'refusal', severity: 'fail', refusal: trouble, name: '', place: { stage } }];
      if (!report) return [];
      const { passed, failed } = report;
      const severity = failed > 0 ? 'fail' : passed > 0 ? 'pass' : 'na';
      const facts = { passed, total: passed + failed };
      return [{ kind: 'note', severity, key: 'selfTest.passed', facts, place: { stage } }];
    }
  }
}
