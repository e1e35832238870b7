import type { Finding, Severity } from '../../core/finding.ts';
import type { Language, Localised } from '../../core/localised.ts';
import type { RegionSource } from '../../core/region.ts';
import type { Series } from '../../core/series.ts';
import { gateOf, verdictText, type Override, type Verdict } from '../../quality/gate.ts';
import { worstOf } from '../../quality/rules/judge.ts';
import type { Headers } from '../../quality/rules/headers.ts';
import type { RuleResult } from '../../quality/rules/rule.ts';
import type { AbsenceReason } from '../../radiomics/family.ts';
import { ABSENCE_TEXTS } from '../../radiomics/reasons.ts';
import type { ExtractionSettings } from '../../radiomics/settings.ts';
import { rungOf, technicalVerdict, type BiomarkerCard } from '../checklists/biomarker-card.ts';
import { CLEAR_ITEMS } from '../checklists/clear.ts';
import { IBSI_ITEMS } from '../checklists/ibsi-items.ts';
import { settled, type Answers, type ChecklistItem } from '../checklists/item.ts';
import { proven } from '../checklists/proof.ts';
import { METRICS_ITEMS, metricsScore, type MetricsConditions } from '../checklists/metrics.ts';
import { reportedChecklist, type GivenAnswers } from './checklist.ts';
import type {
  Line,
  ReportContent,
  ReportedAnswer,
  ReportedFinding,
  ReportedPicture,
  ReportedRegion,
} from './content.ts';
import { ibsiFacts } from './ibsi-facts.ts';
import { methodsParagraph } from './methods.ts';
import { CONTENT_TEXTS as T } from './texts.ts';
import { reportedKinetics, type FittedKinetics } from './kinetics.ts';
import { figure, type Words } from './words.ts';

/** A feature table, as far as a report needs it. */
export interface ReportTable {
  readonly region: RegionSource;
  readonly name: string;
  readonly voxels: number;
  readonly settings: ExtractionSettings;
  readonly imageHash: string;
  readonly maskHash: string;
  readonly backend: string;
  readonly features: readonly {
    readonly tag: string;
    readonly ibsi: string;
    readonly family: string;
    readonly name: string;
    readonly aggregation: string;
    readonly value: number | null;
    readonly unit: string;
    readonly reason?: AbsenceReason;
  }[];
  readonly findings: readonly Finding[];
  /** What the rules said of the numbers of this region, and why a person uses them all the same. */
  readonly verdict: Verdict;
  readonly settingsHash: string;
}

export interface ReportSource {
  readonly language: Language;
  readonly identified: boolean;
  readonly words: Words;
  readonly software: ReportContent['software'];
  readonly hashes: ReportContent['hashes'];
  /** Who and what, empty unless the report is identified. */
  readonly study: readonly Line[];
  readonly series: Series;
  readonly headers: Headers;
  /** The series of the kinetic fit, with its headers, when it is another one. */
  readonly dynamic: { readonly series: Series; readonly headers: Headers } | null;
  readonly results: readonly RuleResult[];
  /** What reading said beyond the rules. */
  readonly reading: readonly Finding[];
  /** What the rules said of the numbers of the fit. */
  readonly kineticVerdict: Verdict;
  readonly kineticSettingsHash: string;
  /** What a person answered about the series; null when nobody was asked. */
  readonly checklist: GivenAnswers | null;
  readonly tables: readonly ReportTable[];
  readonly kinetics: FittedKinetics | null;
  readonly pictures: readonly ReportedPicture[];
  readonly entered: Readonly<Record<number, string>>;
  readonly metrics: { readonly answers: Answers; readonly conditions: MetricsConditions } | null;
  readonly clear: Answers | null;
  readonly biomarkers: readonly BiomarkerCard[];
  readonly selfTest: ReportContent['selfTest'];
}

