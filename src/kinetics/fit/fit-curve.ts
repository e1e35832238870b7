import { RefusedInput } from '../../core/refusal.ts';
import type { InputResponse } from '../input/input-response.ts';
import type { Model, QuantityId } from '../models/model.ts';
import { QUANTITIES } from '../models/quantities.ts';
import { aicc, rSquared, standardErrors } from './fit-quality.ts';
import { minimise, type Minimum, type Problem } from './levenberg-marquardt.ts';
import { StartBank } from './starts.ts';

/** What became of a fit. Only `converged` is a number to trust; `at_bound` says that the data ask for more. */
export const FIT_STATUSES = ['converged', 'at_bound', 'no_enhancement', 'failed'] as const;
export type FitStatus = (typeof FIT_STATUSES)[number];

export interface Bounds {
  readonly lower: number;
  readonly upper: number;
}

export interface FitSettings {
  /** Delay of the input in seconds: a number is taken as given, bounds are fitted within. */
  readonly delay: number | Bounds;
  /** Bounds that replace those of the model, in shown units. */
  readonly bounds?: Readonly<Partial<Record<QuantityId, Bounds>>>;
}

export interface FitResult {
  readonly status: FitStatus;
  /** Fitted and derived quantities, in shown units. NaN when the status is `failed`. */
  readonly parameters: Readonly<Partial<Record<QuantityId, number>>>;
  /** Standard errors, same units; absent where a parameter stands at its bound or can't be told apart. */
  readonly errors: Readonly<Partial<Record<QuantityId, number>>>;
  readonly atBound: readonly QuantityId[];
  /** Root mean square of the residuals, mmol/L. */
  readonly rmse: number;
  readonly r2: number;
  readonly aicc: number;
  readonly iterations: number;
}

const STARTS: Readonly<Record<string, number>> = {
  'two-compartment-exchange': 4,
  'adiabatic-tissue-homogeneity': 4,
  'two-compartment-uptake': 2,
};

/** Fits one model to many curves of one input: the grid of starts is made once. */
export class CurveFitter {
  private readonly bank: StartBank;
  private readonly lower: Float64Array;
  private readonly upper: Float64Array;
  private readonly sizes: Float64Array;
  private readonly fitted: readonly QuantityId[];
  private readonly fixedDelay: number;

  constructor(
    readonly model: Model,
    readonly response: InputResponse,
    private readonly settings: FitSettings,
  ) {
    const { delay } = settings;
    const ranges = model.parameters.map((p) => ({ ...p, ...settings.bounds?.[p.quantity] }));
    if (typeof delay !== 'number') ranges.push({ quantity: 'delay', start: 0, ...delay });
    for (const { quantity, lower, upper } of ranges)
      if (!(lower < upper))
        throw new RefusedInput('settings_invalid', {
          what: quantity,
          expected: 'lower < upper',
          received: `${lower} … ${upper}`,
        });
    const scaled = (pick: (r: (typeof ranges)[number]) => number) =>
      Float64Array.from(ranges, (r) => pick(r) * QUANTITIES[r.quantity].scale);
    this.fitted = ranges.map((r) => r.quantity);
    this.lower = scaled((r) => r.lower);
    this.upper = scaled((r) => r.upper);
    this.sizes = scaled((r) => 1e-3 * Math.min(1, r.upper - r.lower));
    this.fixedDelay = (typeof delay === 'number' ? delay : 0) * QUANTITIES.delay.scale;
    this.bank = new StartBank(model, response, this.delayGrid());
  }

  /**
   * @param curve tissue concentration, mmol/L, one value a frame.
   * @throws RefusedInput when the curve and the frames differ in number, or when there are not more frames than
   * parameters.
   */
  fit(curve: Float64Array): FitResult {
    const { model, response } = this;
    const n = this.fitted.length;
    if (curve.length !== response.frames)
      throw new RefusedInput('settings_invalid', {
        what: 'tissue curve',
        expected: `${response.frames} frames`,
        received: curve.length,
      });
    if (curve.length <= n)
      throw new RefusedInput('settings_invalid', {
        what: model.id,
        expected: `more than ${n} frames`,
        received: curve.length,
      });
    const squares = curve.reduce((sum, v) => sum + v * v, 0);
    if (!Number.isFinite(squares)) return this.without('failed', Number.NaN);
    if (squares === 0) return this.without('no_enhancement', 0);
    let best: Minimum | undefined;
    for (const start of this.bank.best(curve, this.startCount())) {
      const from =
        typeof this.settings.delay === 'number' ? start.parameters : [...start.parameters, start.delay];
      const found = minimise(this.problem(curve), from);
      if (!best || found.cost < best.cost) best = found;
    }
    // Nothing positive in the curve follows the input: zero explains it best.
    best ??= minimise(this.problem(curve), this.plainStart());
    if (best.cost === Infinity) return this.without('failed', Number.NaN);
    // A level zero explains the curve as well: the numbers are kept, but say nothing.
    const idle = aicc(best.cost, curve.length, n) >= aicc(squares, curve.length, 0);
    const result = this.result(curve, best);
    return idle ? { ...result, status: 'no_enhancement' } : result;
  }

