import type { KernelModule } from '../core/kernel-module.ts';
import type { Localised } from '../core/localised.ts';
import type { RegionSample } from './region-sample.ts';
import type { TextureSettings, IvhSettings } from './settings.ts';
import type { SliceMatrixView } from './slice-matrix.ts';

/** IBSI aggregation: how matrices of directions and slices become one value. Families without matrices use `3D`. */
export type Aggregation =
  '2D:avg' | '2D:mrg' | '2.5D:avg' | '2.5D:mrg' | '3D:avg' | '3D:mrg' | '2D' | '2.5D' | '3D';

/** What a feature is; tables, settings forms, help and docs are generated from these. */
export interface FeatureDefinition {
  /** Tag of the IBSI reference tables, such as `cm_contrast`. Unique over all families. */
  readonly tag: string;
  /** Four-character IBSI code, such as `ACUI`. */
  readonly ibsi: string;
  /** IBSI name, English. */
  readonly name: string;
  /** TeX, shown as MathML: the right-hand side with its left-hand side, e.g. `F = \sum_{i,j} (i-j)^2 p_{ij}`. */
  readonly formula: string;
  /** `1` for pure numbers; `intensity`, `intensity²`, `mm`, `mm²`, `mm³`, `1/mm`, `bit`, `grey level` … */
  readonly unit: string;
  /** Closed range of possible values; null where unbounded on that side. */
  readonly range: readonly [number | null, number | null];
  /** One plain sentence on what it measures, for a person who has not met it. */
  readonly help: Localised;
  /** What a region looks like where the value is high, and where it is low. */
  readonly reading?: { readonly high: Localised; readonly low: Localised };
}

/** Why a feature has no value. The words live in `reasons.ts`. */
export type AbsenceReason =
  | 'region_empty'
  | 'single_voxel'
  | 'flat_region'
  | 'no_pairs' // no neighbouring voxels in the region
  | 'zero_mean'
  | 'zero_denominator'
  | 'mesh_impossible'
  | 'not_enough_voxels'
  | 'geometry_unknown'
  | 'too_many_levels'
  | 'needs_discretisation'
  | 'outside_approach'
  | 'limit_undefined'
  | 'computation_failed'; // the family stopped with an error; a finding says so

export interface FeatureValue {
  readonly tag: string;
  readonly aggregation: Aggregation;
  /** Null exactly when `reason` is given; never NaN and never 0 in disguise. */
  readonly value: number | null;
  readonly reason?: AbsenceReason;
}

export interface FamilyContext {
  readonly sample: RegionSample;
  readonly texture: TextureSettings;
  readonly ivh: IvhSettings;
  readonly aggregations: readonly Aggregation[];
  /** Absent: the plain float64 reference of the room computes. */
  readonly kernels: KernelModule | null;
}

/** What an IBSI family is, apart from how it is computed: the page needs no more. */
export interface FamilyDescription {
  /** Word of the settings files and reference tables: `intensity_statistics`, `glcm`, … */
  readonly id: string;
  readonly ibsi: string;
  readonly label: Localised;
  readonly features: readonly FeatureDefinition[];
  /** Aggregations the family knows, of which the approach and the settings pick. */
  readonly aggregations: readonly Aggregation[];
}

/** A room of the radiomics house: definitions, computation and help of one IBSI family. */
export interface Family extends FamilyDescription {
  /** Every feature of the family in every asked aggregation, in the order of `features`. Never throws on odd regions. */
  readonly compute: (context: FamilyContext) => FeatureValue[];
  /** How the family's matrix of one slice is shown, for families that have one. */
  readonly matrix?: SliceMatrixView;
}