/** Puts the report together. Every text that a file or a person wrote passes {@link Words} on its way. */
export function buildReport(source: ReportSource): ReportContent {
  const { language, words, series, tables } = source;
  const say = (text: Localised): string => text[language];
  const name = seriesName(source, series, 1);
  const { dynamic } = source;
  const dynamicName = dynamic ? seriesName(source, dynamic.series, 2) : name;
  const all = [...source.results, ...source.reading, ...tables.flatMap((t) => t.findings)];
  const findings = all.map((f) => reported(f, source, name));
  const closed = (t: ReportTable): boolean =>
    gateOf(t.verdict) === 'closed' || (!t.verdict.override && t.findings.some((f) => f.severity === 'block'));
  const settings = tables[0]?.settings ?? null;
  const ibsi = {
    language,
    words,
    series,
    headers: source.headers,
    settings,
    regions: tables.map((t) => t.region),
    regionNames: tables.map((t, at) => regionName(t.name, at, source)),
    features: tables[0]?.features ?? [],
    software: source.software,
    selfTest: source.selfTest,
    kinetics: source.kinetics && {
      model: source.kinetics.model,
      series: dynamicName,
      own: dynamic === null,
      phases: source.kinetics.seconds.length,
      seconds: [source.kinetics.seconds[0] ?? 0, source.kinetics.seconds.at(-1) ?? 0] as const,
      motionCorrected: source.kinetics.motionCorrected,
    },
  };
  const kinetics = source.kinetics && reportedKinetics(source.kinetics, dynamicName, source);
  const facts = ibsiFacts(ibsi);
  const shownRegions = tables.flatMap((t, at) =>
    t.features.length > 0 && !closed(t) ? [ibsi.regionNames[at]!] : [],
  );
  const proofs = {
    series: [name, dynamicName],
    regions: shownRegions.join(', '),
    settings: source.hashes.settings,
    selfTest:
      source.selfTest && source.selfTest.failed === 0 && source.selfTest.passed > 0
        ? source.software.kernels
        : null,
  };
  const metrics = source.metrics && proven(source.metrics.answers, proofs);
  const clear = source.clear && proven(source.clear, proofs);
  return {
    kind: 'kinetex report',
    version: 1,
    language,
    identified: source.identified,
    software: source.software,
    hashes: source.hashes,
    verdict: worstOf(findings.map((f): Severity => f.severity)),
    study: source.study.map((l) => ({ label: l.label, value: words.shown(l.value) })),
    series: [
      { name, facts: seriesFacts(source, say) },
      ...(dynamic ? [{ name: dynamicName, facts: seriesFacts({ ...source, ...dynamic }, say) }] : []),
    ],
    findings,
    checklist:
      source.checklist &&
      reportedChecklist(
        source.checklist,
        { modality: series.modality, results: source.results },
        { language, words },
      ),
    settings: settings ? settingsLines(settings) : [],
    regions: tables.map((t, at): ReportedRegion => ({
      region: regionName(t.name, at, source),
      series: name,
      voxels: t.voxels,
      imageHash: t.imageHash,
      maskHash: t.maskHash,
      backend: t.backend,
      settingsHash: t.settingsHash,
      qcHash: t.verdict.qcHash,
      verdict: words.shown(verdictText(t.verdict)),
      withheld: closed(t),
      features: closed(t)
        ? []
        : t.features.map(({ reason, tag, ibsi: code, family, name: of, aggregation, value, unit }) => ({
            tag,
            ibsi: code,
            family,
            name: of,
            aggregation,
            value,
            unit,
            reason: reason ? say(ABSENCE_TEXTS[reason]) : '',
          })),
    })),
    kinetics: gateOf(source.kineticVerdict) === 'closed' ? null : kinetics,
    pictures: source.pictures,
    ibsi: IBSI_ITEMS.map(({ number, title }) => {
      const entered = source.entered[number]?.trim();
      const known = facts.get(number);
      // The person's word stands beside what the program knows, never in its place.
      const value = [known?.value, entered && words.shown(entered)].filter(Boolean).join(' — ');
      return { number, title: say(title), state: known?.state ?? (entered ? 'entered' : 'missing'), value };
    }),
    metrics: metrics && {
      score: metricsScore(metrics, source.metrics!.conditions),
      items: METRICS_ITEMS.map((it) => answered(it, metrics, source)),
    },
    clear: clear && CLEAR_ITEMS.map((it) => answered(it, clear, source)),
    biomarkers: source.biomarkers.map((card) => ({
      ...card,
      technicallyValid: technicalVerdict(card),
      rung: rungOf(card),
    })),
    methods: methodsParagraph({
      ...ibsi,
      settingsHash: source.hashes.settings,
      kineticInput: kinetics?.input ?? '',
    }),
    selfTest: source.selfTest,
  };
}

/** Descriptions of series are free text and stay behind with the identity. */
export function seriesName(
  { identified, words, language }: Pick<ReportSource, 'identified' | 'words' | 'language'>,
  series: Series,
  number: number,
): string {
  const plain = `${T.series[language]} ${number}`;
  if (!identified) return plain;
  return words.released(series.description) || plain;
}

export const regionName = (
  name: string,
  at: number,
  { words, language }: Pick<ReportSource, 'words' | 'language'>,
): string => words.name(name) ?? `${T.region[language]} ${at + 1}`;

