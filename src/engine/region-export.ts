import { RefusedInput } from '../core/refusal.ts';
import type { RegionSource } from '../core/region.ts';
import type { Series } from '../core/series.ts';
import { textOf, numberOf } from '../core/dicom.ts';
import type { ReferencedSeries } from '../formats/dicom/write/references.ts';
import { verdictText } from '../quality/gate.ts';
import { verdictWith } from './quality/heard.ts';
import type { ExportTarget } from '../report/region-files/region-files.ts';
import type { Engine, Study } from './api.ts';
import type { JobRunner } from './pool/runner.ts';
import { settingsHashOf } from './settings-hash.ts';
import { sessionOf } from './study/session.ts';
import { releaseOf, wordsOut } from './study/told.ts';
import { releasedVerdict } from './export.ts';
import { seriesOf } from './study/volume.ts';

/** Regions of a study as files, and measurements as a structured report; both run as jobs. */
export function createRegionExport(runner: JobRunner): Pick<Engine, 'exportRegions' | 'exportReport'> {
  return {
    async exportRegions(study, regions, format, { series, identified = false, separate, resample, ...call }) {
      const request = {
        regions: regions.map((r) => sourceOf(study, r)),
        target: targetOf(study, series),
        format,
        release: releaseOf(study, identified),
        ...(separate !== undefined && { separate }),
        ...(resample !== undefined && { resample }),
      };
      return runner.run('region-files', request, call);
    },
    async exportReport(study, tables, { series, identified = false, resample, ...call }) {
      const request = {
        regions: tables.map(({ region }) => sourceOf(study, region)),
        target: targetOf(study, series),
        release: releaseOf(study, identified),
        modality: seriesOf(study, series).modality,
        ...(resample !== undefined && { resample }),
      };
      const words = wordsOut(identified);
      const measured = tables.map(({ table, region, verdict: given }) => {
        const verdict = verdictWith(given, table);
        return {
          region: typeof region === 'string' ? region : region.id,
          // The verdict and the hashes stand among the parameters as further texts.
          settings: {
            ...table.settings,
            quality_rules: verdict ? verdictText(releasedVerdict(verdict, words)) : 'not judged',
            qc_hash: verdict?.qcHash ?? '',
            settings_hash: settingsHashOf(table.settings),
          },
          features: table.features,
        };
      });
      return runner.run('report-files', { request, tables: measured }, call);
    },
  };
}

function sourceOf(study: Study, region: string | RegionSource): RegionSource {
  const found = typeof region === 'string' ? study.regions.find((r) => r.id === region) : region;
  if (!found) throw new RangeError('no such region in this study');
  return found;
}

/** @throws RefusedInput `region_grid_differs` when the series has no place in patient space. */
export function targetOf(study: Study, uid: string): ExportTarget {
  const series = seriesOf(study, uid);
  if (!series.affine) throw new RefusedInput('region_grid_differs', { series: series.description });
  const [nx, ny, nz] = series.size;
  const drawn = sourceSeries(study, series);
  const { instances } = sessionOf(study);
  const first = drawn && instances.get(drawn.files[drawn.planes[0].file]);
  const source = drawn && referencesOf(drawn, instances);
  return {
    grid: { size: [nx, ny, nz], affine: series.affine },
    frameOfReference: series.frameOfReference,
    uid: series.uid,
    attributes: first?.attributes ?? {},
    ...(source && { source }),
  };
}

/** The DICOM series that a series is, or was computed from. */
function sourceSeries(study: Study, series: Series): Series | undefined {
  const own =
    series.planes.length > 0 ? series : study.series.find((s) => series.uid.startsWith(`${s.uid}/`));
  return own && own.planes.length >= series.size[2] && own.size[2] === series.size[2] ? own : undefined;
}

/** Instance and frame of each slice of the first phase. */
function referencesOf(
  series: Series,
  instances: ReturnType<typeof sessionOf>['instances'],
): ReferencedSeries | undefined {
  let seriesUid = '';
  const planes = series.planes.slice(0, series.size[2]).map(({ file, frame, tile }) => {
    const attributes = instances.get(series.files[file])?.attributes ?? {};
    seriesUid ||= textOf(attributes, '0020000E') ?? '';
    const frames = numberOf(attributes, '00280008') ?? 1;
    return {
      sopClassUid: textOf(attributes, '00080016') ?? '',
      sopUid: textOf(attributes, '00080018') ?? '',
      ...(frames > 1 && !tile && { frame: frame + 1 }),
    };
  });
  return seriesUid && planes.every((p) => p.sopUid && p.sopClassUid) ? { seriesUid, planes } : undefined;
}
