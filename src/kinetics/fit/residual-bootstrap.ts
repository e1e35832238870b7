import type { KernelModule } from '../../core/kernel-module.ts';
import { Random } from '../../core/random.ts';
import type { InputResponse } from '../input/input-response.ts';
import type { Model, QuantityId } from '../models/model.ts';
import { BLOCK_STATUSES, fitBlock } from './fit-block.ts';
import type { FitSettings } from './fit-plan.ts';

/** Percentile interval of a quantity, shown units. */
export type Interval = readonly [low: number, high: number];

export interface BootstrapIntervals {
  readonly draws: number;
  readonly seed: number;
  /** Share of the draws that lies within. */
  readonly level: number;
  readonly intervals: Readonly<Partial<Record<QuantityId, Interval>>>;
}

const LEVEL = 0.95;
/** Draws that must have an answer, as a share of all. */
const ENOUGH = 0.5;

/**
 * Residual bootstrap of one curve (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 9): residuals of
 * the fit, centred and widened by √(n/(n−p)), are drawn with replacement onto the fitted curve, each drawn curve is
 * fitted anew, and the middle 95 % of its parameters is the interval. No normal law is assumed; residuals are taken as
 * independent and alike. Undefined when more than half of the draws have no answer.
 */
export function residualBootstrap(
  model: Model,
  response: InputResponse,
  settings: FitSettings,
  curve: Float64Array,
  fitted: Float64Array,
  { draws = 500, seed = 1, kernels }: { draws?: number; seed?: number; kernels?: KernelModule | null } = {},
): BootstrapIntervals | undefined {
  const n = curve.length;
  const parameters = model.parameters.length + (typeof settings.delay === 'number' ? 0 : 1);
  const residuals = curve.map((v, f) => v - fitted[f]);
  const mean = residuals.reduce((s, v) => s + v / n, 0);
  const widening = Math.sqrt(n / Math.max(1, n - parameters));
  const random = new Random(seed);
  const drawn = new Float64Array(n * draws);
  for (let d = 0; d < draws; d++)
    for (let f = 0; f < n; f++)
      drawn[d * n + f] = fitted[f] + widening * (residuals[Math.floor(n * random.uniform())] - mean);
  const block = fitBlock(model, response, settings, drawn, draws, kernels ? { kernels } : {});
  const kept = Array.from(block.status, (s) => ['converged', 'at_bound'].includes(BLOCK_STATUSES[s]));
  if (kept.filter(Boolean).length < ENOUGH * draws) return undefined;
  const intervals: Partial<Record<QuantityId, Interval>> = {};
  for (const [quantity, values] of block.parameters) {
    const sorted = values.filter((v, d) => kept[d] && Number.isFinite(v)).sort();
    if (sorted.length > 1)
      intervals[quantity] = [percentile(sorted, (1 - LEVEL) / 2), percentile(sorted, (1 + LEVEL) / 2)];
  }
  return { draws, seed, level: LEVEL, intervals };
}

/** Between the two nearest of sorted values. */
function percentile(sorted: Float32Array, share: number): number {
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
}
