import type { Attributes } from './dicom.ts';
import type { Affine, Size3 } from './geometry.ts';
import type { VolumeData } from './volume.ts';

/** Stored pixel values as the file holds them: before rescale, before any colour conversion. */
export type StoredValues =
  Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

/** Decoded pixel data of one DICOM instance; order frames, rows, columns, samples (samples interleaved). */
export interface DecodedPixels {
  readonly columns: number;
  readonly rows: number;
  readonly frames: number;
  readonly samples: number;
  readonly values: StoredValues;
  /** What the reader has to say: lossy compression, missing last frames marked, bits beyond BitsStored, … */
  readonly warnings: readonly string[];
}

/** What a parsed DICOM file is. `object`: a valid instance that is no image (SR, RTSTRUCT, RWV, DICOMDIR …). */
export interface DicomInstance {
  readonly format: 'dicom';
  readonly file: string;
  readonly kind: 'image' | 'object';
  /** For objects: `rtstruct`, `seg`, `sr`, `rtplan`, `dicomdir`, `pdf`, `waveform`, `pr`, `ko`, `rwv`, `ann`, `no_pixel_data`, … */
  readonly objectKind?: string;
  readonly transferSyntax: string;
  /** Data set with the file meta group (0002) in it. Bulk data are left out. */
  readonly attributes: Attributes;
  /** Remarks of the reader that concern trust: charset unknown, length odd, duplicate elements, … */
  readonly warnings: readonly string[];
}

/** What a file says of one label of its own: value in one volume of the fourth axis (from 0), name (may be empty). */
export interface ImageLabel {
  readonly volume: number;
  readonly value: number;
  readonly name: string;
  readonly colour?: readonly [number, number, number];
}

/** A NIfTI, NRRD or MGH file, read whole. Time or channel is the fourth dimension. */
export interface ImageFile {
  readonly format: 'nifti' | 'nrrd' | 'mgh';
  readonly file: string;
  readonly size: Size3;
  /** Length of the fourth axis and beyond, flattened; 1 for a single volume. */
  readonly count: number;
  /** Voxel to LPS millimetres; the readers turn RAS into LPS. */
  readonly affine: Affine;
  /** Scaled values, x fastest, then y, z, and the fourth axis. */
  readonly data: VolumeData;
  /** Type on disk, in the format's own word (`int16`, `unsigned char`). */
  readonly storedType: string;
  /** True when every value is a whole number from 0 to 65535, so that the file may be a label map. */
  readonly integral: boolean;
  /** Seconds between volumes of the fourth axis when the file says, else undefined. */
  readonly timeStep?: number;
  /** Names and colours of labels, when the file is a segmentation that carries them. */
  readonly labels?: readonly ImageLabel[];
  readonly warnings: readonly string[];
}
