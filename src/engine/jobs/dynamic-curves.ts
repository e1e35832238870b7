import { gatherCurves, type CurveBlock } from '../../kinetics/dynamic/gather.ts';
import type { Job } from './job.ts';

interface DynamicCurvesInput {
  readonly phases: readonly (Float32Array | Float64Array)[];
  readonly mask: Uint8Array;
}

/** The curves of a region's voxels, taken out of the phases of a series. */
export const dynamicCurvesJob: Job<DynamicCurvesInput, CurveBlock> = {
  run({ phases, mask }) {
    const block = gatherCurves(phases, mask);
    return { value: block, transfer: [block.curves.buffer, block.voxels.buffer] };
  },
};
