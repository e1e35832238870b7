/**
 * Settings that only PyRadiomics has, under its own names in our spelling. What both have (bin width, re-segmentation
 * range, spacing, interpolator, α, weighting norm, symmetry, 2D or 3D) stands in the common part of the settings.
 */
export interface PyradiomicsSettings {
  /** Classes to compute, each with the names of its features, or null for all that are not deprecated; null: default. */
  readonly features: Readonly<Record<string, readonly string[] | null>> | null;
  /** Intensities become (x − mean)/deviation of the whole image, times `normalize_scale`. */
  readonly normalize: boolean;
  readonly normalize_scale: number;
  /** After normalising, values beyond so many standard deviations are set to that bound; null keeps them. */
  readonly remove_outliers: number | null;
  /** How `resegmentation.range` is meant: intensities, shares of the region's maximum, or deviations from its mean. */
  readonly resegment_mode: 'absolute' | 'relative' | 'sigma';
  /** Shape features of the re-segmented mask instead of the drawn one. */
  readonly resegment_shape: boolean;
  /** Added to intensities in Energy, TotalEnergy and RootMeanSquared. */
  readonly voxel_array_shift: number;
  /** Axis across the slices of the 2D approach, in the order of arrays: 0 is z, 1 is y, 2 is x. */
  readonly force2d_dimension: 0 | 1 | 2;
  /** Chebyshev distances of neighbours in GLCM, GLDM and NGTDM, all together; null: that of the texture settings. */
  readonly distances: readonly number[] | null;
  /** Matrices of all angles are added without weights (weighting norm `no_weighting`) instead of features averaged. */
  readonly merge_angles: boolean;
}

export const DEFAULT_PYRADIOMICS: PyradiomicsSettings = {
  features: null,
  normalize: false,
  normalize_scale: 1,
  remove_outliers: null,
  resegment_mode: 'absolute',
  resegment_shape: false,
  voxel_array_shift: 0,
  force2d_dimension: 0,
  distances: null,
  merge_angles: false,
};
