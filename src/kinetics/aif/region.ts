import { RefusedInput } from '../../core/refusal.ts';
import type { SignalBlock } from '../signal/conversion.ts';

export interface RegionCurve {
  /** Mean of the voxels in every frame. */
  readonly mean: Float64Array;
  /** Standard deviation over the voxels in every frame (n − 1); NaN for a single voxel. */
  readonly deviation: Float64Array;
  readonly voxels: number;
  /** Voxels of the region that were left out because a frame of theirs has no value. */
  readonly leftOut: number;
}

/**
 * Mean curve of the voxels of a mask, and how far they differ. Voxels with a frame that is NaN are left out whole, so
 * that every frame is the mean of the same voxels. OSIPI P.AE2.002.
 *
 * @param mask 1 inside, one byte a voxel of the block.
 * @throws RefusedInput `region_grid_differs` for another number of voxels; `region_unreadable` when none is left.
 */
export function regionCurve({ data, frames, voxels }: SignalBlock, mask: Uint8Array): RegionCurve {
  if (mask.length !== voxels)
    throw new RefusedInput('region_grid_differs', { expected: voxels, received: mask.length });
  const chosen: number[] = [];
  let leftOut = 0;
  for (let v = 0; v < voxels; v++) {
    if (!mask[v]) continue;
    let whole = true;
    for (let f = 0; f < frames && whole; f++) whole = Number.isFinite(data[f * voxels + v]);
    if (whole) chosen.push(v);
    else leftOut++;
  }
  if (chosen.length === 0)
    throw new RefusedInput('region_unreadable', {
      what: 'voxels',
      expected: '≥ 1',
      received: leftOut > 0 ? 'NaN' : 0,
    });
  return { ...curveOf({ data, frames, voxels }, chosen), leftOut };
}

/** Mean and standard deviation over the given voxels in every frame. */
export function curveOf(
  { data, frames, voxels }: SignalBlock,
  chosen: readonly number[],
): Omit<RegionCurve, 'leftOut'> {
  const mean = new Float64Array(frames);
  const deviation = new Float64Array(frames);
  for (let f = 0; f < frames; f++) {
    let sum = 0;
    for (const v of chosen) sum += data[f * voxels + v]!;
    const average = sum / chosen.length;
    let squares = 0;
    for (const v of chosen) squares += (data[f * voxels + v]! - average) ** 2;
    mean[f] = average;
    deviation[f] = Math.sqrt(squares / (chosen.length - 1));
  }
  return { mean, deviation, voxels: chosen.length };
}
