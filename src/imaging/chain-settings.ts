/** The part of the extraction settings that the image chain obeys (DESIGN §5.2). */
export interface ChainSettings {
  readonly approach: '2D' | '3D';
  readonly image: { readonly round_on_load: boolean };
  readonly interpolation: InterpolationSettings | null;
  readonly resegmentation: ResegmentationSettings;
  readonly discretisation: DiscretisationSettings;
  readonly texture: { readonly distance: number };
  /** Family ids; null: all. Without local intensity the box around the region may be tighter. */
  readonly families: readonly string[] | null;
}

export interface InterpolationSettings {
  /** New voxel edge in mm for each axis; null keeps that axis. */
  readonly spacing: readonly [number | null, number | null, number | null];
  readonly image: 'nearest' | 'linear' | 'cubic';
  readonly mask: 'nearest' | 'linear' | 'cubic';
  readonly mask_threshold: number;
  /** Round interpolated intensities to whole numbers (CT). */
  readonly round: boolean;
}

export interface ResegmentationSettings {
  /** Closed range of intensities that stay; null on a side leaves it open. */
  readonly range: readonly [number | null, number | null] | null;
  /** Keep intensities within this many standard deviations of the region's mean. */
  readonly outlier_sigma: number | null;
}

export interface DiscretisationSettings {
  readonly method: 'FBN' | 'FBS' | 'none';
  /** Number of bins of FBN. */
  readonly bins: number;
  /** Bin width of FBS, in intensity units. */
  readonly width: number;
}
