import type { Attributes } from '../../../core/dicom.ts';
import { cross, dot, normalise, spacingOf, toPatient, type Grid } from '../../../core/geometry.ts';
import { RefusedInput } from '../../../core/refusal.ts';
import type { Authorship } from '../../../core/region.ts';
import { attributesOf, joined } from './attributes-of.ts';
import { scaledCielab } from './cielab.ts';
import { codeItem, TISSUE, type Code } from './code.ts';
import { instanceItems, planeItem, type ReferencedSeries } from './references.ts';
import { uidFromSeed } from './uid.ts';

export const SEGMENTATION_STORAGE = '1.2.840.10008.5.1.4.1.1.66.4';
const SEGMENT_IDENTIFICATION = 0x0062000a;
const SEGMENT_NUMBER = 0x0062000b;
const PLANE_POSITION = 0x00209113;
const IMAGE_POSITION = 0x00200032;
/** How far the directions of rows and columns may be from a right angle. */
const SQUARE = 1e-4;

/** One segment: the slices it has voxels on, in order. Its pixels come with {@link SegmentBits}. */
export interface WrittenSegment {
  readonly label: string;
  readonly colour: readonly [number, number, number];
  readonly authorship: Authorship;
  readonly category?: Code;
  readonly type?: Code;
  readonly trackingUid: string;
  /** Slices of its frames, rising. */
  readonly slices: readonly number[];
}

export interface WrittenSegmentation {
  readonly grid: Grid;
  readonly segments: readonly WrittenSegment[];
  readonly overlapping: boolean;
  readonly sopUid: string;
  readonly seriesUid: string;
  readonly frameOfReferenceUid: string;
  readonly date: string;
  readonly time: string;
  /** The images that the segments lie on; absent for images that are no DICOM. */
  readonly source?: ReferencedSeries;
}

/**
 * Attributes of a binary DICOM Segmentation (PS3.3 A.51, C.8.20): a frame for each slice of each segment that holds a
 * voxel, on the full plane of the image, ordered by segment and position. Its pixels are {@link SegmentBits}.
 * @throws RefusedInput `unsupported_encoding` when rows and columns of the grid are not at right angles.
 */
export function segmentation(study: Attributes, s: WrittenSegmentation): Attributes {
  const { size } = s.grid;
  return joined(
    study,
    attributesOf({
      SOPClassUID: SEGMENTATION_STORAGE,
      SOPInstanceUID: s.sopUid,
      ImageType: ['DERIVED', 'PRIMARY'],
      Modality: 'SEG',
      SeriesDescription: 'Regions',
      SeriesInstanceUID: s.seriesUid,
      SeriesNumber: 1,
      InstanceNumber: 1,
      FrameOfReferenceUID: s.frameOfReferenceUid,
      PositionReferenceIndicator: '',
      ContentDate: s.date,
      ContentTime: s.time,
      ContentLabel: 'REGIONS',
      ContentDescription: '',
      ContentCreatorName: '',
      SegmentationType: 'BINARY',
      SegmentsOverlap: s.overlapping ? 'YES' : 'NO',
      SamplesPerPixel: 1,
      PhotometricInterpretation: 'MONOCHROME2',
      NumberOfFrames: s.segments.reduce((n, segment) => n + segment.slices.length, 0),
      Rows: size[1],
      Columns: size[0],
      BitsAllocated: 1,
      BitsStored: 1,
      HighBit: 0,
      PixelRepresentation: 0,
      BurnedInAnnotation: 'NO',
      LossyImageCompression: '00',
      SegmentSequence: s.segments.map(segmentItem),
      ReferencedSeriesSequence: s.source && [
        attributesOf({
          SeriesInstanceUID: s.source.seriesUid,
          ReferencedInstanceSequence: instanceItems(s.source),
        }),
      ],
    }),
    frames(s),
  );
}

function segmentItem(segment: WrittenSegment, at: number): Attributes {
  const { label, colour, authorship, category = TISSUE, type = TISSUE, trackingUid } = segment;
  return attributesOf({
    SegmentNumber: at + 1,
    SegmentLabel: label,
    SegmentedPropertyCategoryCodeSequence: [codeItem(category)],
    SegmentedPropertyTypeCodeSequence: [codeItem(type)],
    SegmentAlgorithmType: authorship.how,
    SegmentAlgorithmName: authorship.how === 'MANUAL' ? undefined : authorship.tool,
    RecommendedDisplayCIELabValue: scaledCielab(colour),
    TrackingID: label,
    TrackingUID: trackingUid,
  });
}

