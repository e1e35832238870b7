import type { Localised } from '../../core/localised.ts';

/** One setting of a kinetic method; forms, checks and docs are generated from it. */
export interface MethodParameter {
  readonly id: string;
  readonly name: Localised;
  /** Physical unit, empty for a pure number. */
  readonly unit: string;
  /** Closed range of accepted values; null where unbounded on that side. */
  readonly range: readonly [number | null, number | null];
  /** Null: no sensible value exists, the image or the person must give it. */
  readonly default: number | null;
}

/** What a method is, where it comes from, and what it asks for. */
export interface MethodDefinition {
  readonly id: string;
  readonly name: Localised;
  /** Code in the OSIPI lexicon of perfusion imaging (CAPLEX), where the lexicon has one. */
  readonly caplex?: string;
  /** Paper and year. */
  readonly source: string;
  readonly parameters: readonly MethodParameter[];
}
