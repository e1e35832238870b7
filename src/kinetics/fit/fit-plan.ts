import { RefusedInput } from '../../core/refusal.ts';
import type { InputResponse } from '../input/input-response.ts';
import type { Model, QuantityId } from '../models/model.ts';
import { QUANTITIES } from '../models/quantities.ts';
import { StartBank } from './starts.ts';

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

/** All of a fit that belongs to model, input and settings, not to a tissue curve. Internal units. */
export interface FitPlan {
  /** What is fitted: the model's parameters, then the delay when its bounds are given. */
  readonly fitted: readonly QuantityId[];
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Size of each parameter, against which a step is called small. */
  readonly sizes: Float64Array;
  readonly fitsDelay: boolean;
  /** The delay when it is not fitted. */
  readonly fixedDelay: number;
  readonly bank: StartBank;
  /** Most starts tried for a curve. */
  readonly startCount: number;
  /** Where a search starts for which the bank has nothing. */
  readonly plainStart: Float64Array;
}

const STARTS: Readonly<Record<string, number>> = {
  'two-compartment-exchange': 4,
  'adiabatic-tissue-homogeneity': 4,
  'two-compartment-uptake': 2,
};

/** @throws RefusedInput for bounds that are upside down, and when there are not more frames than parameters. */
export function planFit(model: Model, response: InputResponse, settings: FitSettings): FitPlan {
  const { delay } = settings;
  const fitsDelay = typeof delay !== 'number';
  const ranges = model.parameters.map((p) => ({ ...p, ...settings.bounds?.[p.quantity] }));
  if (fitsDelay) ranges.push({ quantity: 'delay', start: 0, ...delay });
  for (const { quantity, lower, upper } of ranges)
    if (!(lower < upper))
      throw new RefusedInput('settings_invalid', {
        what: quantity,
        expected: 'lower < upper',
        received: `${lower} … ${upper}`,
      });
  if (response.frames <= ranges.length)
    throw new RefusedInput('settings_invalid', {
      what: model.id,
      expected: `more than ${ranges.length} frames`,
      received: response.frames,
    });
  const scaled = (pick: (r: (typeof ranges)[number]) => number) =>
    Float64Array.from(ranges, (r) => pick(r) * QUANTITIES[r.quantity].scale);
  const fixedDelay = (fitsDelay ? 0 : delay) * QUANTITIES.delay.scale;
  return {
    fitted: ranges.map((r) => r.quantity),
    lower: scaled((r) => r.lower),
    upper: scaled((r) => r.upper),
    sizes: scaled((r) => 1e-3 * Math.min(1, r.upper - r.lower)),
    fitsDelay,
    fixedDelay,
    bank: new StartBank(model, response, fitsDelay ? delayGrid(response, delay) : [fixedDelay]),
    startCount: (STARTS[model.id] ?? 1) + (fitsDelay ? 2 : 0),
    plainStart: scaled((r) => r.start),
  };
}

/** Delays at which starts are tried, minutes: about a frame apart, and at most 41. */
function delayGrid({ minutes }: InputResponse, { lower, upper }: Bounds): number[] {
  const frame = (minutes[minutes.length - 1] - minutes[0]) / (minutes.length - 1);
  const [from, to] = [lower / 60, upper / 60];
  const count = Math.min(41, Math.max(5, 1 + Math.ceil((to - from) / Math.max(frame, 1 / 60))));
  return Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
}
