import { voxelCount, type Size3, type Vec3 } from '../core/geometry.ts';
import type { KernelModule } from '../core/kernel-module.ts';
import { RefusedInput } from '../core/refusal.ts';
import type { Mask } from '../core/volume.ts';
import type { ChainSettings } from './chain-settings.ts';
import { isIdentity, type AxisPlan, type Box, type GridPlan } from './resample/plan.ts';
import { resampleBox } from './resample/resample.ts';

/** Largest box, voxels: its arrays and their copies then stay within 3 GB. */
export const MOST_VOXELS = 2 ** 27;
/** Ties of the mask threshold are met in exact arithmetic; this forgives the rounding of the sums. */
const TIE = 1e-9;

/** A mask in a box of the new grid; outside it is empty. */
export interface PlacedMask {
  readonly data: Uint8Array;
  readonly size: Size3;
  readonly box: Box;
}

/**
 * New voxels inside the region: those whose interpolated mask value reaches the threshold. Without interpolation the
 * drawn mask itself.
 */
export function interpolatedMask(
  mask: Mask,
  { interpolation }: ChainSettings,
  plan: GridPlan,
  { lo, hi }: { lo: Vec3; hi: Vec3 },
  kernels: KernelModule | null,
): PlacedMask {
  if (interpolation === null || plan.every(isIdentity)) {
    return { data: mask.data, size: mask.grid.size, box: { lo: [0, 0, 0], hi: mask.grid.size } };
  }
  const range = (p: AxisPlan, from: number, to: number): [number, number] => {
    if (isIdentity(p)) return [from, to];
    const reach = 4; // beyond this a cubic spline of a 0/1 mask stays far below any threshold
    return [
      Math.min(p.newSize - 1, Math.max(0, Math.floor((from - reach - p.start) / p.step))),
      Math.max(1, Math.min(p.newSize, Math.ceil((to - 1 + reach - p.start) / p.step) + 1)),
    ];
  };
  const spans = [
    range(plan[0], lo[0], hi[0]),
    range(plan[1], lo[1], hi[1]),
    range(plan[2], lo[2], hi[2]),
  ] as const;
  const box: Box = {
    lo: [spans[0][0], spans[1][0], spans[2][0]],
    hi: [spans[0][1], spans[1][1], spans[2][1]],
  };
  const size: Size3 = [box.hi[0] - box.lo[0], box.hi[1] - box.lo[1], box.hi[2] - box.lo[2]];
  if (voxelCount(size) > MOST_VOXELS) {
    throw tooManyVoxels(size, true);
  }
  const source = { size: mask.grid.size, data: mask.data, round: false };
  const data = new Uint8Array(voxelCount(size));
  const values = resampleBox(source, plan, box, interpolation.mask, kernels);
  const threshold = interpolation.mask_threshold - TIE;
  for (let i = 0; i < values.length; i++) if (values[i]! >= threshold) data[i] = 1;
  return { data, size, box };
}

/** A mask of one box written into another box; what lies outside is known to be empty. */
export function moved(from: PlacedMask, to: Box, size: Size3): Uint8Array {
  const out = new Uint8Array(voxelCount(size));
  const start = [0, 1, 2].map((a) => Math.max(from.box.lo[a]!, to.lo[a]!)) as [number, number, number];
  const end = [0, 1, 2].map((a) => Math.min(from.box.hi[a]!, to.hi[a]!)) as [number, number, number];
  if (end[0] <= start[0]) return out;
  for (let k = start[2]; k < end[2]; k++) {
    for (let j = start[1]; j < end[1]; j++) {
      const row =
        from.size[0] * (j - from.box.lo[1] + from.size[1] * (k - from.box.lo[2])) + start[0] - from.box.lo[0];
      out.set(
        from.data.subarray(row, row + end[0] - start[0]),
        size[0] * (j - to.lo[1] + size[1] * (k - to.lo[2])) + start[0] - to.lo[0],
      );
    }
  }
  return out;
}

/** A box that memory does not hold: because of the spacing asked for, or of the image itself. */
export function tooManyVoxels(size: Size3, interpolated: boolean): RefusedInput {
  const received = size.join('×');
  return interpolated
    ? new RefusedInput('settings_invalid', {
        key: 'interpolation.spacing',
        expected: `at most ${MOST_VOXELS} voxels around the region`,
        received,
      })
    : new RefusedInput('too_large', { expected: `${MOST_VOXELS}`, received });
}
