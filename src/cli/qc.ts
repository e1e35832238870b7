import { writeFile } from 'node:fs/promises';
import { fill } from '../core/localised.ts';
import { RefusedInput } from '../core/refusal.ts';
import type { Engine, PlacedRegion, Study } from '../engine/api.ts';
import { createNodeEngine } from '../engine/node.ts';
import type { Assessment } from '../engine/quality/request.ts';
import type { Answers } from '../quality/rules/context.ts';
import type { RuleProfile } from '../quality/rules/profile.ts';
import type { RuleResult } from '../quality/rules/rule.ts';
import { BadArguments, readArguments } from './arguments.ts';
import { filesUnder, textOf } from './files.ts';
import { exitCodeOf, print, printedFinding, printedRefusals, say, SOME_REFUSED } from './output.ts';
import { concerns, printedProtocol, protocolTableOf, referenceIn, writeReference } from './protocol.ts';
import { refusedAloud } from './refused.ts';

/** Every rule on every series: what was measured, against which limit, from which source. JSON: docs/quality.md. */
export async function qcCommand(args: readonly string[]): Promise<number> {
  const { paths, flags, value, all } = readArguments(
    args,
    ['mask', 'profile', 'reference', 'answers', 'write-reference', 'series', 'name', 'table'],
    ['identified'],
  );
  if (paths.length === 0) throw new BadArguments('name at least one file or folder');
  const engine = createNodeEngine();
  const profile = await profileFrom(engine, value('profile'));
  if (profile === null) return SOME_REFUSED;
  const answers = await answersFrom(value('answers'));
  if (value('table') !== undefined && value('reference') === undefined)
    throw new BadArguments('--table needs --reference FILE.json or UID');
  const images = await filesUnder(paths);
  const masks = (await filesUnder(all('mask'))).map((f) => ({ ...f, use: 'mask' as const }));
  const opened = await engine.open(images);
  const study = masks.length > 0 ? await engine.open(masks, { into: opened }) : opened;
  const reference = await referenceIn(engine, study, value('reference'));
  if (reference === null) return SOME_REFUSED;
  const written = value('write-reference');
  if (written !== undefined)
    await writeReference(engine, study, { to: written, series: value('series'), name: value('name') });
  const table = reference === undefined ? null : await protocolTableOf(engine, study, reference);
  const tableFile = value('table');
  if (table && tableFile !== undefined) {
    const csv = await engine.referenceProtocol.csv(table, { named: flags.has('identified') });
    await writeFile(tableFile, csv);
  }
  const series = [];
  for (const { uid, modality, description } of study.series) {
    const placed = await placedOn(engine, study, uid);
    const assessment = await engine.assess({
      study,
      series: uid,
      masks: placed.map((p) => p.mask),
      regionFacts: {
        placing: placed.map((p) => ({
          region: p.mask.name,
          method: p.placement,
          findings: p.findings,
        })),
      },
      answers,
      ...(profile && { profile }),
      ...(reference !== undefined && concerns(reference, uid, modality) && { reference }),
    });
    const protocol = table?.rows.find((r) => r.series === uid);
    series.push({
      uid,
      modality,
      description,
      ...printedAssessment(assessment, placed),
      ...(table && protocol && { protocol: printedProtocol(table, protocol) }),
    });
  }
  const findings = study.findings.filter((f) => !study.series.some((s) => s.uid === f.subject));
  if (flags.has('json')) {
    print({
      profile: profile?.name ?? 'built-in',
      ...(table && { reference: table.reference }),
      series,
      findings: findings.map(printedFinding),
      refused: printedRefusals(engine, study),
    });
  } else {
    for (const s of series) {
      say(`${s.verdict}  ${s.modality}  ${s.description}  ${s.uid}`);
      for (const r of s.rules)
        if (r.severity !== 'pass' && r.severity !== 'na')
          for (const c of r.checks)
            if (c.severity === r.severity)
              say(`  ${r.severity}  ${r.id}  ${c.label}: ${shown(c)}  [${r.mark}: ${r.source}]`);
      for (const c of s.protocol?.settings ?? [])
        if (c.outcome !== 'pass')
          say(`  ${c.outcome}  protocol  ${c.label}: ${c.value}, reference ${c.reference}`);
      for (const f of s.reading) say(`  ${f.severity}  ${f.id}  ${f.message}`);
      say(
        `  not assessable: ${s.rules.flatMap((r) => (r.severity === 'na' ? [r.id] : [])).join(' ') || 'none'}`,
      );
    }
    for (const f of findings.map(printedFinding)) say(`${f.severity}  ${f.id}  ${f.message}`);
  }
  return exitCodeOf(engine, study);
}

