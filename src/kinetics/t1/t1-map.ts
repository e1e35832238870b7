import { RefusedInput } from '../../core/refusal.ts';
import type { SignalBlock } from '../signal/conversion.ts';
import { T1_STATUS, type T1Estimate } from './t1-estimate.ts';

/** Maps of a T1 measurement, one value a voxel; NaN where `status` has no number. */
export interface T1Maps {
  readonly r1: Float64Array;
  readonly t1: Float64Array;
  readonly s0: Float64Array;
  readonly r1Error: Float64Array;
  readonly rmse: Float64Array;
  /** Index into {@link T1_STATUS}. */
  readonly status: Uint8Array;
}

/**
 * Fits every voxel of a block whose frames are the measurements (flip angles or delays).
 *
 * @param fit one voxel: its signals and its index, by which maps such as B1 are looked up.
 * @param wanted voxels to fit, 1 inside; the others stay NaN with status `not-wanted`.
 * @throws RefusedInput `inconsistent_attributes` when lengths do not fit; whatever `fit` refuses.
 */
export function mapT1(
  { data, frames, voxels }: SignalBlock,
  fit: (signal: Float64Array, voxel: number) => T1Estimate,
  wanted?: Uint8Array,
): T1Maps {
  if (data.length !== frames * voxels)
    throw new RefusedInput('inconsistent_attributes', {
      what: 'signal',
      expected: frames * voxels,
      received: data.length,
    });
  if (wanted && wanted.length !== voxels)
    throw new RefusedInput('inconsistent_attributes', {
      what: 'mask',
      expected: voxels,
      received: wanted.length,
    });
  const empty = () => new Float64Array(voxels).fill(NaN);
  const maps = { r1: empty(), t1: empty(), s0: empty(), r1Error: empty(), rmse: empty() };
  const status = new Uint8Array(voxels).fill(T1_STATUS.indexOf('not-wanted'));
  const signal = new Float64Array(frames);
  for (let v = 0; v < voxels; v++) {
    if (wanted && !wanted[v]) continue;
    for (let f = 0, at = v; f < frames; f++, at += voxels) signal[f] = data[at]!;
    const found = fit(signal, v);
    status[v] = T1_STATUS.indexOf(found.status);
    for (const key of ['r1', 't1', 's0', 'r1Error', 'rmse'] as const) maps[key][v] = found[key];
  }
  return { ...maps, status };
}
