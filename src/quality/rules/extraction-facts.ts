import type { Finding } from '../../core/finding.ts';
import type { Mask } from '../../core/volume.ts';
import type { ChainSettings } from '../../imaging/chain-settings.ts';
import type { Diagnostic } from '../../imaging/diagnostics.ts';

/** What bringing a region onto the grid of the series came to. */
export interface PlacingFacts {
  readonly region: string;
  readonly method: 'same_grid' | 'rasterised' | 'resampled';
  readonly findings: readonly Finding[];
}

/** Steps of the image chain whose order counts, in that order (IBSI reference manual, chapter 2). */
export const CHAIN_STEPS = [
  'conversion',
  'post-processing',
  'segmentation',
  'interpolation',
  're-segmentation',
  'discretisation',
] as const;
export type ChainStep = (typeof CHAIN_STEPS)[number];

/** One extraction, as far as rules look at it: a feature table of the engine is one. */
export interface ExtractionFacts {
  readonly settings: ChainSettings & { readonly profile: 'ibsi' | 'pyradiomics' };
  readonly image: { readonly unit: string };
  readonly mask: { readonly name: string };
  readonly diagnostics: readonly Diagnostic[];
  readonly features: readonly {
    readonly tag: string;
    readonly name: string;
    readonly value: number | null;
    /** Why there is no value, when that is known. */
    readonly reason?: string;
  }[];
  /** What the image chain said. */
  readonly findings: readonly Finding[];
  /** In the order in which they were done; absent when a file does not tell. */
  readonly steps?: readonly ChainStep[];
}

/** One patient of a cohort: volume of the region, mm³, and features by name. */
export interface CohortRow {
  readonly volume: number;
  readonly features: Readonly<Record<string, number>>;
}

/** Further facts about regions; what is absent is not assessable. */
export interface RegionFacts {
  readonly placing?: readonly PlacingFacts[];
  readonly extractions?: readonly ExtractionFacts[];
  readonly cohort?: readonly CohortRow[];
  /** Regions of a second reader on the same grid, under the names of the first reader's. */
  readonly secondReader?: readonly Mask[];
}
