import type { Family, FeatureDefinition } from '../family.ts';
import { pyradiomicsName } from '../names.ts';
import { FAMILIES } from '../registry.ts';
import type { ClassContext, ClassValues } from './class.ts';
import { firstOrderClass } from './first-order.ts';
import { glcmClass } from './glcm.ts';
import { gldmClass, glrlmClass, glszmClass } from './level-classes.ts';
import { ngtdmClass } from './ngtdm.ts';
import { shape2dClass, shapeClass } from './shape.ts';

/** A feature class of PyRadiomics. */
export interface FeatureClass {
  readonly id: string;
  /** IBSI families that stand for the class in `families` of the settings. */
  readonly families: readonly string[];
  /** Names in the order of the original's tables (by alphabet). */
  readonly features: readonly string[];
  readonly compute: (context: ClassContext) => ClassValues;
  /** Of which mask: the drawn one, or the re-segmented one with its levels. */
  readonly measures: 'shape' | 'intensities' | 'texture';
  /** One matrix for each angle, so that features are averaged over angles. */
  readonly angles: boolean;
}

const words = (text: string): string[] => text.trim().split(/\s+/);

/** Features that the original computes only when they are named, because others say the same. */
const ON_DEMAND: Readonly<Record<string, readonly string[]>> = {
  firstorder: ['StandardDeviation'],
  shape: ['Compactness1', 'Compactness2', 'SphericalDisproportion'],
  shape2D: ['SphericalDisproportion'],
};

export const CLASSES: readonly FeatureClass[] = [
  {
    id: 'shape',
    families: ['morphology'],
    features: words(`Elongation Flatness LeastAxisLength MajorAxisLength Maximum2DDiameterColumn
      Maximum2DDiameterRow Maximum2DDiameterSlice Maximum3DDiameter MeshVolume MinorAxisLength Sphericity
      SurfaceArea SurfaceVolumeRatio VoxelVolume`),
    compute: shapeClass,
    measures: 'shape',
    angles: false,
  },
  {
    id: 'shape2D',
    families: ['morphology'],
    features: words(`Elongation MajorAxisLength MaximumDiameter MeshSurface MinorAxisLength Perimeter
      PerimeterSurfaceRatio PixelSurface Sphericity`),
    compute: shape2dClass,
    measures: 'shape',
    angles: false,
  },
  {
    id: 'firstorder',
    families: ['intensity_statistics', 'intensity_histogram'],
    features: words(`10Percentile 90Percentile Energy Entropy InterquartileRange Kurtosis Maximum
      MeanAbsoluteDeviation Mean Median Minimum Range RobustMeanAbsoluteDeviation RootMeanSquared Skewness
      TotalEnergy Uniformity Variance`),
    compute: firstOrderClass,
    measures: 'intensities',
    angles: false,
  },
  {
    id: 'glcm',
    families: ['glcm'],
    features: words(`Autocorrelation ClusterProminence ClusterShade ClusterTendency Contrast Correlation
      DifferenceAverage DifferenceEntropy DifferenceVariance Id Idm Idmn Idn Imc1 Imc2 InverseVariance
      JointAverage JointEnergy JointEntropy MCC MaximumProbability SumAverage SumEntropy SumSquares`),
    compute: glcmClass,
    measures: 'texture',
    angles: true,
  },
  {
    id: 'glrlm',
    families: ['glrlm'],
    features: words(`GrayLevelNonUniformity GrayLevelNonUniformityNormalized GrayLevelVariance
      HighGrayLevelRunEmphasis LongRunEmphasis LongRunHighGrayLevelEmphasis LongRunLowGrayLevelEmphasis
      LowGrayLevelRunEmphasis RunEntropy RunLengthNonUniformity RunLengthNonUniformityNormalized RunPercentage
      RunVariance ShortRunEmphasis ShortRunHighGrayLevelEmphasis ShortRunLowGrayLevelEmphasis`),
    compute: glrlmClass,
    measures: 'texture',
    angles: true,
  },
  {
    id: 'glszm',
    families: ['glszm'],
    features: words(`GrayLevelNonUniformity GrayLevelNonUniformityNormalized GrayLevelVariance
      HighGrayLevelZoneEmphasis LargeAreaEmphasis LargeAreaHighGrayLevelEmphasis LargeAreaLowGrayLevelEmphasis
      LowGrayLevelZoneEmphasis SizeZoneNonUniformity SizeZoneNonUniformityNormalized SmallAreaEmphasis
      SmallAreaHighGrayLevelEmphasis SmallAreaLowGrayLevelEmphasis ZoneEntropy ZonePercentage ZoneVariance`),
    compute: glszmClass,
    measures: 'texture',
    angles: false,
  },
  {
    id: 'gldm',
    families: ['ngldm'],
    features: words(`DependenceEntropy DependenceNonUniformity DependenceNonUniformityNormalized
      DependenceVariance GrayLevelNonUniformity GrayLevelVariance HighGrayLevelEmphasis
      LargeDependenceEmphasis LargeDependenceHighGrayLevelEmphasis LargeDependenceLowGrayLevelEmphasis
      LowGrayLevelEmphasis SmallDependenceEmphasis SmallDependenceHighGrayLevelEmphasis
      SmallDependenceLowGrayLevelEmphasis`),
    compute: gldmClass,
    measures: 'texture',
    angles: false,
  },
  {
    id: 'ngtdm',
    families: ['ngtdm'],
    features: words('Busyness Coarseness Complexity Contrast Strength'),
    compute: ngtdmClass,
    measures: 'texture',
    angles: false,
  },
];

/** Every feature of a class that can be asked for by name. */
export const namesOf = ({ id, features }: FeatureClass): readonly string[] => [
  ...features,
  ...(ON_DEMAND[id] ?? []),
];

/** Units of what IBSI does not have. */
const UNITS: Readonly<Record<string, string>> = {
  shape_Maximum2DDiameterColumn: 'mm',
  shape_Maximum2DDiameterRow: 'mm',
  shape_Maximum2DDiameterSlice: 'mm',
  shape2D_MajorAxisLength: 'mm',
  shape2D_MaximumDiameter: 'mm',
  shape2D_MeshSurface: 'mm²',
  shape2D_MinorAxisLength: 'mm',
  shape2D_Perimeter: 'mm',
  shape2D_PerimeterSurfaceRatio: '1/mm',
  shape2D_PixelSurface: 'mm²',
  firstorder_StandardDeviation: 'intensity',
  firstorder_TotalEnergy: 'intensity²·mm³',
};

let counterparts: ReadonlyMap<string, FeatureDefinition> | null = null;

/** IBSI code and unit of the feature with the same definition (crosswalk), an empty code where there is none. */
export function counterpartOf(tag: string): Pick<FeatureDefinition, 'ibsi' | 'unit'> {
  counterparts ??= new Map(
    FAMILIES.flatMap((family: Family) => family.features).flatMap((f) => {
      const name = pyradiomicsName(f.tag);
      return name === null ? [] : [[name, f] as const];
    }),
  );
  return counterparts.get(tag) ?? { ibsi: '', unit: UNITS[tag] ?? '1' };
}