/** Functional groups, shared and of each frame, and the two dimensions that order the frames. */
function frames({ grid: { affine }, segments, sopUid, source }: WrittenSegmentation): Attributes {
  const row = normalise(affine.matrix[0]);
  const column = normalise(affine.matrix[1]);
  if (Math.abs(dot(row, column)) > SQUARE)
    throw new RefusedInput('unsupported_encoding', { what: 'rows and columns that are not at right angles' });
  const spacing = spacingOf(affine);
  const between = Math.abs(dot(affine.matrix[2], normalise(cross(row, column))));
  const dimensions = uidFromSeed(`${sopUid}/dimensions`);
  const index = (pointer: number, group: number, label: string) =>
    attributesOf({
      DimensionOrganizationUID: dimensions,
      DimensionIndexPointer: pointer,
      FunctionalGroupPointer: group,
      DimensionDescriptionLabel: label,
    });
  // The index of a position counts the positions that have frames at all, along the slices.
  const used = [...new Set(segments.flatMap((s) => s.slices))].sort((a, b) => a - b);
  const indexOf = new Map(used.map((slice, at) => [slice, at + 1]));
  return attributesOf({
    DimensionOrganizationSequence: [attributesOf({ DimensionOrganizationUID: dimensions })],
    DimensionIndexSequence: [
      index(SEGMENT_NUMBER, SEGMENT_IDENTIFICATION, 'Segment'),
      index(IMAGE_POSITION, PLANE_POSITION, 'Position'),
    ],
    SharedFunctionalGroupsSequence: [
      attributesOf({
        PixelMeasuresSequence: [
          attributesOf({
            PixelSpacing: [spacing[1], spacing[0]],
            SliceThickness: between,
            SpacingBetweenSlices: between,
          }),
        ],
        PlaneOrientationSequence: [attributesOf({ ImageOrientationPatient: [...row, ...column] })],
      }),
    ],
    PerFrameFunctionalGroupsSequence: segments.flatMap(({ slices }, at) =>
      slices.map((slice) =>
        attributesOf({
          FrameContentSequence: [attributesOf({ DimensionIndexValues: [at + 1, indexOf.get(slice)!] })],
          PlanePositionSequence: [attributesOf({ ImagePositionPatient: toPatient(affine, 0, 0, slice) })],
          SegmentIdentificationSequence: [attributesOf({ ReferencedSegmentNumber: at + 1 })],
          DerivationImageSequence: source ? [derivation(source, slice)] : undefined,
        }),
      ),
    ),
  });
}

const derivation = (source: ReferencedSeries, slice: number): Attributes =>
  attributesOf({
    DerivationCodeSequence: [codeItem({ value: '113076', scheme: 'DCM', meaning: 'Segmentation' })],
    SourceImageSequence: [
      joined(
        planeItem(source.planes[slice]),
        attributesOf({
          SpatialLocationsPreserved: 'YES',
          PurposeOfReferenceCodeSequence: [
            codeItem({
              value: '121322',
              scheme: 'DCM',
              meaning: 'Source image for image processing operation',
            }),
          ],
        }),
      ),
    ],
  });

/** Pixels of a binary segmentation, a bit each, the first in the lowest bit, frame after frame without padding. */
export class SegmentBits {
  #bytes = new Uint8Array(1 << 16);
  #bits = 0;

  /** @param mostBytes beyond which a file is refused */
  constructor(private readonly mostBytes: number) {}

  /**
   * Appends one frame, 1 inside.
   * @throws RefusedInput `too_large`
   */
  add(plane: Uint8Array): void {
    const end = this.#bits + plane.length;
    const bytes = Math.ceil(end / 8);
    if (bytes > this.mostBytes)
      throw new RefusedInput('too_large', { what: 'SEG', size: bytes, limit: this.mostBytes });
    if (bytes > this.#bytes.length) {
      const larger = new Uint8Array(Math.min(this.mostBytes, Math.max(bytes, 2 * this.#bytes.length)));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    for (let at = plane.indexOf(1); at >= 0; at = plane.indexOf(1, at + 1)) {
      const bit = this.#bits + at;
      this.#bytes[bit >>> 3] |= 1 << (bit & 7);
    }
    this.#bits = end;
  }

  finished(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, Math.ceil(this.#bits / 8));
  }
}
