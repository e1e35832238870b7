import type { JobContext } from '../../core/job-context.ts';
import type { KernelModule } from '../../core/kernel-module.ts';
import type { Localised } from '../../core/localised.ts';
import type { CheckedValues, Parameter } from '../../core/parameters.ts';
import type { StepFigure } from '../../core/preprocessing.ts';
import type { Volume } from '../../core/volume.ts';

export const STEP_IDS = [
  'n4',
  'isotropic',
  'white-stripe',
  'nyul',
  'z-score',
  'reference-tissue',
  'histogram-matching',
] as const;
export type StepId = (typeof STEP_IDS)[number];

/** What a step works on. */
export interface StepContext {
  readonly volume: Volume;
  /** 1 where the region of the person lies; null when none was given: the body then takes its place. */
  readonly region: Uint8Array | null;
  /** 1 in the region, or else in the body: finite voxels that the numbers of the step come from. */
  readonly mask: Uint8Array;
  /** Other images, for a scale that several share, with the masks of their own. */
  readonly references: readonly MaskedVolume[];
  readonly values: CheckedValues;
  readonly kernels: KernelModule | null;
  readonly job: JobContext;
}

export interface MaskedVolume {
  readonly volume: Volume;
  readonly mask: Uint8Array;
}

/** What a step gives back; nothing of its input is changed. */
export interface StepResult {
  readonly volume: Volume;
  /** The region on the new grid, where the grid changed. */
  readonly region?: Uint8Array | null;
  readonly figures: readonly StepFigure[];
  /** Multiplicative field that was divided out, on the grid of the image. */
  readonly field?: Float32Array;
  /** Values on the axis of intensities to mark in the histogram before the step. */
  readonly marks?: readonly number[];
}

/** One step of preprocessing: image in, image out, with the figures that show what it did. A room of its own. */
export interface PreprocessingStep {
  readonly id: StepId;
  readonly label: Localised;
  /** One plain sentence: what it does, and when to take it. */
  readonly help: Localised;
  readonly source: string;
  readonly parameters: readonly Parameter[];
  /** The result is on a scale that patients share. */
  readonly normalises: boolean;
  /** Fewest other images that it needs. */
  readonly references: number;
  /** Has no meaning without a region of the person. */
  readonly needsRegion: boolean;
  /** @throws RefusedInput where the image has no answer, and what `job.checkCancelled` throws. */
  readonly run: (context: StepContext) => StepResult;
}
