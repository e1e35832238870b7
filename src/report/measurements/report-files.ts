import type { Finding } from '../../core/finding.ts';
import type { Refusal } from '../../core/refusal.ts';
import { measurementReport, type MeasurementGroup } from '../../formats/dicom/write/measurement-report.ts';
import { writeDicom } from '../../formats/dicom/write/part10.ts';
import { uidFromSeed } from '../../formats/dicom/write/uid.ts';
import { Digest } from '../region-files/digest.ts';
import { segmentationFile, type RegionFilesRequest } from '../region-files/region-files.ts';
import type { RegionFile } from '../region-files/sinks.ts';
import { measurementOf, parametersOf, type MeasuredFeature } from './measurements.ts';

/** What was measured of one region: a feature table, as far as a report needs it. */
export interface MeasuredRegion {
  /** Id of the region in the request. */
  readonly region: string;
  readonly settings: object;
  readonly features: readonly MeasuredFeature[];
}

export interface ReportFiles {
  readonly files: readonly RegionFile[];
  readonly findings: readonly Finding[];
  readonly refused: readonly Refusal[];
}

/**
 * A structured report of measurements and the segmentation that it refers to: two files, of one study. A region that is
 * not written (see {@link segmentationFile}) has no measurements in the report either.
 */
export function reportFiles(
  request: Omit<RegionFilesRequest, 'format'> & { readonly modality: string },
  tables: readonly MeasuredRegion[],
  onProgress?: (share: number) => void,
): ReportFiles {
  const { files, findings, refused, written, writtenAs, release } = segmentationFile(request, onProgress);
  if (!writtenAs) return { files: [], findings, refused };
  const groups = tables.flatMap((table): MeasurementGroup[] => {
    const at = written.indexOf(table.region);
    if (at < 0) return [];
    const { label, trackingUid } = writtenAs.segments[at];
    return [
      {
        label,
        trackingUid,
        segment: { ...writtenAs, number: at + 1 },
        parameters: parametersOf(table.settings),
        measurements: table.features.map(measurementOf),
      },
    ];
  });
  if (groups.length === 0) return { files, findings, refused };
  const digest = new Digest();
  digest.text(JSON.stringify(groups));
  const seed = `${writtenAs.sopUid}/${digest.hex}`;
  const { source } = request.target;
  const report = measurementReport(release.attributes, {
    sopUid: uidFromSeed(`report/${seed}`),
    seriesUid: uidFromSeed(`report-series/${seed}`),
    ...release.moment,
    modality: request.modality,
    software: request.release.maker,
    groups,
    segmentation: {
      seriesUid: writtenAs.seriesUid,
      planes: [{ sopClassUid: writtenAs.sopClassUid, sopUid: writtenAs.sopUid }],
    },
    ...(source && {
      source: {
        seriesUid: release.uid(source.seriesUid),
        planes: source.planes.map((p) => ({ ...p, sopUid: release.uid(p.sopUid) })),
      },
    }),
  });
  const holds = groups.map((g) => ({ region: g.label, number: g.segment.number }));
  return {
    files: [...files, { name: 'measurements.dcm', bytes: writeDicom(report), holds }],
    findings,
    refused,
  };
}
