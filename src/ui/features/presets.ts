import type { ExtractionSettings } from '../../radiomics/settings.ts';

type Part = Omit<ExtractionSettings, keyof typeof common> & { readonly profile?: 'pyradiomics' };

/** What all presets share: symmetric GLCM at Chebyshev distance 1, α = 0, every family, every aggregation. */
const common = {
  texture: { distance: 1, ngldm_alpha: 0, distance_weighting: 'none', glcm_symmetric: true },
  families: null,
  aggregations: null,
  profile: 'ibsi',
  pyradiomics: {
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
  },
} as const;

const preset = <Id extends string>(id: Id, settings: Part) => ({ id, settings: { ...common, ...settings } });

const asIs = { method: 'none', bins: 1000, width: 2.5 } as const;
const resampled = (axes: readonly [number | null, number | null, number | null], image: 'linear' | 'cubic') =>
  ({ spacing: axes, image, mask: 'linear', mask_threshold: 0.5, round: true }) as const;

/**
 * Named settings. `pyradiomics` is the profile of that name as its parameter files leave it by default. `ibsi-A` … `ibsi-E` are the five configurations of the IBSI 1 CT phantom, `ibsi-digital` that of
 * the digital phantom (SPEC §6.2, IBSI reference manual chapter 5).
 */
export const PRESETS = [
  preset('default', {
    approach: '3D',
    image: { round_on_load: false },
    interpolation: null,
    resegmentation: { range: null, outlier_sigma: null },
    discretisation: { method: 'FBN', bins: 32, width: 25 },
    ivh: asIs,
  }),
  preset('ct-25', {
    approach: '3D',
    image: { round_on_load: true },
    interpolation: resampled([1, 1, 1], 'linear'),
    resegmentation: { range: [-1000, 400], outlier_sigma: null },
    discretisation: { method: 'FBS', bins: 32, width: 25 },
    ivh: { method: 'FBS', bins: 1000, width: 2.5 },
  }),
  preset('ibsi-A', {
    approach: '2D',
    image: { round_on_load: false },
    interpolation: null,
    resegmentation: { range: [-500, 400], outlier_sigma: null },
    discretisation: { method: 'FBS', bins: 32, width: 25 },
    ivh: asIs,
  }),
  preset('ibsi-B', {
    approach: '2D',
    image: { round_on_load: true },
    interpolation: resampled([2, 2, null], 'linear'),
    resegmentation: { range: [-500, 400], outlier_sigma: null },
    discretisation: { method: 'FBN', bins: 32, width: 25 },
    ivh: asIs,
  }),
  preset('ibsi-C', {
    approach: '3D',
    image: { round_on_load: true },
    interpolation: resampled([2, 2, 2], 'linear'),
    resegmentation: { range: [-1000, 400], outlier_sigma: null },
    discretisation: { method: 'FBS', bins: 32, width: 25 },
    ivh: { method: 'FBS', bins: 1000, width: 2.5 },
  }),
  preset('ibsi-D', {
    approach: '3D',
    image: { round_on_load: true },
    interpolation: resampled([2, 2, 2], 'linear'),
    resegmentation: { range: null, outlier_sigma: 3 },
    discretisation: { method: 'FBN', bins: 32, width: 25 },
    ivh: asIs,
  }),
  preset('ibsi-E', {
    approach: '3D',
    image: { round_on_load: true },
    interpolation: resampled([2, 2, 2], 'cubic'),
    resegmentation: { range: [-1000, 400], outlier_sigma: 3 },
    discretisation: { method: 'FBN', bins: 32, width: 25 },
    ivh: { method: 'FBN', bins: 1000, width: 2.5 },
  }),
  preset('pyradiomics', {
    profile: 'pyradiomics',
    approach: '3D',
    image: { round_on_load: false },
    interpolation: null,
    resegmentation: { range: null, outlier_sigma: null },
    discretisation: { method: 'FBS', bins: 32, width: 25 },
    ivh: asIs,
  }),
  preset('ibsi-digital', {
    approach: '3D',
    image: { round_on_load: false },
    interpolation: null,
    resegmentation: { range: null, outlier_sigma: null },
    discretisation: { method: 'none', bins: 32, width: 25 },
    ivh: asIs,
  }),
] as const satisfies readonly { id: string; settings: ExtractionSettings }[];

export type PresetId = (typeof PRESETS)[number]['id'];

export const DEFAULT_PRESET: { readonly id: PresetId; readonly settings: ExtractionSettings } = PRESETS[0];

/** The preset that these settings are, or null when they were changed by hand. */
export function presetOf(settings: ExtractionSettings): PresetId | null {
  const text = canonical(settings);
  return PRESETS.find((p) => canonical(p.settings) === text)?.id ?? null;
}

/** Do two settings ask for the same? The order of keys does not matter. */
export const sameSettings = (a: ExtractionSettings, b: ExtractionSettings): boolean =>
  canonical(a) === canonical(b);

/** Text of a value with the keys of its objects in order. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `{${Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([k, v]) => `${k}:${canonical(v)}`)
    .join()}}`;
}
