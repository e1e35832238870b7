import type { KernelModule } from '../../core/kernel-module.ts';
import type { InputResponse } from '../input/input-response.ts';
import type { Model, QuantityId } from '../models/model.ts';
import { CurveFitter, FIT_STATUSES, type FitSettings } from './fit-curve.ts';

/** Fits of many voxels: arrays of one value a voxel, quantities in shown units. */
export interface FitBlock {
  readonly voxels: number;
  readonly parameters: Readonly<Partial<Record<QuantityId, Float32Array>>>;
  readonly errors: Readonly<Partial<Record<QuantityId, Float32Array>>>;
  readonly r2: Float32Array;
  readonly rmse: Float32Array;
  readonly aicc: Float32Array;
  /** Index into {@link FIT_STATUSES}; one past its end where a voxel was not reached. */
  readonly status: Uint8Array;
}

export function fitBlock(
  model: Model,
  response: InputResponse,
  settings: FitSettings,
  curves: Float32Array | Float64Array,
  voxels: number,
  options: { readonly kernels?: KernelModule | null; readonly onProgress?: (share: number) => void } = {},
): FitBlock {
  const fitter = new CurveFitter(model, response, settings);
  const quantities = [...model.parameters.map((p) => p.quantity), ...model.derived];
  if (typeof settings.delay !== 'number') quantities.push('delay');
  const rows = () =>
    Object.fromEntries(quantities.map((q) => [q, new Float32Array(voxels).fill(Number.NaN)])) as Record<
      QuantityId,
      Float32Array
    >;
  const parameters = rows();
  const errors = rows();
  const [r2, rmse, aicc] = [0, 0, 0].map(() => new Float32Array(voxels).fill(Number.NaN));
  const status = new Uint8Array(voxels).fill(FIT_STATUSES.length);
  for (let v = 0; v < voxels; v++) {
    const fit = fitter.fit(
      Float64Array.from(curves.subarray(v * response.frames, (v + 1) * response.frames)),
    );
    for (const q of quantities) {
      parameters[q][v] = fit.parameters[q] ?? Number.NaN;
      errors[q][v] = fit.errors[q] ?? Number.NaN;
    }
    r2[v] = fit.r2;
    rmse[v] = fit.rmse;
    aicc[v] = fit.aicc;
    status[v] = FIT_STATUSES.indexOf(fit.status);
    if (v % 64 === 0) options.onProgress?.(v / voxels);
  }
  return { voxels, parameters, errors, r2, rmse, aicc, status };
}
