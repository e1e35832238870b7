import type { Localised } from '../../core/localised.ts';
import type { InputResponse } from '../input/input-response.ts';

export const MODEL_IDS = [
  'tofts',
  'extended-tofts',
  'patlak',
  'two-compartment-exchange',
  'two-compartment-uptake',
  'adiabatic-tissue-homogeneity',
] as const;
export type ModelId = (typeof MODEL_IDS)[number];

/** Quantities of contrast kinetics, in OSIPI CAPLEX words. */
export type QuantityId = 'Ktrans' | 've' | 'vp' | 'kep' | 'fp' | 'ps' | 'E' | 'Tc' | 'Tp' | 'delay';

/** A quantity as people read it. Models compute in minutes and mL/mL: `internal = shown · scale`. */
export interface Quantity {
  readonly id: QuantityId;
  readonly symbol: string;
  readonly name: Localised;
  readonly unit: string;
  readonly scale: number;
  /** OSIPI CAPLEX quantity code. */
  readonly caplex?: string;
}

/** A parameter of a model that is fitted: its bounds and its start, in shown units. */
export interface ModelParameter {
  readonly quantity: QuantityId;
  readonly lower: number;
  readonly upper: number;
  readonly start: number;
}

/** Parameters in internal units, in the order of {@link Model.parameters}. */
export type ParameterVector = Float64Array | readonly number[];

/** Curves of which a model is a linear combination, once its non-linear rates are set: what starts are made of. */
export interface LinearPart {
  /** The rates (1/min) and the transit time (minutes, first) that are set here. */
  readonly rates: readonly number[];
  /** Neighbours in a grid have neighbouring numbers: starts are taken from groups that lie apart. */
  readonly group: number;
  /** Basis curves, one or two. */
  readonly curves: readonly Float64Array[];
  /** Parameters (internal units) for the amplitudes found; undefined when these amplitudes have no meaning. */
  readonly toParameters: (amplitudes: readonly number[]) => number[] | undefined;
}

/**
 * A tracer-kinetic model: a room of its own. Values are tissue concentrations in mmol/L; parameters come in internal
 * units (minutes, mL/mL), in the order of {@link Model.parameters}; the delay, in minutes, stands apart.
 */
export interface Model {
  readonly id: ModelId;
  readonly name: Localised;
  readonly caplex?: string;
  /** Paper that the equations are from. */
  readonly source: string;
  /** TeX. */
  readonly equation: string;
  /** One plain sentence: what it assumes, and when to take it. */
  readonly sentence: Localised;
  readonly parameters: readonly ModelParameter[];
  /** What follows from the fitted parameters, in internal units. */
  readonly derived: readonly QuantityId[];
  derive(parameters: ParameterVector): number[];
  /**
   * Tissue curve, and, when asked, its partial derivatives: one row a parameter, and a last row for the delay.
   * @param jacobian rows to fill; each has one place a frame.
   */
  evaluate(
    parameters: ParameterVector,
    delay: number,
    response: InputResponse,
    values: Float64Array,
    jacobian?: readonly Float64Array[],
  ): void;
  /** Linear problems over a coarse grid of the non-linear rates: the best of them start the fit. */
  linearParts(response: InputResponse, delay: number): Iterable<LinearPart>;
}
