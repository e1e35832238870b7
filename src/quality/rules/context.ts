import type { Finding } from '../../core/finding.ts';
import type { Series } from '../../core/series.ts';
import type { Mask, Volume } from '../../core/volume.ts';
import type { RegionFacts } from './extraction-facts.ts';
import type { Headers } from './headers.ts';

/** What a person answered in the checklist, by quantity: what headers cannot say. */
export type Answers = Readonly<Record<string, number | string>>;

/** Another series that this one is compared with, or that must match it. */
export interface OtherSeries {
  readonly series: Series;
  readonly headers: Headers;
}

/** What a kinetic fit of the series came to; a number that it does not have is absent. */
export interface FitFacts {
  /** Peak in plasma, mmol/L; over the peak of the tissue; frames in the width of the first pass; plasma after 5 min. */
  readonly inputPeak?: number;
  readonly inputOverTissue?: number;
  readonly inputFrames?: number;
  readonly inputTail?: number;
  readonly medianR2?: number;
  readonly failedPercent?: number;
  readonly residualRunsP?: number;
}

/**
 * Everything that the rules of one series may look at. What is absent makes the quantities that need it not assessable.
 * Nothing in it is changed.
 */
export interface SeriesContext {
  readonly series: Series;
  readonly headers: Headers;
  /** What reading the series said already: places, duplicates, units. */
  readonly reading: readonly Finding[];
  /** Images of the phases that were given, by phase; the first phase is there whenever pixels are. */
  readonly volumes: ReadonlyMap<number, Volume>;
  /** Regions on the grid of the series. */
  readonly masks: readonly Mask[];
  /** How the regions were placed and measured, and what they are compared with. */
  readonly regionFacts?: RegionFacts;
  readonly answers: Answers;
  readonly fit?: FitFacts;
  /** The series whose protocol is the reference of the cohort. */
  readonly reference?: OtherSeries;
  /** The other series of the study that are to be used together with this one. */
  readonly others: readonly OtherSeries[];
  /** Day on which the rules are run, `YYYYMMDD`. */
  readonly today: string;
}

/** The first volume that is there. */
export const firstVolume = (c: SeriesContext): Volume | undefined => c.volumes.values().next().value;
