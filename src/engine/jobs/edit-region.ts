import type { Grid, Vec3 } from '../../core/geometry.ts';
import { readValues, type ParameterValues } from '../../core/parameters.ts';
import type { Volume } from '../../core/volume.ts';
import type { PackedMask } from '../../regions/document/packed-mask.ts';
import type { OperationId, OperationResult } from '../../regions/edit/operation.ts';
import { APPLY } from '../../regions/edit/apply.ts';
import { loadKernels } from '../wasm/kernels.ts';
import type { Job } from './job.ts';

export interface EditRegionInput {
  readonly operation: OperationId;
  /** Checked. */
  readonly values: ParameterValues;
  readonly grid: Grid;
  readonly image: Volume | null;
  readonly mask: PackedMask;
  readonly other: PackedMask | null;
  readonly seed: Vec3 | null;
}

/** One operation on a region: threshold, growing, islands, …. */
export const editRegionJob: Job<EditRegionInput, OperationResult> = {
  async run({ operation, values, ...input }, context) {
    const kernels = await loadKernels();
    const value = APPLY[operation]({ ...input, kernels, context }, readValues(values));
    // The empty slice is one object of the module: it must not be handed over.
    const buffers = value.mask.slices.filter((s) => s.rows > 0).map((s) => s.bits.buffer);
    return { value, transfer: [...new Set(buffers)] };
  },
};