/** Regions that lie on the grid of the series, or are contours in its frame of reference. */
async function placedOn(engine: Engine, study: Study, uid: string): Promise<PlacedRegion[]> {
  const series = study.series.find((s) => s.uid === uid)!;
  const placed: PlacedRegion[] = [];
  for (const region of study.regions) {
    const { referencedSeries, frameOfReference } = region;
    const elsewhere =
      (referencedSeries !== undefined &&
        study.series.some((s) => s.uid === referencedSeries) &&
        referencedSeries !== uid) ||
      (frameOfReference !== '' &&
        series.frameOfReference !== '' &&
        frameOfReference !== series.frameOfReference);
    if (elsewhere) continue;
    try {
      placed.push(await engine.placeRegion(study, region.id, uid));
    } catch (error) {
      if (!(error instanceof RefusedInput)) throw error;
      const { sentence } = engine.explain(error.toRefusal(region.name));
      say(`${region.name}: ${sentence.en}`);
    }
  }
  return placed;
}

function printedAssessment(
  { results, reading, verdict, milliseconds }: Assessment,
  placed: readonly PlacedRegion[],
) {
  return {
    verdict,
    milliseconds,
    regions: placed.map((p) => p.mask.name),
    rules: results.map(printedResult),
    reading: reading.map(printedFinding),
  };
}

function printedResult(r: RuleResult) {
  return {
    id: r.id,
    severity: r.severity,
    title: r.title.en,
    message: fill(r.text.en, r.facts),
    ...(r.remedy && { remedy: fill(r.remedy.en, r.facts) }),
    tags: r.tags ?? [],
    source: r.source,
    mark: r.mark,
    checks: r.checks.map((c) => ({
      quantity: c.check.quantity,
      label: c.check.label.en,
      severity: c.severity,
      measured: 'na' in c.measured ? null : finite(c.measured.value),
      ...('na' in c.measured
        ? { missing: c.measured.na }
        : c.measured.detail && { detail: c.measured.detail }),
      raise: c.check.raise,
      threshold: c.limit ?? null,
      limits: c.check.limits,
      unit: c.check.unit,
    })),
  };
}

/** JSON has no infinity. */
const finite = (v: number): number | string => (Number.isFinite(v) ? v : String(v));

function shown(c: ReturnType<typeof printedResult>['checks'][number]): string {
  if (c.measured === null) return 'not assessable';
  const value = typeof c.measured === 'number' ? Number(c.measured.toPrecision(4)) : c.measured;
  const limit = c.threshold === null ? '' : `, ${c.raise} ${JSON.stringify(c.threshold)}`;
  return `${value} ${c.unit}${limit}${'detail' in c && c.detail ? ` (${c.detail})` : ''}`;
}

/** A rule profile from a file; undefined without one, null when it was refused, which is said on stderr. */
export async function profileFrom(
  engine: Engine,
  file: string | undefined,
): Promise<RuleProfile | undefined | null> {
  if (file === undefined) return undefined;
  return refusedAloud(engine, file, async () => engine.ruleProfile.fromJson(await textOf(file)));
}

async function answersFrom(file: string | undefined): Promise<Answers> {
  if (file === undefined) return {};
  let given: unknown;
  try {
    given = JSON.parse(await textOf(file));
  } catch (error) {
    if (error instanceof BadArguments) throw error;
    throw new BadArguments(`${file} is no JSON`);
  }
  const good =
    typeof given === 'object' &&
    given !== null &&
    !Array.isArray(given) &&
    Object.values(given).every((v) => typeof v === 'number' || typeof v === 'string');
  if (!good) throw new BadArguments(`${file} holds no answers: {"glucose_mmol_per_L": 5.4, …}`);
  return given as Answers;
}
