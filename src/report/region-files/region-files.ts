import type { Attributes } from '../../core/dicom.ts';
import type { Finding } from '../../core/finding.ts';
import type { Grid } from '../../core/geometry.ts';
import { RefusedInput, type Refusal } from '../../core/refusal.ts';
import type { Authorship, RegionSource } from '../../core/region.ts';
import type { ReferencedSeries } from '../../formats/dicom/write/references.ts';
import {
  released,
  WITHHELD,
  type Release,
  type ReleaseSettings,
} from '../../formats/dicom/write/released.ts';
import { uidFromSeed } from '../../formats/dicom/write/uid.ts';
import { placeRegion } from '../../regions/place/place.ts';
import { regionFinding } from '../../regions/texts.ts';
import {
  SegSink,
  StructureSink,
  type AuthoredRegion,
  type DicomPlace,
  type WrittenAs,
} from './dicom-sinks.ts';
import { NiftiSink, NrrdSink, type RegionFile, type Sink } from './sinks.ts';

export type RegionFormat = 'seg' | 'rtstruct' | 'nifti' | 'nrrd';

/** The image that the regions are written on the grid of. */
export interface ExportTarget {
  readonly grid: Grid;
  readonly frameOfReference: string;
  readonly uid: string;
  /** Attributes of one of its instances; empty when it is no DICOM. */
  readonly attributes: Attributes;
  /** Its SeriesInstanceUID and the instance of each slice; absent when it is no DICOM. */
  readonly source?: ReferencedSeries;
}

export interface RegionFilesRequest {
  readonly regions: readonly RegionSource[];
  readonly target: ExportTarget;
  readonly format: RegionFormat;
  readonly release: ReleaseSettings;
  /** A NIfTI file for each region. */
  readonly separate?: boolean;
  /** Resample regions that lie on another grid instead of refusing them. */
  readonly resample?: boolean;
}

export interface RegionFiles {
  readonly files: readonly RegionFile[];
  readonly findings: readonly Finding[];
  /** Regions that were not written, by their names. */
  readonly refused: readonly Refusal[];
  /** Ids of the regions written, in their order. */
  readonly written: readonly string[];
}

/** Longest label (LO, PS3.5 6.2). */
const LONGEST_LABEL = 64;
const UNKNOWN: Authorship = { how: 'SEMIAUTOMATIC', tool: 'unknown' };

/**
 * Regions as files, each brought onto the grid of the image first. They are taken one by one, so that a hundred need no
 * more memory than one and the file. A region that has no voxel there, lies in another frame of reference or on another
 * grid is not written and named; the others are.
 * @throws RefusedInput `too_large` when the file would be.
 */
export function regionFiles(request: RegionFilesRequest, onProgress?: (share: number) => void): RegionFiles {
  const release = released(request.target.attributes, request.release);
  const place = placeOf(request.target, release);
  const { format } = request;
  if (format === 'nifti') {
    const sink = new NiftiSink(request.target.grid, request.separate ?? false);
    const filled = fill(sink, request, release, onProgress);
    if (sink.split) filled.findings.push(regionFinding(`R-${sink.split}`, 'info', filled.names.join(', ')));
    return { ...filled, files: sink.finished() };
  }
  const sink =
    format === 'nrrd'
      ? new NrrdSink(request.target.grid)
      : format === 'seg'
        ? new SegSink(place)
        : new StructureSink(place);
  const filled = fill(sink, request, release, onProgress);
  return { ...filled, files: sink.finished() };
}

/** The same for a SEG that a report refers to. */
export function segmentationFile(
  request: Omit<RegionFilesRequest, 'format'>,
  onProgress?: (share: number) => void,
): RegionFiles & { readonly writtenAs: WrittenAs | undefined; readonly release: Release } {
  const release = released(request.target.attributes, request.release);
  const sink = new SegSink(placeOf(request.target, release));
  const filled = fill(sink, { ...request, format: 'seg' }, release, onProgress);
  const files = sink.finished();
  return { ...filled, files, writtenAs: files[0]?.writtenAs, release };
}

function fill(
  sink: Sink<AuthoredRegion>,
  { regions, target, resample = false }: RegionFilesRequest,
  release: Release,
  onProgress: ((share: number) => void) | undefined,
) {
  const findings: Finding[] = [];
  const refused: Refusal[] = [];
  const written: string[] = [];
  const names: string[] = [];
  regions.forEach((region, at) => {
    try {
      const { mask, findings: said } = placeRegion(region, target, { resample });
      findings.push(...said);
      if (!said.some((f) => f.severity === 'block')) {
        const name = release.text(region.name, LONGEST_LABEL);
        const tells = name === undefined || (!release.identified && name.includes(WITHHELD));
        if (tells) findings.push(regionFinding('R-renamed', 'info', region.name, { number: at + 1 }));
        const label = tells ? `Region ${at + 1}` : name || `Region ${at + 1}`;
        const { colour, authorship = region.origin === 'drawn' ? { how: 'MANUAL', tool: '' } : UNKNOWN } =
          region;
        sink.add({ label, colour, authorship: toolReleased(authorship, release) }, mask.data);
        written.push(region.id);
        names.push(label);
      }
    } catch (error) {
      if (!(error instanceof RefusedInput) || error.kind === 'too_large') throw error;
      refused.push(error.toRefusal(region.name));
    }
    onProgress?.((at + 1) / (regions.length + 1));
  });
  return { findings, refused, written, names };
}

/** Names of tools are free text of a file, too. */
const toolReleased = ({ how, tool }: Authorship, release: Release): Authorship => ({
  how,
  tool: release.text(tool, LONGEST_LABEL) ?? '',
});

/** Frame of reference and source series under the UIDs by which they leave. */
function placeOf({ grid, frameOfReference, source }: ExportTarget, release: Release): DicomPlace {
  const { uid } = release;
  return {
    grid,
    release,
    frameOfReferenceUid: frameOfReference
      ? uid(frameOfReference)
      : uidFromSeed(`frame/${JSON.stringify(grid)}`),
    ...(source && {
      source: {
        seriesUid: uid(source.seriesUid),
        planes: source.planes.map((p) => ({ ...p, sopUid: uid(p.sopUid) })),
      },
    }),
  };
}
