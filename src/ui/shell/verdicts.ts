import type { Severity } from '../../core/finding.ts';
import { worst } from '../controls/severity.ts';
import type { Stage, Workspace } from '../state/workspace.svelte.ts';

/** The light of a stage: the worst that it has found, null before it has anything to judge. */
export function stageVerdict(
  stage: Stage,
  { session, equipment, extraction, kinetics, quality, repeatability, reporting, selfTest }: Workspace,
): Severity | null {
  switch (stage) {
    case 'equipment':
      return equipment.severity;
    case 'acquire': {
      const { study, series } = session;
      if (!study) return null;
      const own = (series && quality.severities(series.uid)) ?? series?.findings.map((f) => f.severity);
      const found = [...study.findings.map((f) => f.severity), ...(own ?? [])];
      if (study.refused.length > 0) found.push('warn');
      return worst(found) ?? (series ? 'pass' : null);
    }
    case 'regions': {
      const placements = [...session.placements.values()];
      const found = placements.flatMap((p): Severity[] => {
        if (p.state === 'placing') return [];
        if (p.state === 'refused') return [p.refusal.kind === 'region_grid_differs' ? 'warn' : 'fail'];
        return p.region.findings.map((f) => f.severity);
      });
      return worst(found) ?? (placements.some((p) => p.state === 'placed') ? 'pass' : null);
    }
    case 'features': {
      if (extraction.outcomes.length === 0) return null;
      const found = extraction.outcomes.flatMap((o): Severity[] =>
        o.table ? o.table.findings.map((f) => f.severity) : ['fail'],
      );
      return worst(found) ?? 'pass';
    }
    case 'kinetics': {
      if (kinetics.trouble) return 'fail';
      if (!kinetics.result) return null;
      return worst(kinetics.result.findings.map((f) => f.severity)) ?? 'pass';
    }
    case 'repeatability': {
      const { report } = repeatability;
      if (!report) return null;
      const robust = report.features.filter((f) => f.verdict === 'robust').length;
      return robust === report.features.length ? 'pass' : robust > 0 ? 'warn' : 'na';
    }
    case 'report':
      return reporting.made?.content.verdict ?? null;
    case 'self-test':
      return selfTest.report ? (selfTest.report.failed === 0 ? 'pass' : 'fail') : null;
  }
}
