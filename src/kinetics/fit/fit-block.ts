import type { KernelModule } from '../../core/kernel-module.ts';
import { RefusedInput } from '../../core/refusal.ts';
import type { InputResponse } from '../input/input-response.ts';
import type { Model, QuantityId } from '../models/model.ts';
import { QUANTITIES } from '../models/quantities.ts';
import { fitByKernel, RECORD_HEAD } from './block-kernel.ts';
import { CurveFitter, FIT_STATUSES, type FitResult, type FitStatus } from './fit-curve.ts';
import { planFit, type FitSettings } from './fit-plan.ts';

/** Status of a voxel in {@link FitBlock.status}, by number: 0 is one that a cancelled run did not reach. */
export const BLOCK_STATUSES: readonly (FitStatus | 'not_done')[] = ['not_done', ...FIT_STATUSES];

/** Fits of many voxels: one value a voxel in every array; NaN where there is none. */
export interface FitBlock {
  readonly voxels: number;
  /** Voxels fitted: all, or those before the cancel. */
  readonly done: number;
  /** Fitted, then derived quantities, in shown units. */
  readonly parameters: ReadonlyMap<QuantityId, Float32Array>;
  /** Standard errors, in shown units; NaN at a bound, or where a quantity can't be told apart. */
  readonly errors: ReadonlyMap<QuantityId, Float32Array>;
  /** Root mean square of the residuals, mmol/L. */
  readonly rmse: Float32Array;
  readonly r2: Float32Array;
  readonly aicc: Float32Array;
  /** Place in {@link BLOCK_STATUSES}. */
  readonly status: Uint8Array;
}

export interface BlockRun {
  /** Without it every voxel goes through the float64 reference. */
  readonly kernels?: KernelModule;
  /** Called after every chunk with the share done, 0 to 1, and the arrays as they fill. */
  readonly onProgress?: (share: number, block: FitBlock) => void;
  /** Asked before every chunk; what is done is kept. */
  readonly stopped?: () => boolean;
}

/** Voxels between two calls of the callbacks; bounds the memory too. */
const CHUNK = 512;
const REFERENCE_CHUNK = 32;

/**
 * Fits one model to every tissue curve of a block: bounded least squares with the starts, bounds and statuses of
 * {@link CurveFitter}.
 * @param curves mmol/L, one voxel after the other: value of a frame at voxel · frames + frame.
 * @throws RefusedInput when the curves and the frames differ in number, or for settings that {@link planFit} refuses.
 */
export function fitBlock(
  model: Model,
  response: InputResponse,
  settings: FitSettings,
  curves: Float32Array | Float64Array,
  voxels: number,
  { kernels, onProgress, stopped }: BlockRun = {},
): FitBlock {
  if (curves.length !== voxels * response.frames)
    throw new RefusedInput('settings_invalid', {
      what: 'tissue curves',
      expected: `${voxels} × ${response.frames} values`,
      received: curves.length,
    });
  const plan = planFit(model, response, settings);
  const quantities = [...plan.fitted, ...model.derived];
  const arrays = emptyBlock(quantities, voxels);
  const fitter = kernels ? undefined : new CurveFitter(model, response, settings);
  const chunk = fitter ? REFERENCE_CHUNK : CHUNK;
  let done = 0;
  while (done < voxels && !stopped?.()) {
    const count = Math.min(chunk, voxels - done);
    if (fitter) fillByReference(arrays, fitter, curves, done, count);
    else if (kernels) {
      const records = fitByKernel(model, response, plan, curves, done, count, kernels);
      fillFromRecords(arrays, quantities, records, done, count);
    }
    done += count;
    onProgress?.(done / voxels, { ...arrays, done });
  }
  return { ...arrays, done };
}

type Arrays = Omit<FitBlock, 'done'>;

/** A block whose voxels are still to be fitted. */
export function emptyBlock(quantities: readonly QuantityId[], voxels: number): Arrays {
  const absent = () => new Float32Array(voxels).fill(Number.NaN);
  return {
    voxels,
    parameters: new Map(quantities.map((q) => [q, absent()])),
    errors: new Map(quantities.map((q) => [q, absent()])),
    rmse: absent(),
    r2: absent(),
    aicc: absent(),
    status: new Uint8Array(voxels),
  };
}

/** Puts the result of one voxel in its place. */
export function putFit(
  { parameters, errors, rmse, r2, aicc, status }: Arrays,
  v: number,
  fit: FitResult,
): void {
  for (const [quantity, value] of parameters) value[v] = fit.parameters[quantity] ?? Number.NaN;
  for (const [quantity, error] of errors) error[v] = fit.errors[quantity] ?? Number.NaN;
  rmse[v] = fit.rmse;
  r2[v] = fit.r2;
  aicc[v] = fit.aicc;
  status[v] = BLOCK_STATUSES.indexOf(fit.status);
}

function fillFromRecords(
  { parameters, errors, rmse, r2, aicc, status }: Arrays,
  quantities: readonly QuantityId[],
  { values, stride }: { readonly values: Float64Array; readonly stride: number },
  first: number,
  count: number,
): void {
  for (let v = 0; v < count; v++) {
    const at = v * stride;
    status[first + v] = values[at];
    rmse[first + v] = values[at + 2];
    r2[first + v] = values[at + 3];
    aicc[first + v] = values[at + 4];
  }
  for (const [i, quantity] of quantities.entries()) {
    const { scale } = QUANTITIES[quantity];
    const value = parameters.get(quantity);
    const error = errors.get(quantity);
    if (!value || !error) continue;
    for (let v = 0; v < count; v++) {
      const at = v * stride + RECORD_HEAD + i;
      value[first + v] = values[at] / scale;
      error[first + v] = values[at + quantities.length] / scale;
    }
  }
}

function fillByReference(
  arrays: Arrays,
  fitter: CurveFitter,
  curves: Float32Array | Float64Array,
  first: number,
  count: number,
): void {
  const { frames } = fitter.response;
  for (let v = first; v < first + count; v++)
    putFit(arrays, v, fitter.fit(Float64Array.from(curves.subarray(v * frames, (v + 1) * frames))));
}
