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

export const CT_IMAGE_STORAGE = '1.2.840.10008.5.1.4.1.1.2';

/** How a CT was taken, for the CT image module (PS3.3 C.8.2.1). */
export interface CtAcquisition {
  /** Peak tube voltage, kV. */
  readonly kvp: number;
  /** Tube current, mA, and exposure time, ms. */
  readonly tubeCurrent: number;
  readonly exposureTime: number;
  readonly kernel: string;
  /** Diameter of the reconstructed field, mm. */
  readonly diameter: number;
  /** Contrast agent, when one was given. */
  readonly contrast?: string;
  readonly window: readonly [centre: number, width: number];
}

/**
 * Attributes of one CT image whose stored values are HU + 1024, unsigned, 12 of 16 bits: the usual form.
 * Pixel data go to `writeDicom` beside it as a Uint16Array.
 */
export function ctImage(
  study: StudyContext,
  series: SeriesContext,
  plane: Plane,
  ct: CtAcquisition,
): Attributes {
  return joined(
    studyModule(study),
    seriesModule(series, 'CT'),
    planeModule(plane, 12, false),
    attributesOf({
      SOPClassUID: CT_IMAGE_STORAGE,
      ImageType: ['ORIGINAL', 'PRIMARY', 'AXIAL'],
      SeriesDate: study.date,
      SeriesTime: study.time,
      AcquisitionDate: study.date,
      AcquisitionTime: study.time,
      ContentDate: study.date,
      ContentTime: study.time,
      AcquisitionNumber: 1,
      ContrastBolusAgent: ct.contrast,
      KVP: ct.kvp,
      ReconstructionDiameter: ct.diameter,
      GantryDetectorTilt: 0,
      ExposureTime: ct.exposureTime,
      XRayTubeCurrent: ct.tubeCurrent,
      Exposure: Math.round((ct.tubeCurrent * ct.exposureTime) / 1000),
      ConvolutionKernel: ct.kernel,
      WindowCenter: ct.window[0],
      WindowWidth: ct.window[1],
      RescaleIntercept: -1024,
      RescaleSlope: 1,
      RescaleType: 'HU',
    }),
  );
}
