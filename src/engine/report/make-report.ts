import { textOf, type Attributes } from '../../core/dicom.ts';
import { fill, type Language } from '../../core/localised.ts';
import type { Volume } from '../../core/volume.ts';
import { released } from '../../formats/dicom/write/released.ts';
import { MODELS } from '../../kinetics/models/registry.ts';
import { Headers, headerColumns } from '../../quality/rules/headers.ts';
import { HEADER_TAGS } from '../../quality/rules/registry.ts';
import { USUAL_CONDITIONS } from '../../report/checklists/metrics.ts';
import { buildReport, regionName, type ReportTable } from '../../report/content/build.ts';
import type { Line, ReportedPicture } from '../../report/content/content.ts';
import { REPORT_TAGS } from '../../report/content/headers-of-report.ts';
import { reportedKinetics } from '../../report/content/kinetics.ts';
import { CONTENT_TEXTS } from '../../report/content/texts.ts';
import { measured, Words } from '../../report/content/words.ts';
import { reportHtml } from '../../report/html/report-html.ts';
import { pictureFile } from '../../report/pictures/picture-file.ts';
import { slicePicture, tellingSlices, windowOf } from '../../report/pictures/slice-picture.ts';
import type { Engine } from '../api.ts';
import { sha256 } from '../hash.ts';
import type { JobRunner } from '../pool/runner.ts';
import { assess } from '../quality/assess.ts';
import { sessionOf } from '../study/session.ts';
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

/** Gathers what a report needs of a study and writes it. */
export async function makeReport(
  { runner, placeRegion }: Place,
  request: ReportRequest,
  { language = 'en', identified = false, signal, onProgress }: ReportOptions,
): Promise<Report> {
  const call = signal ? { signal } : {};
  const { study } = request;
  const series = seriesOf(study, request.series);
  const { instances } = sessionOf(study);
  const first = headersOfFirst(request, series.files, instances);
  const words = wordsFor(study, instances, first, identified);
  const tags = [...new Set([...HEADER_TAGS, ...REPORT_TAGS])];
  const headers = new Headers(headerColumns(series, (file) => instances.get(file), tags));
  const tables = (request.tables ?? []).map(({ region, table }): ReportTable => {
    const source = typeof region === 'string' ? study.regions.find((r) => r.id === region) : region;
    if (!source) throw new RangeError('no such region in this study');
    return {
      region: source,
      name: table.mask.name,
      voxels: table.mask.voxels,
      settings: table.settings,
      imageHash: table.image.hash,
      maskHash: table.mask.hash,
      backend: table.backend,
      features: table.features,
      findings: table.findings,
    };
  });
  const placed = [];
  for (const { region } of tables.slice(0, MOST_REGIONS))
    placed.push(await placeRegion(study, region.id, series.uid, { ...call, resample: true }));
  onProgress?.(0.1);
  const assessment =
    request.assessment ??
    (await assess(
      runner,
      { study, series: series.uid, masks: placed.map((p) => p.mask) },
      { ...call, onProgress: (share) => onProgress?.(0.1 + 0.6 * share) },
    ));
  const pictures: ReportedPicture[] = [];
  if (request.pictures !== false && series.samples === 1 && placed.length > 0) {
    const volume = await volumeOf(
      runner,
      study,
      series.uid,
      request.tables?.[0]?.table.image.phase ?? 0,
      call,
    );
    placed.forEach(({ mask }, at) => {
      const name = regionName(tables[at]!.name, at, { words, language });
      pictures.push(...regionPictures(volume, mask, name, series.window, language));
    });
  }
  onProgress?.(0.8);
  const kinetics = request.kinetics ?? null;
  if (kinetics && request.pictures !== false) pictures.push(...(await mapPictures(kinetics)));
  const settings = tables[0]?.settings;
  const { results, reading } = assessment;
  const content = buildReport({
    language,
    identified,
    words,
    software: { name: 'Kinetex', version: VERSION, kernels: KERNELS_HASH },
    hashes: {
      settings: settings ? await sha256(JSON.stringify(settings)) : '',
      quality: await sha256(JSON.stringify(results.map((r) => [r.id, r.severity]))),
    },
    study: identified ? identityOf(first, language) : [],
    series,
    headers,
    results,
    reading,
    overrides: request.overrides ?? {},
    tables,
    kinetics:
      kinetics && reportedKinetics(kinetics, modelName(kinetics.model, language), { words, language }),
    motionCorrected: kinetics?.motion !== undefined,
    pictures,
    entered: request.entered ?? {},
    metrics: request.metrics === undefined ? { answers: {}, conditions: USUAL_CONDITIONS } : request.metrics,
    clear: request.clear ?? null,
    biomarkers: request.biomarkers ?? [],
    selfTest: request.selfTest
      ? {
          passed: request.selfTest.passed,
          failed: request.selfTest.failed,
          backends: request.selfTest.backends.filter((b) => b.present).map((b) => b.name),
        }
      : null,
  });
  onProgress?.(1);
  return { html: reportHtml(content), json: JSON.stringify(content, null, 2), content };

  /** Maps over the first frame, on the slice with most of the fitted voxels. */
  async function mapPictures(result: NonNullable<ReportRequest['kinetics']>): Promise<ReportedPicture[]> {
    const base = await volumeOf(runner, study, result.series, 0, call);
    const data = new Uint8Array(base.data.length);
    for (const at of result.voxels) data[at] = 1;
    const mask = { grid: base.grid, data, name: '', colour: [0, 0, 0] as const };
    const [slice] = tellingSlices(mask, 1);
    if (slice === undefined) return [];
    return result.maps.slice(0, MOST_MAPS).map((map): ReportedPicture => {
      const made = slicePicture(base, mask, slice, {
        range: windowOf(base),
        map: { data: map.volume.data, range: map.range },
      });
      const [low, high] = map.range.map(measured);
      const facts = {
        name: map.name[language],
        slice: made.slice,
        slices: made.slices,
        low: low!,
        high: high!,
        unit: map.unit,
      };
      return pictureFile(made, fill(CONTENT_TEXTS.map[language], facts).trim());
    });
  }
}

