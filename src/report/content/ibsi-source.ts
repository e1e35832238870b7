import type { Language } from '../../core/localised.ts';
import type { Series } from '../../core/series.ts';
import type { RegionSource } from '../../core/region.ts';
import type { Headers } from '../../quality/rules/headers.ts';
import type { ExtractionSettings } from '../../radiomics/settings.ts';
import type { Words } from './words.ts';

/** What the guideline can be filled from. */
export interface IbsiSource {
  readonly language: Language;
  readonly words: Words;
  readonly series: Series;
  readonly headers: Headers;
  /** Null: no features were measured. */
  readonly settings: ExtractionSettings | null;
  readonly regions: readonly Pick<RegionSource, 'authorship' | 'shape'>[];
  /** Names of the regions as the report calls them, in their order. */
  readonly regionNames: readonly string[];
  readonly features: readonly {
    readonly family: string;
    readonly aggregation: string;
    readonly tag: string;
  }[];
  readonly software: { readonly name: string; readonly version: string; readonly kernels: string };
  readonly selfTest: { readonly passed: number; readonly failed: number } | null;
  /** The kinetic fit, when maps were made, and its series as the report calls it. */
  readonly kinetics: {
    readonly model: string;
    readonly series: string;
    /** Of the series that the rest of the guideline is about; false: of another one. */
    readonly own: boolean;
    readonly phases: number;
    readonly seconds: readonly [number, number];
    readonly motionCorrected: boolean;
  } | null;
}

/**
 * How an item of the guideline was answered here: `filled` with facts; `not_done` in this analysis; `not_applicable` to
 * this image or these settings.
 */
export interface IbsiFact {
  readonly state: 'filled' | 'not_done' | 'not_applicable';
  readonly value: string;
}

/** Takes down what is known of an item; an empty value leaves it open. */
export type Put = (number: number, value: string | undefined, state?: IbsiFact['state']) => void;
