import type { Finding } from '../../core/finding.ts';
import type { Perturbation, PerturbationRanges } from '../../quality/perturbations/perturbation.ts';
import type { PairedRegions, ReaderRegion, RegionPair } from '../../quality/readers/pair-regions.ts';
import type { MaskComparison } from '../../regions/compare.ts';
import type { ExtractionSettings } from '../../radiomics/settings.ts';
import type { RepeatabilityOptions, RepeatabilityReport } from '../../statistics/verdict/repeated-table.ts';
import type { CallOptions } from '../call-options.ts';
import type { HeardVerdict } from '../quality/heard-verdict.ts';
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
  /** What the rules said before it was made; set by the engine. */
  readonly verdict?: HeardVerdict;
}

export interface ReaderPairsOptions extends CallOptions {
  /** For regions that fit several series or name none. */
  readonly series?: string;
  /** Ids of each reader's regions, where neither who drew nor the files tell. */
  readonly sides?: { readonly first: readonly string[]; readonly second: readonly string[] };
}

export interface ReaderProposal extends PairedRegions {
  /** What told the readers apart: who drew, the files that the regions came in, or nothing. */
  readonly by: 'reader' | 'file' | null;
  /** All regions of the study that lie on a series, to choose pairs from. */
  readonly regions: readonly (ReaderRegion & { readonly side: 'first' | 'second' })[];
}

export interface ReaderRequest {
  readonly study: Study;
  readonly pairs: readonly RegionPair[];
  /** Phase of every series; 0 by default. */
  readonly phase?: number;
  readonly settings: ExtractionSettings;
  readonly resample?: boolean;
  readonly statistics?: RepeatabilityOptions;
}

/** What came of comparing two readers. */
export interface ReaderStudy {
  /** How far the outlines of each pair agree. */
  readonly pairs: readonly (RegionPair & { readonly agreement: MaskComparison })[];
  /** Long table: subject, reader (1, 2), then one column a feature; as `repeatability` reads it. */
  readonly csv: string;
  readonly report: RepeatabilityReport;
  readonly findings: readonly Finding[];
  /** Hash of masks, images, settings and version: the same hash, the same table. */
  readonly hash: string;
  readonly milliseconds: number;
  /** What the rules said before it was made; set by the engine. */
  readonly verdict?: HeardVerdict;
}
