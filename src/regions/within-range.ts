import type { KernelModule } from '../core/kernel-module.ts';
import type { Volume } from '../core/volume.ts';
import type { PackedMask } from './document/packed-mask.ts';
import { thresholdByKernel } from './within-range-kernel.ts';
import { thresholdReference } from './within-range-reference.ts';

/** The voxels of an image within a closed range. */
export function withinRange(
  image: Volume,
  low: number,
  high: number,
  kernels: KernelModule | null,
): PackedMask {
  const { data, grid } = image;
  if (kernels !== null && data instanceof Float32Array)
    return thresholdByKernel(data, grid.size, low, high, kernels);
  return thresholdReference(data, grid.size, low, high);
}
