import { textOf, type Attributes } from '../../core/dicom.ts';
import type { Language } from '../../core/localised.ts';
import type { RegionSource } from '../../core/region.ts';
import type { Series } from '../../core/series.ts';
import { MODELS } from '../../kinetics/models/registry.ts';
import { headerColumns, type HeaderColumns } from '../../quality/rules/headers.ts';
import { HEADER_TAGS } from '../../quality/rules/registry.ts';
import { USUAL_CONDITIONS } from '../../report/checklists/metrics.ts';
import type { ReportTable } from '../../report/content/build.ts';
import type { Line } from '../../report/content/content.ts';
import { REPORT_TAGS } from '../../report/content/headers-of-report.ts';
import type { FittedKinetics } from '../../report/content/kinetics.ts';
import { CONTENT_TEXTS } from '../../report/content/texts.ts';
import type { PictureCut } from '../../report/content/write-report.ts';
import { cutSlices, tellingSlices, windowOf } from '../../report/pictures/slice-cut.ts';
import type { Engine } from '../api.ts';
import type { KineticResult } from '../kinetics/request.ts';
import type { JobRunner } from '../pool/runner.ts';
import { gateOf } from '../../quality/gate.ts';
import { assess } from '../quality/assess.ts';
import { verdictOn } from '../quality/verdict.ts';
import { kineticSettingsHash, settingsHashOf } from '../settings-hash.ts';
import { sessionOf } from '../study/session.ts';
import type { Study } from '../study/study.ts';
import { toldIn } from '../study/told.ts';
import { seriesOf, volumeOf } from '../study/volume.ts';
import { VERSION } from '../version.ts';
import { KERNELS_HASH } from '../wasm/kernels-hash.generated.ts';
import type { Report, ReportOptions, ReportRequest } from './request.ts';

interface Place {
  readonly runner: JobRunner;
  readonly placeRegion: Engine['placeRegion'];
}

/** Regions and maps that are shown in pictures. */
const MOST_REGIONS = 4;
const MOST_MAPS = 3;
/** What tells an identified report whose it is. */
const IDENTITY = [
  ['patientName', '00100010'],
  ['patientId', '00100020'],
  ['birthDate', '00100030'],
  ['studyDate', '00080020'],
  ['studyDescription', '00081030'],
] as const;

/** Gathers what a report needs of a study, and has it written by a job. */
export async function makeReport(
  { runner, placeRegion }: Place,
  request: ReportRequest,
  { language = 'en', identified = false, signal, onProgress }: ReportOptions,
): Promise<Report> {
  const call = signal ? { signal } : {};
  const { study } = request;
  const series = seriesOf(study, request.series);
  const { instances } = sessionOf(study);
  const first = headersOfFirst(study, series, instances);
  const asked = (request.tables ?? []).map(({ region, table, verdict }) => {
    const source = typeof region === 'string' ? study.regions.find((r) => r.id === region) : region;
    if (!source) throw new RangeError('no such region in this study');
    return { source, table, verdict };
  });
  const placed = [];
  for (const { source } of asked)
    placed.push(await placeRegion(study, source.id, series.uid, { ...call, resample: true }));
  onProgress?.(0.1);
  const assessment =
    request.assessment ??
    (await assess(
      runner,
      {
        study,
        series: series.uid,
        masks: placed.map((p) => p.mask),
        regionFacts: {
          placing: placed.map((p) => ({ region: p.mask.name, method: p.placement, findings: p.findings })),
          ...(asked.length > 0 && { extractions: asked.map((t) => t.table) }),
        },
        ...(request.checklist && { answers: request.checklist.answers }),
      },
      { ...call, onProgress: (share) => onProgress?.(0.1 + 0.6 * share) },
    ));
  const tables = asked.map(({ source, table, verdict }, at): ReportTable => ({
    region: source,
    name: table.mask.name,
    voxels: table.mask.voxels,
    settings: table.settings,
    imageHash: table.image.hash,
    maskHash: table.mask.hash,
    backend: table.backend,
    features: table.features,
    findings: table.findings,
    verdict: verdict ?? verdictOn(assessment, request.assessment ? null : at, request.override),
    settingsHash: settingsHashOf(table.settings),
  }));
  const kinetics = request.kinetics ?? null;
  const dynamic = kinetics && kinetics.series !== series.uid ? seriesOf(study, kinetics.series) : null;
  const kineticVerdict = request.kineticVerdict ?? verdictOn(assessment, null, request.override);
  const cuts: PictureCut[] = [];
  if (request.pictures !== false && series.samples === 1 && placed.length > 0) {
    const phase = request.tables?.[0]?.table.image.phase ?? 0;
    const volume = await volumeOf(runner, study, series.uid, phase, call);
    const range = series.window
      ? ([series.window[0] - series.window[1] / 2, series.window[0] + series.window[1] / 2] as const)
      : windowOf(volume);
    const unit = volume.unit === 'arbitrary' ? '' : volume.unit;
    placed.slice(0, MOST_REGIONS).forEach(({ mask }, table) => {
      for (const cut of cutSlices(volume, mask, tellingSlices(mask), range))
        cuts.push({ cut, shows: { table }, unit });
    });
  }
  onProgress?.(0.8);
  // A picture of a map is numbers too.
  if (kinetics && request.pictures !== false && gateOf(kineticVerdict) !== 'closed')
    cuts.push(...(await mapCuts(kinetics)));
  const settings = tables[0]?.settings;
  const { results, reading } = assessment;
  const withHeaders = (of: Series) => ({ series: of, headers: columnsOf(study, of, instances) });
  const made = await runner.run(
    'write-report',
    {
      language,
      identified,
      told: identified ? [] : toldIn(study),
      software: { name: 'Kinetex', version: VERSION, kernels: KERNELS_HASH },
      hashes: {
        settings: settings ? settingsHashOf(settings) : '',
        quality: assessment.whole.qcHash,
      },
      study: identified ? identityOf(first, language) : [],
      series: withHeaders(series),
      dynamic: dynamic && withHeaders(dynamic),
      results,
      reading,
      checklist: request.checklist ?? null,
      kineticVerdict,
      kineticSettingsHash: kinetics ? kineticSettingsHash(kinetics) : '',
      // Of a region, the report tells how it was drawn, not its points and voxels.
      tables: tables.map((t) => ({ ...t, region: withoutPoints(t.region) })),
      kinetics: kinetics && fitted(kinetics, language),
      cuts,
      entered: request.entered ?? {},
      metrics:
        request.metrics === undefined ? { answers: {}, conditions: USUAL_CONDITIONS } : request.metrics,
      clear: request.clear ?? null,
      biomarkers: request.biomarkers ?? [],
      selfTest: request.selfTest
        ? {
            passed: request.selfTest.passed,
            failed: request.selfTest.failed,
            backends: request.selfTest.backends.filter((b) => b.present).map((b) => b.name),
          }
        : null,
    },
    call,
  );
  onProgress?.(1);
  return made;

  /** Maps over the first frame, on the slice with most of the fitted voxels. */
  async function mapCuts(result: NonNullable<ReportRequest['kinetics']>): Promise<PictureCut[]> {
    const base = await volumeOf(runner, study, result.series, 0, call);
    const data = new Uint8Array(base.data.length);
    for (const at of result.voxels) data[at] = 1;
    const mask = { grid: base.grid, data, name: '', colour: [0, 0, 0] as const };
    const slices = tellingSlices(mask, 1);
    const range = windowOf(base);
    return result.maps.slice(0, MOST_MAPS).flatMap(({ id, volume, range: shown, name, unit }) =>
      cutSlices(base, mask, slices, range, { data: volume.data, range: shown }).map((cut) => ({
        cut,
        shows: { map: { id, name } },
        unit,
      })),
    );
  }
}

