import type {
  DiscretisationSettings,
  InterpolationSettings,
  ResegmentationSettings,
} from '../imaging/chain-settings.ts';
import { DEFAULT_PYRADIOMICS, type PyradiomicsSettings } from './pyradiomics/settings.ts';

export type { DiscretisationSettings, InterpolationSettings };

/** Settings of one extraction, as in the YAML of the command line (DESIGN §5.2). Defaults: `DEFAULT_SETTINGS`. */
export interface ExtractionSettings {
  /** Whose definitions: those of IBSI, or those of PyRadiomics as a whole (`src/radiomics/pyradiomics`). */
  readonly profile: 'ibsi' | 'pyradiomics';
  readonly approach: '2D' | '3D';
  readonly image: { readonly round_on_load: boolean };
  readonly interpolation: InterpolationSettings | null;
  readonly resegmentation: ResegmentationSettings;
  readonly discretisation: DiscretisationSettings;
  readonly ivh: IvhSettings;
  readonly texture: TextureSettings;
  /** Family ids; null: all. */
  readonly families: readonly string[] | null;
  /** Aggregations; null: all that the approach allows. */
  readonly aggregations: readonly string[] | null;
  /** What only the profile `pyradiomics` knows; the IBSI path does not read it. */
  readonly pyradiomics: PyradiomicsSettings;
}

export interface IvhSettings {
  readonly method: 'none' | 'FBN' | 'FBS';
  readonly bins: number;
  readonly width: number;
}

export interface TextureSettings {
  /** Chebyshev distance of pairs and neighbourhoods. */
  readonly distance: number;
  /** Coarseness α of the NGLDM. */
  readonly ngldm_alpha: number;
  /** Weight of a direction by its length in mm: none, or exp(−‖m‖²) by norm. */
  readonly distance_weighting: 'none' | 'manhattan' | 'euclidean' | 'chebyshev';
  /** GLCM counted both ways. */
  readonly glcm_symmetric: boolean;
}

export const DEFAULT_SETTINGS: ExtractionSettings = {
  profile: 'ibsi',
  approach: '3D',
  image: { round_on_load: false },
  interpolation: null,
  resegmentation: { range: null, outlier_sigma: null },
  discretisation: { method: 'FBN', bins: 32, width: 25 },
  ivh: { method: 'none', bins: 1000, width: 2.5 },
  texture: { distance: 1, ngldm_alpha: 0, distance_weighting: 'none', glcm_symmetric: true },
  families: null,
  aggregations: null,
  pyradiomics: DEFAULT_PYRADIOMICS,
};
