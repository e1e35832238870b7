import type { Aggregation } from './family.ts';

export type NameScheme = 'ibsi' | 'pyradiomics' | 'mirp';

/**
 * Names of pyradiomics (getters of its feature classes) for features of equal definition; facts taken from its
 * documentation by way of the crosswalk in shared/reference/pyradiomics. Left out on purpose: kurtosis, to which
 * pyradiomics adds 3, so that its name never stands over a different number.
 */
const PYRADIOMICS: Readonly<Record<string, string>> = {
  morph_pca_elongation: 'shape_Elongation',
  morph_pca_flatness: 'shape_Flatness',
  morph_pca_least_axis: 'shape_LeastAxisLength',
  morph_pca_maj_axis: 'shape_MajorAxisLength',
  morph_pca_min_axis: 'shape_MinorAxisLength',
  morph_diam: 'shape_Maximum3DDiameter',
  morph_volume: 'shape_MeshVolume',
  morph_sphericity: 'shape_Sphericity',
  morph_area_mesh: 'shape_SurfaceArea',
  morph_av: 'shape_SurfaceVolumeRatio',
  morph_vol_approx: 'shape_VoxelVolume',
  morph_comp_1: 'shape_Compactness1',
  morph_comp_2: 'shape_Compactness2',
  morph_sph_dispr: 'shape_SphericalDisproportion',
  stat_p10: 'firstorder_10Percentile',
  stat_p90: 'firstorder_90Percentile',
  stat_energy: 'firstorder_Energy',
  ih_entropy: 'firstorder_Entropy',
  stat_iqr: 'firstorder_InterquartileRange',
  stat_max: 'firstorder_Maximum',
  stat_mad: 'firstorder_MeanAbsoluteDeviation',
  stat_mean: 'firstorder_Mean',
  stat_median: 'firstorder_Median',
  stat_min: 'firstorder_Minimum',
  stat_range: 'firstorder_Range',
  stat_rmad: 'firstorder_RobustMeanAbsoluteDeviation',
  stat_rms: 'firstorder_RootMeanSquared',
  stat_skew: 'firstorder_Skewness',
  ih_uniformity: 'firstorder_Uniformity',
  stat_var: 'firstorder_Variance',
  cm_auto_corr: 'glcm_Autocorrelation',
  cm_clust_prom: 'glcm_ClusterProminence',
  cm_clust_shade: 'glcm_ClusterShade',
  cm_clust_tend: 'glcm_ClusterTendency',
  cm_contrast: 'glcm_Contrast',
  cm_corr: 'glcm_Correlation',
  cm_diff_avg: 'glcm_DifferenceAverage',
  cm_diff_entr: 'glcm_DifferenceEntropy',
  cm_diff_var: 'glcm_DifferenceVariance',
  cm_inv_diff: 'glcm_Id',
  cm_inv_diff_mom: 'glcm_Idm',
  cm_inv_diff_mom_norm: 'glcm_Idmn',
  cm_inv_diff_norm: 'glcm_Idn',
  cm_info_corr1: 'glcm_Imc1',
  cm_info_corr2: 'glcm_Imc2',
  cm_inv_var: 'glcm_InverseVariance',
  cm_joint_avg: 'glcm_JointAverage',
  cm_energy: 'glcm_JointEnergy',
  cm_joint_entr: 'glcm_JointEntropy',
  cm_joint_max: 'glcm_MaximumProbability',
  cm_sum_avg: 'glcm_SumAverage',
  cm_sum_entr: 'glcm_SumEntropy',
  cm_joint_var: 'glcm_SumSquares',
  ngl_dc_entr: 'gldm_DependenceEntropy',
  ngl_dcnu: 'gldm_DependenceNonUniformity',
  ngl_dcnu_norm: 'gldm_DependenceNonUniformityNormalized',
  ngl_dc_var: 'gldm_DependenceVariance',
  ngl_glnu: 'gldm_GrayLevelNonUniformity',
  ngl_gl_var: 'gldm_GrayLevelVariance',
  ngl_hgce: 'gldm_HighGrayLevelEmphasis',
  ngl_hde: 'gldm_LargeDependenceEmphasis',
  ngl_hdhge: 'gldm_LargeDependenceHighGrayLevelEmphasis',
  ngl_hdlge: 'gldm_LargeDependenceLowGrayLevelEmphasis',
  ngl_lgce: 'gldm_LowGrayLevelEmphasis',
  ngl_lde: 'gldm_SmallDependenceEmphasis',
  ngl_ldhge: 'gldm_SmallDependenceHighGrayLevelEmphasis',
  ngl_ldlge: 'gldm_SmallDependenceLowGrayLevelEmphasis',
  rlm_glnu: 'glrlm_GrayLevelNonUniformity',
  rlm_glnu_norm: 'glrlm_GrayLevelNonUniformityNormalized',
  rlm_gl_var: 'glrlm_GrayLevelVariance',
  rlm_hgre: 'glrlm_HighGrayLevelRunEmphasis',
  rlm_lre: 'glrlm_LongRunEmphasis',
  rlm_lrhge: 'glrlm_LongRunHighGrayLevelEmphasis',
  rlm_lrlge: 'glrlm_LongRunLowGrayLevelEmphasis',
  rlm_lgre: 'glrlm_LowGrayLevelRunEmphasis',
  rlm_rl_entr: 'glrlm_RunEntropy',
  rlm_rlnu: 'glrlm_RunLengthNonUniformity',
  rlm_rlnu_norm: 'glrlm_RunLengthNonUniformityNormalized',
  rlm_r_perc: 'glrlm_RunPercentage',
  rlm_rl_var: 'glrlm_RunVariance',
  rlm_sre: 'glrlm_ShortRunEmphasis',
  rlm_srhge: 'glrlm_ShortRunHighGrayLevelEmphasis',
  rlm_srlge: 'glrlm_ShortRunLowGrayLevelEmphasis',
  szm_glnu: 'glszm_GrayLevelNonUniformity',
  szm_glnu_norm: 'glszm_GrayLevelNonUniformityNormalized',
  szm_gl_var: 'glszm_GrayLevelVariance',
  szm_hgze: 'glszm_HighGrayLevelZoneEmphasis',
  szm_lze: 'glszm_LargeAreaEmphasis',
  szm_lzhge: 'glszm_LargeAreaHighGrayLevelEmphasis',
  szm_lzlge: 'glszm_LargeAreaLowGrayLevelEmphasis',
  szm_lgze: 'glszm_LowGrayLevelZoneEmphasis',
  szm_zsnu: 'glszm_SizeZoneNonUniformity',
  szm_zsnu_norm: 'glszm_SizeZoneNonUniformityNormalized',
  szm_sze: 'glszm_SmallAreaEmphasis',
  szm_szhge: 'glszm_SmallAreaHighGrayLevelEmphasis',
  szm_szlge: 'glszm_SmallAreaLowGrayLevelEmphasis',
  szm_zs_entr: 'glszm_ZoneEntropy',
  szm_z_perc: 'glszm_ZonePercentage',
  szm_zs_var: 'glszm_ZoneVariance',
  ngt_busyness: 'ngtdm_Busyness',
  ngt_coarseness: 'ngtdm_Coarseness',
  ngt_complexity: 'ngtdm_Complexity',
  ngt_contrast: 'ngtdm_Contrast',
  ngt_strength: 'ngtdm_Strength',
};

