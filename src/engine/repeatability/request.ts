import type { Perturbation, PerturbationRanges } from '../../quality/perturbations/perturbation.ts';
import type { ExtractionSettings } from '../../radiomics/settings.ts';
import type { RepeatabilityOptions, RepeatabilityReport } from '../../statistics/verdict/repeated-table.ts';
import type { Study } from '../study/study.ts';

export interface PerturbationRequest {
  readonly study: Study;
  readonly series: string;
  readonly phase?: number;
  /** Ids of the regions; each is a subject of the verdict table. */
  readonly regions: readonly string[];
  readonly settings: ExtractionSettings;
  readonly ranges: PerturbationRanges;
  /** From 2. */
  readonly runs: number;
  readonly seed: number;
  readonly resample?: boolean;
  readonly statistics?: RepeatabilityOptions;
}

/** What came of a perturbation study. */
export interface PerturbationStudy {
  readonly perturbations: readonly Perturbation[];
  readonly ranges: PerturbationRanges;
  readonly seed: number;
  /** Long table: subject, perturbation, then one column a feature; as `repeatability` reads it. */
  readonly csv: string;
  readonly report: RepeatabilityReport;
  /** Hash of image, masks, settings, ranges, seed and version: the same hash, the same table. */
  readonly hash: string;
  readonly milliseconds: number;
}