/** A fit with the values of its maps where it was fitted: the whole maps would only cross to the worker in vain. */
function fitted(result: KineticResult, language: Language): FittedKinetics {
  const { settings, regionName, seconds, counts, complete, voxels, mean, motion, input } = result;
  return {
    model: modelName(result.model, language),
    settings,
    regionName,
    seconds: [...seconds],
    motionCorrected: motion !== undefined,
    input: input.origin,
    counts,
    mean: mean && { parameters: mean.fit.parameters, errors: mean.fit.errors, r2: mean.fit.r2 },
    maps: result.maps.map(({ id, name, unit, volume }) => ({
      id,
      name,
      unit,
      values: Float32Array.from(voxels, (at) => volume.data[at]!),
    })),
    complete,
  };
}

const withoutPoints = (region: RegionSource): RegionSource => ({
  ...region,
  shape:
    region.shape.kind === 'contours'
      ? { kind: 'contours', contours: [] }
      : { ...region.shape, data: new Uint8Array(0) },
});

type Instances = ReturnType<typeof sessionOf>['instances'];

/** The series itself, or the one of the study that it was computed from. */
const originOf = (study: Study, series: Series): Series =>
  series.planes.length > 0
    ? series
    : (study.series.find((s) => s.planes.length > 0 && series.uid.startsWith(`${s.uid}/`)) ?? series);

function columnsOf(study: Study, series: Series, instances: Instances): HeaderColumns {
  const tags = [...new Set([...HEADER_TAGS, ...REPORT_TAGS])];
  return headerColumns(originOf(study, series), (file) => instances.get(file), tags);
}

/** Attributes of the first file of the series, or of that which it was computed from; empty when it is no DICOM. */
function headersOfFirst(study: Study, series: Series, instances: Instances): Attributes {
  const files = originOf(study, series).files;
  return files.map((f) => instances.get(f)).find((i) => i !== undefined)?.attributes ?? {};
}

const identityOf = (a: Attributes, language: Language): Line[] =>
  IDENTITY.flatMap(([label, tag]) => {
    const value = textOf(a, tag);
    return value ? [{ label: CONTENT_TEXTS[label][language], value }] : [];
  });

const modelName = (id: string, language: Language): string =>
  MODELS.find((m) => m.id === id)?.name[language] ?? id;