function regionPictures(
  volume: Volume,
  mask: Parameters<typeof slicePicture>[1],
  name: string,
  window: readonly [number, number] | undefined,
  language: Language,
): ReportedPicture[] {
  const range = window ? ([window[0] - window[1] / 2, window[0] + window[1] / 2] as const) : windowOf(volume);
  return tellingSlices(mask).map((slice) => {
    const made = slicePicture(volume, mask, slice, { range });
    const [low, high] = range.map(measured);
    const unit = volume.unit === 'arbitrary' ? '' : volume.unit;
    const facts = { region: name, slice: made.slice, slices: made.slices, low: low!, high: high!, unit };
    return pictureFile(made, fill(CONTENT_TEXTS.slice[language], facts).trim());
  });
}

type Instances = ReturnType<typeof sessionOf>['instances'];

/** Attributes of the first file of the series, or of that which it was computed from; empty when it is no DICOM. */
function headersOfFirst(request: ReportRequest, files: readonly string[], instances: Instances): Attributes {
  const own = files.map((f) => instances.get(f)).find((i) => i !== undefined);
  if (own) return own.attributes;
  const from = request.study.series.find((s) => request.series.startsWith(`${s.uid}/`));
  return (from && instances.get(from.files[0]!)?.attributes) ?? {};
}

/** Texts pass when no file of the study forbids them: the first of every series, and every object beside them. */
function wordsFor(
  study: ReportRequest['study'],
  instances: Instances,
  first: Attributes,
  identified: boolean,
): Words {
  const settings = { identified, now: { date: '', time: '' }, maker: { name: 'Kinetex', version: VERSION } };
  const files = [
    ...study.series.map((s) => s.files[0]),
    ...study.objects.map((o) => o.file),
    ...study.regions.map((r) => r.file),
  ];
  const known = [...new Set(files)]
    .map((f) => (f === undefined ? undefined : instances.get(f)?.attributes))
    .filter((a) => a !== undefined);
  return new Words(
    [first, ...known].map((attributes) => released(attributes, settings)),
    identified,
  );
}

const identityOf = (a: Attributes, language: Language): Line[] =>
  IDENTITY.flatMap(([label, tag]) => {
    const value = textOf(a, tag);
    return value ? [{ label: CONTENT_TEXTS[label][language], value }] : [];
  });

const modelName = (id: string, language: Language): string =>
  MODELS.find((m) => m.id === id)?.name[language] ?? id;
