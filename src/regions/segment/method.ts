import type { Finding } from '../../core/finding.ts';
import type { Size3, Vec3 } from '../../core/geometry.ts';
import type { JobContext } from '../../core/job-context.ts';
import type { KernelModule } from '../../core/kernel-module.ts';
import type { Localised } from '../../core/localised.ts';
import type { CheckedValues, Parameter } from '../../core/parameters.ts';

export const METHOD_IDS = [
  'k-means',
  'fuzzy-c-means',
  'gaussian-mixture',
  'pixel-classifier',
  'markov-random-field',
  'chan-vese',
  'geodesic-active-contour',
  'patch-network',
  'digital-biopsy',
] as const;
export type MethodId = (typeof METHOD_IDS)[number];

/**
 * What a person can give a method besides the image: clicked points, strokes of several classes, a box, a region.
 * Every method takes a box and a region to stay within; `region` here means one to start from.
 */
export type Need = 'seeds' | 'scribbles' | 'region';

export type Values = Float32Array | Float64Array;

/** The part of an image that a method works on: everything is cropped to the box, first axis fastest. */
export interface SegmentationInput {
  readonly size: Size3;
  /** Edge lengths of a voxel, mm. */
  readonly spacing: Vec3;
  readonly values: Values;
  /** 1 where a voxel takes part: it has a value and lies in the region to stay within. */
  readonly active: Uint8Array;
  /** Class of each marked voxel, from 1; 0 unmarked. Strokes outside `active` are gone. */
  readonly scribbles: Uint8Array | null;
  /** Voxel indices of clicked points, those inside the box. */
  readonly seeds: readonly number[];
  /** Region to start from. */
  readonly start: Uint8Array | null;
}

export interface MethodContext {
  readonly input: SegmentationInput;
  /** Checked: every parameter has a value within its bounds. */
  readonly values: CheckedValues;
  /** Absent: the plain float64 references compute. */
  readonly kernels: KernelModule | null;
  readonly job: JobContext;
}

/** One number about the result, to show beside it. */
export interface SegmentationFact {
  readonly id: string;
  readonly label: Localised;
  readonly value: number;
  /** `intensity`: that of the image; `answer`: 1 yes, 0 no; empty for pure numbers. */
  readonly unit: string;
  /** `warn` where the number lies beyond its limit; a finding then says so. */
  readonly verdict?: 'pass' | 'warn';
}

/** A course of numbers over the steps, such as an energy, to plot. */
export interface SegmentationCourse {
  readonly id: string;
  readonly label: Localised;
  readonly values: readonly number[];
}

/** What a method gives back; everything lies on the box of its input. */
export interface MethodResult {
  /** 0 outside, else the class, from 1. */
  readonly labels: Uint8Array;
  readonly classes: number;
  /** The class that is offered as the region, when the method can tell; null: the person picks. */
  readonly proposed: number | null;
  readonly facts: readonly SegmentationFact[];
  readonly courses?: readonly SegmentationCourse[];
  readonly findings: readonly Finding[];
  /** Voxel indices of each repeated placement (digital biopsy). */
  readonly placements?: readonly Uint32Array[];
}

/** A semi-automatic way to a region: a room of its own. */
export interface SegmentationMethod {
  readonly id: MethodId;
  readonly label: Localised;
  /** One plain sentence: what it does, and when to take it. */
  readonly help: Localised;
  /** Paper that it follows. */
  readonly source: string;
  /** One of these must be given; empty: the image alone is enough. */
  readonly needsOneOf: readonly Need[];
  /** Everything that it makes use of. */
  readonly takes: readonly Need[];
  readonly parameters: readonly Parameter[];
  /** Memory for each voxel of the box, bytes, at most; for the check before anything is allocated. */
  readonly bytesPerVoxel: number;
  /**
   * Does not touch its input. @throws Unsegmentable where the input has no answer,
   * and what `job.checkCancelled` throws.
   */
  readonly run: (context: MethodContext) => MethodResult;
}
