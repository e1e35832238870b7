import { textOf, type Attributes } from '../../../core/dicom.ts';
import type { Authorship, Contour } from '../../../core/region.ts';
import { attributesOf, joined } from './attributes-of.ts';
import type { SeriesContext } from './modules.ts';
import { instanceItems, planeItem, type PlaneReference, type ReferencedSeries } from './references.ts';

export const RT_STRUCTURE_SET_STORAGE = '1.2.840.10008.5.1.4.1.1.481.3';
/** SOP class of the retired study component, which RTReferencedStudySequence still names (PS3.3 C.8.8.5). */
const DETACHED_STUDY = '1.2.840.10008.3.1.2.3.1';

/** A closed planar polygon, in patient mm, and the image plane that it lies on. */
export interface WrittenContour {
  readonly points: Contour['points'];
  readonly plane?: PlaneReference;
}

/** One region to be written. A hole is a further polygon on the same plane, or a keyhole of the one around it. */
export interface WrittenRegion {
  readonly name: string;
  readonly colour: readonly [number, number, number];
  readonly contours: readonly WrittenContour[];
  /** Absent: made by a program. */
  readonly authorship?: Authorship;
}

/** Series of the structures themselves. */
type StructureSeries = Pick<
  SeriesContext,
  'seriesUid' | 'seriesNumber' | 'description' | 'frameOfReferenceUid'
>;

/**
 * Attributes of an RT Structure Set (PS3.3 A.19) with the given regions; there are no pixels.
 * @param study patient, study and equipment modules
 * @param images the series that the regions were drawn on; absent for images that are no DICOM
 * @param decimals of the points in mm: a thousandth is far below any voxel of a patient, and ten bytes a number
 */
export function structureSet(
  study: Attributes,
  series: StructureSeries,
  sopUid: string,
  label: string,
  regions: readonly WrittenRegion[],
  images: ReferencedSeries | undefined,
  decimals = 3,
): Attributes {
  const studyItem =
    images &&
    attributesOf({
      ReferencedSOPClassUID: DETACHED_STUDY,
      ReferencedSOPInstanceUID: textOf(study, '0020000D'),
      RTReferencedSeriesSequence: [
        attributesOf({ SeriesInstanceUID: images.seriesUid, ContourImageSequence: instanceItems(images) }),
      ],
    });
  return joined(
    study,
    attributesOf({
      SOPClassUID: RT_STRUCTURE_SET_STORAGE,
      SOPInstanceUID: sopUid,
      Modality: 'RTSTRUCT',
      OperatorsName: '',
      SeriesDescription: series.description,
      SeriesInstanceUID: series.seriesUid,
      SeriesNumber: series.seriesNumber,
      InstanceNumber: 1,
      FrameOfReferenceUID: series.frameOfReferenceUid,
      PositionReferenceIndicator: '',
      StructureSetLabel: label,
      StructureSetName: label,
      StructureSetDate: textOf(study, '00080012') ?? '',
      StructureSetTime: textOf(study, '00080013') ?? '',
      ReferencedFrameOfReferenceSequence: [
        attributesOf({
          FrameOfReferenceUID: series.frameOfReferenceUid,
          RTReferencedStudySequence: studyItem && [studyItem],
        }),
      ],
      StructureSetROISequence: regions.map((region, at) =>
        attributesOf({
          ROINumber: at + 1,
          ReferencedFrameOfReferenceUID: series.frameOfReferenceUid,
          ROIName: region.name,
          ROIGenerationAlgorithm: region.authorship?.how ?? 'AUTOMATIC',
        }),
      ),
      ROIContourSequence: regions.map((region, at) =>
        attributesOf({
          ReferencedROINumber: at + 1,
          ROIDisplayColor: region.colour,
          ContourSequence: region.contours.map((contour, number) =>
            contourItem(contour, number + 1, 10 ** decimals),
          ),
        }),
      ),
      RTROIObservationsSequence: regions.map((_, at) =>
        attributesOf({
          ObservationNumber: at + 1,
          ReferencedROINumber: at + 1,
          RTROIInterpretedType: '',
          ROIInterpreter: '',
        }),
      ),
      ApprovalStatus: 'UNAPPROVED',
    }),
  );
}

function contourItem({ points, plane }: WrittenContour, number: number, parts: number): Attributes {
  return attributesOf({
    ContourImageSequence: plane && [planeItem(plane)],
    ContourGeometricType: 'CLOSED_PLANAR',
    NumberOfContourPoints: points.length,
    ContourNumber: number,
    ContourData: points.flat().map((mm) => Math.round(mm * parts) / parts),
  });
}
