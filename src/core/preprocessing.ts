import type { Localised } from './localised.ts';

/** One number that a step of preprocessing is judged by; null where there is nothing to measure. */
export interface StepFigure {
  readonly id: string;
  readonly label: Localised;
  readonly value: number | null;
  readonly unit: string;
  /** `warn` where the number lies beyond its limit. */
  readonly verdict?: 'pass' | 'warn';
}

/** One step as it was done: settings in full, and what came of it. */
export interface RecordedStep {
  readonly id: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly figures: readonly StepFigure[];
}

/** How an image came to be from another: kept with the series and with every table made from it. */
export interface PreprocessingRecord {
  /** UID and description of the series that it was made from, and the phase, from 0. */
  readonly source: { readonly uid: string; readonly description: string; readonly phase: number };
  /** Name of the region that steps were confined to; null: the body. */
  readonly region: string | null;
  /** Descriptions of the images that a common scale was taken from. */
  readonly references: readonly string[];
  readonly steps: readonly RecordedStep[];
  /** Intensities are on a scale that patients share. */
  readonly normalised: boolean;
  readonly software: { readonly name: 'kinetex'; readonly version: string; readonly kernels: string };
}
