import type { Attributes } from '../../../core/dicom.ts';
import { attributesOf, joined } from './attributes-of.ts';
import {
  planeModule,
  seriesModule,
  studyModule,
  type Plane,
  type SeriesContext,
  type StudyContext,
} from './modules.ts';

export const MR_IMAGE_STORAGE = '1.2.840.10008.5.1.4.1.1.4';

/** How a spoiled gradient echo was taken, for the MR image module (PS3.3 C.8.3.1). */
export interface MrAcquisition {
  /** Repetition and echo time, ms; flip angle, degrees; field, tesla. */
  readonly repetitionTime: number;
  readonly echoTime: number;
  readonly flipAngle: number;
  readonly field: number;
  /** ms after the inversion or saturation pulse, of a prepared sequence. */
  readonly inversionTime?: number;
  readonly contrast?: string;
  readonly window: readonly [centre: number, width: number];
}

/** The place of an image in a dynamic series. */
export interface TemporalPosition {
  /** From 1. */
  readonly index: number;
  readonly count: number;
  /** Time of day, `HHMMSS.FFFFFF`. */
  readonly acquisitionTime: string;
}

/**
 * Attributes of one MR image of a three-dimensional spoiled gradient echo; stored values are signal, signed 16 bits.
 * Pixel data go to `writeDicom` beside it as an Int16Array.
 */
export function mrImage(
  study: StudyContext,
  series: SeriesContext,
  plane: Plane,
  mr: MrAcquisition,
  temporal?: TemporalPosition,
): Attributes {
  const time = temporal?.acquisitionTime ?? study.time;
  return joined(
    studyModule(study),
    seriesModule(series, 'MR'),
    planeModule(plane, 16, true),
    attributesOf({
      SOPClassUID: MR_IMAGE_STORAGE,
      ImageType: ['ORIGINAL', 'PRIMARY', 'OTHER'],
      SeriesDate: study.date,
      SeriesTime: study.time,
      AcquisitionDate: study.date,
      AcquisitionTime: time,
      ContentDate: study.date,
      ContentTime: time,
      AcquisitionNumber: temporal?.index ?? 1,
      ContrastBolusAgent: mr.contrast,
      ScanningSequence: 'GR',
      SequenceVariant: 'SP',
      ScanOptions: '',
      MRAcquisitionType: '3D',
      SequenceName: 'SPGR3D',
      RepetitionTime: mr.repetitionTime,
      EchoTime: mr.echoTime,
      InversionTime: mr.inversionTime,
      EchoTrainLength: 1,
      MagneticFieldStrength: mr.field,
      SpacingBetweenSlices: plane.sliceThickness,
      FlipAngle: mr.flipAngle,
      TemporalPositionIdentifier: temporal?.index,
      NumberOfTemporalPositions: temporal?.count,
      WindowCenter: mr.window[0],
      WindowWidth: mr.window[1],
    }),
  );
}