function reported(f: RuleResult | Finding, source: ReportSource, series: string): ReportedFinding {
  const { language, words } = source;
  const checks = 'checks' in f ? f.checks : [];
  const at = source.tables.findIndex((t) => t.name === f.subject);
  const hard = f.severity === 'block' || f.severity === 'fail';
  const said = hard ? overrideOf(source, at) : undefined;
  const override = said && `${said.reason} (${said.role})`;
  return {
    id: f.id,
    severity: f.severity,
    title: 'title' in f ? f.title[language] : '',
    subject: at >= 0 ? regionName(f.subject, at, source) : series,
    text: words.filled(f.text[language], f.facts),
    remedy: f.remedy ? words.filled(f.remedy[language], f.facts) : '',
    measured: checks.flatMap(({ check, measured, limit }) =>
      'na' in measured
        ? []
        : [
            {
              label: check.label[language],
              value: measured.value,
              unit: check.unit,
              limit:
                limit === undefined
                  ? ''
                  : typeof limit === 'number'
                    ? figure(limit)
                    : limit.map(figure).join(' … '),
            },
          ],
    ),
    ...(override && { override: words.shown(override) }),
  };
}

/** Why the numbers of the region at a place among the tables, or any numbers of the series, are used all the same. */
const overrideOf = ({ tables, kinetics, kineticVerdict }: ReportSource, at: number): Override | undefined =>
  tables[at]?.verdict.override ??
  tables.find((t) => t.verdict.override)?.verdict.override ??
  (kinetics ? kineticVerdict.override : undefined);

function answered(it: ChecklistItem, answers: Answers, { language, words }: ReportSource): ReportedAnswer {
  const given = answers[it.number];
  const evidence = given?.evidence;
  return {
    number: it.number,
    title: it.title[language],
    answer: settled(given),
    ...(evidence && {
      evidence: {
        ...evidence,
        reference: words.machine(evidence.reference),
        // What was read or computed here was released when it was; it names the program, which is no person.
        text: evidence.kind === 'entered' ? words.shown(evidence.text) : words.machine(evidence.text),
      },
    }),
  };
}

function seriesFacts({ series, headers, words }: ReportSource, say: (text: Localised) => string): Line[] {
  const [nx, ny, nz, phases] = series.size;
  const lines: [Localised, string | undefined][] = [
    [T.modality, words.shown(series.modality)],
    [
      T.scanner,
      [headers.text('00080070'), headers.text('00081090')]
        .filter((s) => s !== undefined)
        .map((s) => words.machine(s))
        .join(' '),
    ],
    [T.size, `${nx} × ${ny} × ${nz}${phases > 1 ? ` × ${phases}` : ''}`],
    [T.spacing, series.spacing && `${series.spacing.map(figure).join(' × ')} mm`],
    [T.unit, series.unit === 'arbitrary' ? say(T.arbitrary) : series.unit],
    [
      T.times,
      series.times && phases > 1
        ? `${figure(series.times[0]!)} – ${figure(series.times.at(-1)!)} s`
        : undefined,
    ],
    [T.bValues, series.bValues && `${series.bValues.map(figure).join(', ')} s/mm²`],
    [T.format, series.format],
    [T.files, String(series.files.length)],
  ];
  const tags: [Localised, string, string][] = [
    [T.agent, '00180010', ''],
    [T.voltage, '00180060', 'kV'],
    [T.current, '00181151', 'mA'],
    [T.kernel, '00181210', ''],
    [T.thickness, '00180050', 'mm'],
    [T.sequence, '00180020', ''],
    [T.repetition, '00180080', 'ms'],
    [T.echo, '00180081', 'ms'],
    [T.inversion, '00180082', 'ms'],
    [T.flip, '00181314', '°'],
    [T.field, '00180087', 'T'],
  ];
  return [
    ...lines.flatMap(([label, value]) => (value ? [{ label: say(label), value }] : [])),
    ...tags.flatMap(([label, tag, unit]) => {
      const values = headers.distinct(tag).slice(0, 4);
      if (values.length === 0) return [];
      return [{ label: say(label), value: `${values.map((v) => words.shown(v)).join(', ')} ${unit}`.trim() }];
    }),
  ];
}

/** Settings in the words of the settings files, a line each; without what the profile does not read. */
function settingsLines(settings: ExtractionSettings): Line[] {
  const lines: Line[] = [];
  const walk = (path: string, value: unknown): void => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [key, inner] of Object.entries(value)) walk(path ? `${path}.${key}` : key, inner);
    } else if (value !== null) {
      const shown = Array.isArray(value)
        ? value.map((v: unknown) => String(v ?? '—')).join(', ')
        : String(value);
      lines.push({ label: path, value: shown });
    }
  };
  const { pyradiomics, ivh, discretisation, ...rest } = settings;
  // Numbers that the chosen method does not read would only mislead.
  const read = <S extends { readonly method: string; readonly bins: number; readonly width: number }>(
    s: S,
  ) => ({
    method: s.method,
    ...(s.method === 'FBN' && { bins: s.bins }),
    ...(s.method === 'FBS' && { width: s.width }),
  });
  const common = { ...rest, discretisation: read(discretisation), ivh: read(ivh) };
  walk('', settings.profile === 'pyradiomics' ? { ...common, pyradiomics } : common);
  return lines;
}
