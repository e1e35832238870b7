import type { Volume } from '../../core/volume.ts';
import { preprocess, type AskedStep, type PreprocessingOutcome } from '../../imaging/preprocess/run.ts';
import { loadKernels } from '../wasm/kernels.ts';
import type { Job } from './job.ts';

export interface PreprocessInput {
  readonly volume: Volume;
  readonly steps: readonly AskedStep[];
  /** 1 inside, on the grid of the image; null: the body. */
  readonly region: Uint8Array | null;
  readonly references: readonly Volume[];
}

/** Steps of preprocessing on one image. */
export const preprocessJob: Job<PreprocessInput, PreprocessingOutcome> = {
  async run({ volume, steps, region, references }, context) {
    const value = preprocess(volume, steps, region, references, await loadKernels(), context);
    return { value, transfer: [value.volume.data.buffer as ArrayBuffer] };
  },
};
