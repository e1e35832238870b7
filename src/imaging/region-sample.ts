import type { Size3, Vec3 } from '../core/geometry.ts';
import type { IntensityUnit } from '../core/volume.ts';

/**
 * What the image chain hands to the families: the processed image around one region, on one grid.
 * Arrays cover the region's bounding box with a margin (see `chain.ts`), x fastest.
 */
export interface RegionSample {
  readonly size: Size3;
  /** Voxel edges, mm. */
  readonly spacing: Vec3;
  readonly unit: IntensityUnit;
  /** Processed intensities, also outside the region (local peaks look there). NaN where the image has no value. */
  readonly image: Float64Array;
  /** 1 in the morphological mask (after interpolation, before re-segmentation). */
  readonly morphological: Uint8Array;
  /** 1 in the intensity mask (after re-segmentation). Always a subset of `morphological`. */
  readonly intensity: Uint8Array;
  /** True at each side where the box ends at the border of the image: [x−, x+, y−, y+, z−, z+]. */
  readonly atImageBorder: readonly [boolean, boolean, boolean, boolean, boolean, boolean];
  /** Grey levels of the intensity mask, 1 … `bins`, 0 outside; null when discretisation has no meaning here. */
  readonly discretised: Discretised | null;
  /** Range of the re-segmentation settings, when given: the IVH of calibrated units spans it. */
  readonly resegmentationRange: readonly [number | null, number | null] | null;
}

export interface Discretised {
  readonly levels: Uint16Array;
  /** N_g: FBN, the number of bins asked; FBS, the highest level that occurs. */
  readonly bins: number;
  readonly method: 'FBN' | 'FBS' | 'none';
  /** Lower edge of bin 1 and bin width, in intensity units. */
  readonly lower: number;
  readonly width: number;
}