/** Endings of MIRP; texture names of MIRP go on with distance and discretisation, which stand in the settings here. */
const MIRP_ENDINGS: Readonly<Record<Aggregation, string>> = {
  '2D:avg': '_2d_avg',
  '2D:mrg': '_2d_s_mrg',
  '2.5D:avg': '_2.5d_d_mrg',
  '2.5D:mrg': '_2.5d_v_mrg',
  '3D:avg': '_3d_avg',
  '3D:mrg': '_3d_v_mrg',
  '2D': '_2d',
  '2.5D': '_2.5d',
  '3D': '_3d',
};

/** The name in pyradiomics of a feature of equal definition, as `glcm_Contrast`; null where there is none. */
export const pyradiomicsName = (tag: string): string | null =>
  Object.hasOwn(PYRADIOMICS, tag) ? PYRADIOMICS[tag]! : null;

/** Tags of the profile `pyradiomics`: its features keep their name in every scheme, since they follow no other. */
const PROFILE = /^(shape|shape2D|firstorder|glcm|glrlm|glszm|gldm|ngtdm)_/;

/** Prefixes of the tags of texture families, which come in several aggregations. */
const TEXTURE = /^(cm|rlm|szm|dzm|ngt|ngl)_/;

/**
 * Export name of a feature, unique over all aggregations.
 * - ibsi: the tag, and for texture the aggregation: `cm_contrast_3D:mrg`.
 * - pyradiomics: `original_glcm_Contrast` for what pyradiomics computes (3D, averaged over directions); other
 *   aggregations get an ending.
 * - mirp: `cm_contrast_3d_v_mrg`.
 * A feature without a name in the scheme keeps its IBSI name; those of the profile `pyradiomics` keep theirs.
 */
export function columnName(
  { tag, aggregation }: { readonly tag: string; readonly aggregation: Aggregation },
  scheme: NameScheme,
): string {
  if (PROFILE.test(tag)) return `original_${tag}`;
  const texture = TEXTURE.test(tag);
  if (scheme === 'mirp') return texture ? tag + MIRP_ENDINGS[aggregation] : tag;
  const name = pyradiomicsName(tag);
  if (scheme === 'pyradiomics' && name !== null) {
    const plain = aggregation === '3D:avg' || aggregation === '3D';
    return `original_${name}${plain ? '' : `_${aggregation}`}`;
  }
  return texture ? `${tag}_${aggregation}` : tag;
}
