import type { Attributes } from '../../../core/dicom.ts';
import type { Contour } from '../../../core/region.ts';
import { attributesOf, joined } from './attributes-of.ts';
import { studyModule, type SeriesContext, type StudyContext } from './modules.ts';

export const RT_STRUCTURE_SET_STORAGE = '1.2.840.10008.5.1.4.1.1.481.3';
/** SOP class of the retired study component, which RTReferencedStudySequence still names (PS3.3 C.8.8.5). */
const DETACHED_STUDY = '1.2.840.10008.3.1.2.3.1';

/** One region to be written: closed planar polygons in patient mm. A hole is a further polygon on the same plane. */
export interface WrittenRegion {
  readonly name: string;
  readonly colour: readonly [number, number, number];
  readonly contours: readonly Contour[];
}

/** The images that the regions were drawn on. */
export interface ReferencedImages {
  readonly sopClassUid: string;
  readonly seriesUid: string;
  readonly sopUids: readonly string[];
}

/** Attributes of an RT Structure Set (PS3.3 A.19) with the given regions; there are no pixels. */
export function structureSet(
  study: StudyContext,
  series: SeriesContext,
  sopUid: string,
  label: string,
  regions: readonly WrittenRegion[],
  images: ReferencedImages,
): Attributes {
  const reference = (uid: string) =>
    attributesOf({ ReferencedSOPClassUID: images.sopClassUid, ReferencedSOPInstanceUID: uid });
  const contourImages = images.sopUids.map(reference);
  const seriesItem = attributesOf({
    SeriesInstanceUID: images.seriesUid,
    ContourImageSequence: contourImages,
  });
  const studyItem = attributesOf({
    ReferencedSOPClassUID: DETACHED_STUDY,
    ReferencedSOPInstanceUID: study.studyUid,
    RTReferencedSeriesSequence: [seriesItem],
  });
  return joined(
    studyModule(study),
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
      StructureSetDate: study.date,
      StructureSetTime: study.time,
      ReferencedFrameOfReferenceSequence: [
        attributesOf({
          FrameOfReferenceUID: series.frameOfReferenceUid,
          RTReferencedStudySequence: [studyItem],
        }),
      ],
      StructureSetROISequence: regions.map((region, at) =>
        attributesOf({
          ROINumber: at + 1,
          ReferencedFrameOfReferenceUID: series.frameOfReferenceUid,
          ROIName: region.name,
          ROIGenerationAlgorithm: 'AUTOMATIC',
        }),
      ),
      ROIContourSequence: regions.map((region, at) =>
        attributesOf({
          ReferencedROINumber: at + 1,
          ROIDisplayColor: region.colour,
          ContourSequence: region.contours.map((contour, number) =>
            contourItem(contour, number + 1, reference),
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

function contourItem(contour: Contour, number: number, reference: (uid: string) => Attributes): Attributes {
  return attributesOf({
    ContourImageSequence: contour.referencedSop ? [reference(contour.referencedSop)] : undefined,
    ContourGeometricType: 'CLOSED_PLANAR',
    NumberOfContourPoints: contour.points.length,
    ContourNumber: number,
    // A thousandth of a millimetre: far below any voxel, and ten bytes a number.
    ContourData: contour.points.flat().map((mm) => Math.round(mm * 1000) / 1000),
  });
}
