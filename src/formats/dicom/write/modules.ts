import type { Attributes } from '../../../core/dicom.ts';
import type { Vec3 } from '../../../core/geometry.ts';
import { attributesOf } from './attributes-of.ts';

/** Whom and what a made object belongs to: the patient and study modules of PS3.3 C.7.1 and C.7.2. */
export interface StudyContext {
  readonly patientName: string;
  readonly patientId: string;
  readonly studyUid: string;
  readonly studyId: string;
  readonly studyDescription: string;
  /** `YYYYMMDD` and `HHMMSS`. */
  readonly date: string;
  readonly time: string;
  /** Software that made the object, with its version. */
  readonly maker: string;
}

/** One series of that study (PS3.3 C.7.3 and C.7.4). */
export interface SeriesContext {
  readonly seriesUid: string;
  readonly seriesNumber: number;
  readonly description: string;
  readonly frameOfReferenceUid: string;
  /** Empty: not known, so that no side of it can be asked for either. */
  readonly bodyPart: string;
  /** `L` or `R` for a body part that comes in pairs. */
  readonly laterality?: 'L' | 'R';
}

/** One plane of pixels in patient space (PS3.3 C.7.6.2). */
export interface Plane {
  readonly sopUid: string;
  readonly instanceNumber: number;
  readonly columns: number;
  readonly rows: number;
  /** Centre of the first pixel, mm (LPS). */
  readonly position: Vec3;
  /** Direction cosines along a row and along a column. */
  readonly orientation: readonly [Vec3, Vec3];
  /** Distance between rows and between columns, mm, in that order. */
  readonly pixelSpacing: readonly [number, number];
  readonly sliceThickness: number;
  /** Distance along the slice normal, mm. */
  readonly sliceLocation: number;
}

export function studyModule(s: StudyContext): Attributes {
  return attributesOf({
    SpecificCharacterSet: 'ISO_IR 192',
    InstanceCreationDate: s.date,
    InstanceCreationTime: s.time,
    StudyDate: s.date,
    StudyTime: s.time,
    AccessionNumber: '',
    Manufacturer: s.maker,
    ReferringPhysicianName: '',
    StudyDescription: s.studyDescription,
    ManufacturerModelName: 'Simulated scanner',
    DeviceSerialNumber: '1',
    SoftwareVersions: s.maker,
    PatientName: s.patientName,
    PatientID: s.patientId,
    PatientBirthDate: '',
    PatientSex: 'O',
    StudyInstanceUID: s.studyUid,
    StudyID: s.studyId,
  });
}

export function seriesModule(s: SeriesContext, modality: string): Attributes {
  return attributesOf({
    Modality: modality,
    SeriesDescription: s.description,
    BodyPartExamined: s.bodyPart || undefined,
    SeriesInstanceUID: s.seriesUid,
    SeriesNumber: s.seriesNumber,
    // Of a part that is not known, the side is not known either.
    Laterality: s.laterality ?? (s.bodyPart ? undefined : ''),
    FrameOfReferenceUID: s.frameOfReferenceUid,
    PositionReferenceIndicator: '',
  });
}

/** Image plane and pixel description of grey images with whole stored values. */
export function planeModule(p: Plane, bitsStored: number, signed: boolean): Attributes {
  return attributesOf({
    SOPInstanceUID: p.sopUid,
    InstanceNumber: p.instanceNumber,
    PatientPosition: 'HFS',
    SliceThickness: p.sliceThickness,
    ImagePositionPatient: p.position,
    ImageOrientationPatient: [...p.orientation[0], ...p.orientation[1]],
    SliceLocation: p.sliceLocation,
    PixelSpacing: p.pixelSpacing,
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    Rows: p.rows,
    Columns: p.columns,
    BitsAllocated: 16,
    BitsStored: bitsStored,
    HighBit: bitsStored - 1,
    PixelRepresentation: signed ? 1 : 0,
    BurnedInAnnotation: 'NO',
    LossyImageCompression: '00',
  });
}
