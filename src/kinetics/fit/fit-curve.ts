import { RefusedInput } from '../../core/refusal.ts';
import type { InputResponse } from '../input/input-response.ts';
import type { Model, QuantityId } from '../models/model.ts';
import { QUANTITIES } from '../models/quantities.ts';
import { aicc, rSquared, standardErrors } from './fit-quality.ts';
import { planFit, type FitPlan, type FitSettings } from './fit-plan.ts';
import { minimise, type Minimum, type Problem } from './levenberg-marquardt.ts';

/** What became of a fit. Only `converged` is a number to trust; `at_bound` says that the data ask for more. */
export const FIT_STATUSES = ['converged', 'at_bound', 'no_enhancement', 'failed'] as const;
export type FitStatus = (typeof FIT_STATUSES)[number];

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

/** Share of the squares that a fit must lose for the search across edges to go on. */
const LOWER = 1e-4;

/** Fits one model to many curves of one input: the grid of starts is made once. */
export class CurveFitter {
  private readonly plan: FitPlan;

  constructor(
    readonly model: Model,
    readonly response: InputResponse,
    settings: FitSettings,
  ) {
    this.plan = planFit(model, response, settings);
  }

  /**
   * The fit that the kernels do for every voxel of a map.
   * @param curve tissue concentration, mmol/L, one value a frame.
   * @throws RefusedInput when the curve and the frames differ in number.
   */
  fit(curve: Float64Array): FitResult {
    return this.conclude(curve, this.search(curve));
  }

  /** The fit of a single curve, which has time to look on both sides of the edges that a fitted delay has. */
  fitOne(curve: Float64Array): FitResult {
    return this.conclude(curve, this.acrossEdges(curve, this.search(curve)));
  }

  /** The lowest minimum from all starts; none for a curve without a sum of squares above zero. */
  private search(curve: Float64Array): Minimum | undefined {
    const { bank, fitsDelay, startCount, plainStart } = this.plan;
    const { response } = this;
    if (curve.length !== response.frames)
      throw new RefusedInput('settings_invalid', {
        what: 'tissue curve',
        expected: `${response.frames} frames`,
        received: curve.length,
      });
    const squares = curve.reduce((sum, v) => sum + v * v, 0);
    if (!Number.isFinite(squares) || squares === 0) return undefined;
    let best: Minimum | undefined;
    for (const start of bank.best(curve, startCount)) {
      const from = fitsDelay ? [...start.parameters, start.delay] : start.parameters;
      const found = minimise(this.problem(curve), from);
      if (!best || found.cost < best.cost) best = found;
    }
    // Nothing positive in the curve follows the input: zero explains it best.
    best ??= minimise(this.problem(curve), plainStart);
    return best;
  }

  /**
   * The squares have an edge at every delay that puts a point of the input on a frame, and a search may end on one: it
   * is begun again on either side, near by and a frame away, as long as that leads lower.
   */
  private acrossEdges(curve: Float64Array, found: Minimum | undefined): Minimum | undefined {
    if (!found || !this.plan.fitsDelay) return found;
    const { minutes, frames } = this.response;
    const frame = (minutes[frames - 1] - minutes[0]) / (frames - 1);
    let best = found;
    for (let round = 0; round < 4 && Number.isFinite(best.cost); round++) {
      const before = best;
      for (const side of [-1, -1 / 3, 1 / 3, 1]) {
        const from = before.parameters.slice();
        from[from.length - 1] += side * frame;
        const next = minimise(this.problem(curve), from);
        if (next.cost < best.cost) best = next;
      }
      best = this.settledAtDelay(curve, best);
      if (best.cost > (1 - LOWER) * before.cost) break;
    }
    return best;
  }

  /** A search that ends on an edge has not settled its other parameters: they are searched with the delay held. */
  private settledAtDelay(curve: Float64Array, found: Minimum): Minimum {
    const problem = this.problem(curve);
    const [lower, upper] = [problem.lower.slice(), problem.upper.slice()];
    const last = lower.length - 1;
    lower[last] = upper[last] = found.parameters[last];
    const held = minimise({ ...problem, lower, upper }, found.parameters);
    if (!(held.cost < found.cost)) return found;
    held.atBound[last] = found.atBound[last];
    return held;
  }

  /** What a minimum, found here or on the GPU, says about a curve. */
  conclude(curve: Float64Array, found: Minimum | undefined): FitResult {
    const squares = curve.reduce((sum, v) => sum + v * v, 0);
    if (squares === 0) return this.without('no_enhancement', 0);
    if (!Number.isFinite(squares) || !found || !Number.isFinite(found.cost))
      return this.without('failed', Number.NaN);
    const result = this.result(curve, found);
    // A level zero explains the curve as well: the numbers are kept, but say nothing.
    const idle = result.aicc >= aicc(squares, curve.length, 0);
    return idle ? { ...result, status: 'no_enhancement' } : result;
  }

  /** Tissue curve of given parameters (shown units), for the inspector. */
  curve(parameters: Readonly<Partial<Record<QuantityId, number>>>): Float64Array {
    const values = new Float64Array(this.response.frames);
    const internal = (q: QuantityId) => (parameters[q] ?? Number.NaN) * QUANTITIES[q].scale;
    const delay = parameters.delay === undefined ? this.plan.fixedDelay : internal('delay');
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

  private problem(target: Float64Array): Problem {
    const { model, response } = this;
    const { lower, upper, sizes, fixedDelay, fitsDelay } = this.plan;
    const n = model.parameters.length;
    const spare = new Float64Array(target.length);
    return {
      target,
      lower,
      upper,
      sizes,
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
    for (const [i, quantity] of this.plan.fitted.entries()) {
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
    const atBound = this.plan.fitted.filter((_, i) => found.atBound[i] !== 0);
    return {
      status: !found.converged ? 'failed' : atBound.length > 0 ? 'at_bound' : 'converged',
      parameters,
      errors: spread,
      atBound,
      rmse: Math.sqrt(found.cost / curve.length),
      r2: rSquared(curve, found.cost),
      aicc: aicc(found.cost, curve.length, this.plan.fitted.length),
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
      const step = 1e-6 * (Math.abs(moved[i]) + this.plan.sizes[i]);
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
