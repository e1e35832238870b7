import { dot, cross, length, normalise, spacingOf, voxelCount, type Grid } from '../../core/geometry.ts';
import type { Authorship } from '../../core/region.ts';
import { writeDicom } from '../../formats/dicom/write/part10.ts';
import type { ReferencedSeries } from '../../formats/dicom/write/references.ts';
import type { Release } from '../../formats/dicom/write/released.ts';
import {
  SegmentBits,
  segmentation,
  SEGMENTATION_STORAGE,
  type WrittenSegment,
} from '../../formats/dicom/write/segmentation.ts';
import { structureSet, type WrittenRegion } from '../../formats/dicom/write/structure-set.ts';
import { uidFromSeed } from '../../formats/dicom/write/uid.ts';
import { contoursOf } from '../../regions/export/contours.ts';
import { Digest } from './digest.ts';
import { meets, put, type NamedRegion, type RegionFile, type Sink } from './sinks.ts';

/** A region of an object that says how it was drawn. */
export interface AuthoredRegion extends NamedRegion {
  readonly authorship: Authorship;
}

/** What a DICOM object says about where its regions lie. */
export interface DicomPlace {
  readonly grid: Grid;
  readonly release: Release;
  /** As they leave. */
  readonly frameOfReferenceUid: string;
  readonly source?: ReferencedSeries;
}

/** Bytes of the pixels of one SEG: an eighth of a voxel's byte, so a hundred whole CTs do not fit. */
const MOST_SEG_BYTES = 2 ** 29;

/** Where a region went: what a report refers to. */
export interface WrittenAs {
  readonly sopClassUid: string;
  readonly sopUid: string;
  readonly seriesUid: string;
  /** By the order in which the regions were added. */
  readonly segments: readonly { readonly label: string; readonly trackingUid: string }[];
}

/** All regions as segments of one binary DICOM Segmentation. */
export class SegSink implements Sink<AuthoredRegion> {
  readonly #bits = new SegmentBits(MOST_SEG_BYTES);
  readonly #segments: WrittenSegment[] = [];
  readonly #union: Uint8Array;
  readonly #digest = new Digest();
  #overlapping = false;

  constructor(private readonly place: DicomPlace) {
    this.#union = new Uint8Array(voxelCount(place.grid.size));
  }

  add({ label, colour, authorship }: AuthoredRegion, mask: Uint8Array): void {
    const [nx, ny, nz] = this.place.grid.size;
    const slices: number[] = [];
    for (let k = 0; k < nz; k++) {
      const plane = mask.subarray(k * nx * ny, (k + 1) * nx * ny);
      if (plane.indexOf(1) < 0) continue;
      this.#bits.add(plane);
      slices.push(k);
    }
    this.#overlapping ||= meets(mask, this.#union);
    put(mask, this.#union, 1);
    this.#digest.text(`${label}/${colour.join()}/${authorship.how}/${slices.join()}`);
    const trackingUid = trackingUidOf(this.place, label, this.#segments.length);
    this.#segments.push({ label, colour, authorship: namedTool(authorship), trackingUid, slices });
  }

  finished(): (RegionFile & { readonly writtenAs: WrittenAs })[] {
    if (this.#segments.length === 0) return [];
    const { grid, release, frameOfReferenceUid, source } = this.place;
    const pixels = this.#bits.finished();
    this.#digest.bytes(pixels);
    const seed = seedOf(this.place, this.#digest);
    const [sopUid, seriesUid] = [uidFromSeed(`seg/${seed}`), uidFromSeed(`seg-series/${seed}`)];
    const attributes = segmentation(release.attributes, {
      grid,
      segments: this.#segments,
      overlapping: this.#overlapping,
      sopUid,
      seriesUid,
      frameOfReferenceUid,
      ...release.moment,
      ...(source && { source }),
    });
    return [
      {
        name: 'segmentation.dcm',
        bytes: writeDicom(attributes, pixels),
        holds: this.#segments.map(({ label }, at) => ({ region: label, number: at + 1 })),
        writtenAs: { sopClassUid: SEGMENTATION_STORAGE, sopUid, seriesUid, segments: this.#segments },
      },
    ];
  }
}

/** All regions as contours of one RT Structure Set. */
export class StructureSink implements Sink<AuthoredRegion> {
  readonly #regions: WrittenRegion[] = [];
  readonly #digest = new Digest();

  constructor(private readonly place: DicomPlace) {}

  add({ label, colour, authorship }: AuthoredRegion, mask: Uint8Array): void {
    const { grid, source } = this.place;
    const contours = contoursOf(mask, grid).map(({ points, slice }) => ({
      points,
      ...(source && { plane: source.planes[slice] }),
    }));
    this.#digest.text(`${label}/${colour.join()}/${authorship.how}`);
    this.#digest.bytes(mask);
    this.#regions.push({ name: label, colour, contours, authorship });
  }

  finished(): RegionFile[] {
    if (this.#regions.length === 0) return [];
    const { grid, release, frameOfReferenceUid, source } = this.place;
    const seed = seedOf(this.place, this.#digest);
    const series = {
      seriesUid: uidFromSeed(`structures-series/${seed}`),
      seriesNumber: 1,
      description: 'Regions',
      frameOfReferenceUid,
    };
    const attributes = structureSet(
      release.attributes,
      series,
      uidFromSeed(`structures/${seed}`),
      'REGIONS',
      this.#regions,
      source,
      decimalsFor(grid),
    );
    return [
      {
        name: 'structures.dcm',
        bytes: writeDicom(attributes),
        holds: this.#regions.map(({ name }, at) => ({ region: name, number: at + 1 })),
      },
    ];
  }
}

/** A segment that no hand drew alone has to name its tool. */
const namedTool = ({ how, tool }: Authorship): Authorship => ({
  how,
  tool: how === 'MANUAL' ? '' : tool || 'unknown',
});

/** The same region of the same series is tracked under the same UID at each export. */
const trackingUidOf = ({ source, frameOfReferenceUid }: DicomPlace, label: string, at: number): string =>
  uidFromSeed(`track/${source?.seriesUid ?? frameOfReferenceUid}/${at}/${label}`);

/** Equal content gives equal UIDs, other content or another time gives others. */
function seedOf({ grid, release, frameOfReferenceUid, source }: DicomPlace, digest: Digest): string {
  const { date, time } = release.moment;
  digest.text(JSON.stringify([grid, date, time, release.identified]));
  return `${source?.seriesUid ?? frameOfReferenceUid}/${digest.hex}`;
}

/** Decimals of a point in mm: at least thousandths, and a hundredth of the smallest voxel edge or better. */
function decimalsFor({ affine }: Grid): number {
  const normal = normalise(cross(affine.matrix[0], affine.matrix[1]));
  const edge = Math.min(
    ...spacingOf(affine),
    Math.abs(dot(affine.matrix[2], normal)) || length(affine.matrix[2]),
  );
  return Math.min(9, Math.max(3, Math.ceil(3 - Math.log10(edge * 10))));
}