  /** Tissue curve of given parameters (shown units), for the inspector. */
  curve(parameters: Readonly<Partial<Record<QuantityId, number>>>): Float64Array {
    const values = new Float64Array(this.response.frames);
    const internal = (q: QuantityId) => (parameters[q] ?? Number.NaN) * QUANTITIES[q].scale;
    const delay = parameters.delay === undefined ? this.fixedDelay : internal('delay');
    this.model.evaluate(
      this.model.parameters.map((p) => internal(p.quantity)),
      delay,
      this.response,
      values,
    );
    return values;
  }

  /** How well hand-set parameters (shown units) describe a curve; nothing is fitted. */
  judge(curve: Float64Array, parameters: Readonly<Partial<Record<QuantityId, number>>>): FitResult {
    const values = this.curve(parameters);
    const squares = curve.reduce((sum, v, f) => sum + (v - values[f]) ** 2, 0);
    const internal = this.model.parameters.map(
      (p) => (parameters[p.quantity] ?? Number.NaN) * QUANTITIES[p.quantity].scale,
    );
    const derived = this.model.derive(internal);
    const all = { ...parameters };
    for (const [i, quantity] of this.model.derived.entries())
      all[quantity] = derived[i] / QUANTITIES[quantity].scale;
    return {
      status: Number.isFinite(squares) ? 'converged' : 'failed',
      parameters: all,
      errors: {},
      atBound: [],
      rmse: Math.sqrt(squares / curve.length),
      r2: rSquared(curve, squares),
      aicc: Number.NaN,
      iterations: 0,
    };
  }

  private startCount(): number {
    return (STARTS[this.model.id] ?? 1) + (typeof this.settings.delay === 'number' ? 0 : 2);
  }

  /** Delays at which starts are tried, minutes: about a frame apart, and at most 41. */
  private delayGrid(): number[] {
    const { delay } = this.settings;
    if (typeof delay === 'number') return [this.fixedDelay];
    const { minutes } = this.response;
    const frame = (minutes[minutes.length - 1] - minutes[0]) / (minutes.length - 1);
    const [from, to] = [delay.lower / 60, delay.upper / 60];
    const count = Math.min(41, Math.max(5, 1 + Math.ceil((to - from) / Math.max(frame, 1 / 60))));
    return Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
  }

  private plainStart(): Float64Array {
    const starts = this.model.parameters.map((p) => p.start * QUANTITIES[p.quantity].scale);
    return Float64Array.from(typeof this.settings.delay === 'number' ? starts : [...starts, 0]);
  }

  private problem(target: Float64Array): Problem {
    const { model, response, fixedDelay } = this;
    const n = model.parameters.length;
    const fitsDelay = typeof this.settings.delay !== 'number';
    const spare = new Float64Array(target.length);
    return {
      target,
      lower: this.lower,
      upper: this.upper,
      sizes: this.sizes,
      evaluate: (p, values, jacobian) =>
        model.evaluate(
          p,
          fitsDelay ? p[n] : fixedDelay,
          response,
          values,
          jacobian && (fitsDelay ? jacobian : [...jacobian, spare]),
        ),
    };
  }

  private result(curve: Float64Array, found: Minimum): FitResult {
    const { model } = this;
    const { errors, covariance } = standardErrors(found.normal, found.atBound, found.cost, curve.length);
    const parameters: Partial<Record<QuantityId, number>> = {};
    const spread: Partial<Record<QuantityId, number>> = {};
    for (const [i, quantity] of this.fitted.entries()) {
      const { scale } = QUANTITIES[quantity];
      parameters[quantity] = found.parameters[i] / scale;
      if (Number.isFinite(errors[i])) spread[quantity] = errors[i] / scale;
    }
    const derived = model.derive(found.parameters);
    for (const [i, quantity] of model.derived.entries()) {
      const { scale } = QUANTITIES[quantity];
      parameters[quantity] = derived[i] / scale;
      const error = this.derivedError(found, errors, covariance, i, derived[i]);
      if (error !== undefined) spread[quantity] = error / scale;
    }
    const atBound = this.fitted.filter((_, i) => found.atBound[i] !== 0);
    return {
      status: !found.converged ? 'failed' : atBound.length > 0 ? 'at_bound' : 'converged',
      parameters,
      errors: spread,
      atBound,
      rmse: Math.sqrt(found.cost / curve.length),
      r2: rSquared(curve, found.cost),
      aicc: aicc(found.cost, curve.length, this.fitted.length),
      iterations: found.iterations,
    };
  }

  /** Error of a derived quantity by the delta method, with numerical derivatives. */
  private derivedError(
    found: Minimum,
    errors: Float64Array,
    covariance: readonly Float64Array[],
    which: number,
    value: number,
  ): number | undefined {
    const n = this.model.parameters.length;
    const slope = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      const moved = found.parameters.slice();
      const step = 1e-6 * (Math.abs(moved[i]) + this.sizes[i]);
      moved[i] += step;
      slope[i] = (this.model.derive(moved)[which] - value) / step;
      if (slope[i] !== 0 && !Number.isFinite(errors[i])) return undefined;
    }
    let variance = 0;
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) variance += slope[i] * slope[j] * covariance[i][j];
    return Number.isFinite(variance) && variance >= 0 ? Math.sqrt(variance) : undefined;
  }

  private without(status: FitStatus, rmse: number): FitResult {
    const value = status === 'failed' ? Number.NaN : 0;
    const parameters = Object.fromEntries(this.model.parameters.map((p) => [p.quantity, value]));
    return { status, parameters, errors: {}, atBound: [], rmse, r2: 0, aicc: Infinity, iterations: 0 };
  }
}
