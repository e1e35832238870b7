import type { FitSettings } from '../../kinetics/fit/fit-plan.ts';
import { fitBlock, type FitBlock } from '../../kinetics/fit/fit-block.ts';
import { InputResponse } from '../../kinetics/input/input-response.ts';
import type { ModelId } from '../../kinetics/models/model.ts';
import { modelOf } from '../../kinetics/models/registry.ts';
import { convertVoxels, type Conversion } from '../../kinetics/signal/convert-voxels.ts';
import { loadKernels } from '../wasm/kernels.ts';
import type { Job } from './job.ts';

interface FitVoxelsInput {
  readonly model: ModelId;
  readonly settings: FitSettings;
  /** Input in plasma: s and mmol/L. */
  readonly input: { readonly seconds: Float64Array; readonly plasma: Float64Array };
  /** Frames, s. */
  readonly seconds: Float64Array;
  /** Signals: voxel v, frame f at `v · frames + f`. */
  readonly signals: Float32Array<ArrayBuffer>;
  readonly conversion: Conversion;
}

export interface FittedVoxels {
  readonly block: FitBlock;
  /** mmol/L, laid out as the signals; NaN where the signal equation has no answer. */
  readonly concentrations: Float32Array<ArrayBuffer>;
  /** 1 where a voxel has no concentration in some frame. */
  readonly unconverted: Uint8Array<ArrayBuffer>;
}

/** Signals of some voxels to concentrations, and a model fitted to each. */
export const fitVoxelsJob: Job<FitVoxelsInput, FittedVoxels> = {
  async run({ model, settings, input, seconds, signals, conversion }, { onProgress }) {
    const minutes = (s: Float64Array) => s.map((v) => v / 60);
    const { concentrations, unconverted } = convertVoxels(signals, seconds.length, conversion);
    const response = new InputResponse(
      { minutes: minutes(input.seconds), concentration: input.plasma },
      minutes(seconds),
    );
    const kernels = await loadKernels();
    const block = fitBlock(modelOf(model), response, settings, concentrations, unconverted.length, {
      ...(kernels && { kernels }),
      ...(onProgress && { onProgress: (share: number) => onProgress(share) }),
    });
    return {
      value: { block, concentrations, unconverted },
      transfer: [concentrations.buffer, unconverted.buffer],
    };
  },
};
