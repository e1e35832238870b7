import type { Finding } from './finding.ts';
import type { Affine, Vec3 } from './geometry.ts';
import type { PreprocessingRecord } from './preprocessing.ts';
import type { IntensityUnit } from './volume.ts';

/** One plane of a series: where its pixels lie, and how stored values become intensities. */
export interface FrameRef {
  /** Index into {@link Series.files}. */
  readonly file: number;
  /** Frame within that file, from 0. */
  readonly frame: number;
  /** Tile within that frame for Siemens mosaics: column and row of the tile; absent elsewhere. */
  readonly tile?: readonly [number, number];
  readonly slope: number;
  readonly intercept: number;
  /** Stored values in this closed range are padding (PixelPaddingValue and its range limit) and become NaN. */
  readonly padding?: readonly [number, number];
  /** MONOCHROME1 is shown inverted; its values are not changed. */
}

/**
 * Acquisition settings that signal equations rest on, one value a phase; a setting that the files do not state for every
 * phase is absent.
 */
export interface SeriesProtocol {
  /** Repetition time, ms. */
  readonly repetitionTime?: readonly number[];
  /** Echo time, ms. */
  readonly echoTime?: readonly number[];
  /** Inversion time, ms. */
  readonly inversionTime?: readonly number[];
  /** Nominal flip angle, degrees. */
  readonly flipAngle?: readonly number[];
  /** Strength of the main field, T: the same for the whole series. */
  readonly fieldStrength?: number;
}

/**
 * Instances that form one image by geometry: a volume, a volume over time, or a stack without geometry.
 * All planes of one phase stand in order along +normal; phases stand in order of time.
 */
export interface Series {
  /**
   * Unique in the study: SeriesInstanceUID, with `#2`, `#3` … when one UID held several images; with `+2` when the phases
   * of two further series were joined to those of this one, which all stay listed on their own too.
   */
  readonly uid: string;
  /** `derived`: a map that was computed here. */
  readonly format: 'dicom' | 'nifti' | 'nrrd' | 'mgh' | 'derived';
  readonly modality: string;
  readonly description: string;
  /** x, y, z, and the number of phases. */
  readonly size: readonly [number, number, number, number];
  /** Undefined when the files give no usable geometry: pictures are shown, millimetres are refused. */
  readonly affine: Affine | undefined;
  readonly spacing: Vec3 | undefined;
  /** Acquisition time of each phase, seconds from the first; undefined for one phase or when the files are silent. */
  readonly times: readonly number[] | undefined;
  /** b-value of each phase, s/mm², of a diffusion series: its phases are weightings, not times. */
  readonly bValues?: readonly number[];
  /** Settings of each phase (MR); where the flip angle or inversion time differs, phases may be weightings, not times. */
  readonly protocol?: SeriesProtocol;
  readonly unit: IntensityUnit;
  /** Photometric interpretation MONOCHROME1: low values are bright on screen. */
  readonly inverted: boolean;
  /** Number of colour samples a pixel (1 or 3). Colour series are shown, not measured. */
  readonly samples: number;
  readonly frameOfReference: string;
  /** Paths of the source files. */
  readonly files: readonly string[];
  /** One per plane, phase-major: `planes[phase · size[2] + slice]`. Empty for NIfTI, NRRD and MGH. */
  readonly planes: readonly FrameRef[];
  /** Window centre and width from the file, when stated. */
  readonly window?: readonly [number, number];
  readonly findings: readonly Finding[];
  /** How it was made from another series, where it was. */
  readonly preprocessing?: PreprocessingRecord;
}
