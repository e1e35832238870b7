import { refusedCase } from '../../core/refusal-cases.ts';
import { RefusedInput } from '../../core/refusal.ts';
import type { Bounds } from '../fit/fit-plan.ts';
import type { FitResult } from '../fit/fit-curve.ts';
import { CurveFitter } from '../fit/fit-curve.ts';
import { InputResponse } from '../input/input-response.ts';
import type { Model, QuantityId } from '../models/model.ts';
import { QUANTITIES } from '../models/quantities.ts';
import { internalScaleOf, quantityOf } from './names.ts';

/** One tissue curve with its input, as files of curves hold them (schema kinetics-reference/1). Times in seconds. */
export interface CurveCase {
  readonly id: string;
  readonly time: Float64Array;
  readonly aif: Float64Array;
  /** Times of the input when they are not those of the tissue. */
  readonly aifTime?: Float64Array;
  readonly tissue: Float64Array;
  readonly delay: number;
  readonly fitDelay: boolean;
  /** Names in which the answer is wanted, with the unit of each when the file says. */
  readonly wanted: readonly { readonly name: string; readonly unit?: string }[];
}

export interface CaseResult {
  readonly id: string;
  /** Under the file's own names and units, and the model's other quantities under ours. */
  readonly parameters: Readonly<Record<string, number | null>>;
  readonly errors: Readonly<Record<string, number | null>>;
  readonly rmse: number | null;
  readonly r2: number | null;
  readonly aicc: number | null;
  readonly status: FitResult['status'];
}

const SEARCHED: Bounds = { lower: -10, upper: 10 }; // s, as the published cases do

/** Fits a model to one case; the delay is taken as given unless the case asks to fit it. */
export function fitCase(model: Model, c: CurveCase): CaseResult {
  const minutes = (seconds: Float64Array) => seconds.map((s) => s / 60);
  const tissueTimes = minutes(c.time);
  if (c.aifTime) {
    const [received, needed] = [c.aifTime, c.time].map((t) => t[t.length - 1]);
    const step = c.aifTime.slice(1).reduce((most, v, i) => Math.max(most, v - c.aifTime![i]), 0);
    if (received < needed - Math.max(step, c.delay)) throw refusedCase('input_short', { received, needed });
  }
  const input = { minutes: c.aifTime ? minutes(c.aifTime) : tissueTimes, concentration: c.aif };
  const delay = c.fitDelay ? { ...SEARCHED, ...wider(c.delay) } : c.delay;
  const fit = new CurveFitter(model, new InputResponse(input, tissueTimes), { delay }).fitOne(c.tissue);
  const parameters: Record<string, number | null> = {};
  const errors: Record<string, number | null> = {};
  const put = (name: string, quantity: QuantityId, scale: number) => {
    const factor = QUANTITIES[quantity].scale / scale;
    const number = (v: number | undefined) => (v === undefined || !Number.isFinite(v) ? null : v * factor);
    parameters[name] = number(fit.parameters[quantity]);
    errors[name] = number(fit.errors[quantity]);
  };
  const named = new Set<QuantityId>();
  for (const { name, unit } of c.wanted) {
    const quantity = quantityOf(name);
    if (!quantity || fit.parameters[quantity] === undefined) continue;
    named.add(quantity);
    put(name, quantity, unit === undefined ? QUANTITIES[quantity].scale : internalScaleOf(quantity, unit));
  }
  for (const quantity of Object.keys(fit.parameters) as QuantityId[])
    if (!named.has(quantity)) put(quantity, quantity, QUANTITIES[quantity].scale);
  const finite = (v: number) => (Number.isFinite(v) ? v : null);
  return {
    id: c.id,
    parameters,
    errors,
    rmse: finite(fit.rmse),
    r2: finite(fit.r2),
    aicc: finite(fit.aicc),
    status: fit.status,
  };
}

/** A case that names a delay beyond the usual search is searched around it. */
function wider(delay: number): Partial<Bounds> {
  if (delay > SEARCHED.upper - 1) return { upper: delay + 10 };
  if (delay < SEARCHED.lower + 1) return { lower: delay - 10 };
  return {};
}

/** @throws RefusedInput when a number is missing or is none. */
export function checkedNumbers(value: unknown, what: string): Float64Array {
  if (!Array.isArray(value))
    throw new RefusedInput('settings_invalid', { what, expected: 'list of numbers', received: typeof value });
  const bad = value.findIndex((v) => typeof v !== 'number' || !Number.isFinite(v));
  if (bad >= 0)
    throw new RefusedInput('settings_invalid', {
      what,
      expected: 'number',
      received: `${String(value[bad])} at point ${bad + 1}`,
    });
  return Float64Array.from(value as number[]);
}
