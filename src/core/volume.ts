import type { Grid } from './geometry.ts';

/** What the intensities of a volume mean. `arbitrary`: MR and other uncalibrated signals. */
export type IntensityUnit =
  'HU' | 'SUVbw' | 'Bq/mL' | 'CNTS' | 'GML' | 'mm²/s' | 'Gy' | 'percent' | 'arbitrary' | (string & {});

export type VolumeData = Float32Array | Float64Array;

/** One three-dimensional image: rescaled intensities on a grid. Padding voxels are NaN. */
export interface Volume {
  readonly grid: Grid;
  readonly data: VolumeData;
  readonly unit: IntensityUnit;
  /** DICOM modality code (`CT`, `MR`, `PT`, …), or empty when the file does not say. */
  readonly modality: string;
}

/** A binary region on a grid: 1 inside, 0 outside, one byte a voxel. */
export interface Mask {
  readonly grid: Grid;
  readonly data: Uint8Array;
  readonly name: string;
  /** Display colour, sRGB 0-255. */
  readonly colour: readonly [number, number, number];
}
