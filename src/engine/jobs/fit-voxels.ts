import type { FitSettings } from '../../kinetics/fit/fit-plan.ts';
import { fitBlock, type FitBlock } from '../../kinetics/fit/fit-block.ts';
import { InputResponse } from '../../kinetics/input/input-response.ts';
import type { ModelId } from '../../kinetics/models/model.ts';
import { modelOf } from '../../kinetics/models/registry.ts';
import { convertVoxels, type Conversion } from '../../kinetics/signal/convert-voxels.ts';
import { gpuDevice } from '../gpu/device.ts';
import { fitBlockOnGpu } from '../gpu/kinetics.ts';
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
  readonly backend: 'wasm' | 'webgpu';
}

export interface FittedVoxels {
  readonly block: FitBlock;
  /** mmol/L, laid out as the signals; NaN where the signal equation has no answer. */
  readonly concentrations: Float32Array<ArrayBuffer>;
  /** 1 where a voxel has no concentration in some frame. */
  readonly unconverted: Uint8Array<ArrayBuffer>;
  /** Where it was done. */
  readonly backend: 'wasm' | 'webgpu';
}

/** Signals of some voxels to concentrations, and a model fitted to each. */
export const fitVoxelsJob: Job<FitVoxelsInput, FittedVoxels> = {
  async run({ model, settings, input, seconds, signals, conversion, backend }, { onProgress }) {
    const minutes = (s: Float64Array) => s.map((v) => v / 60);
    const { concentrations, unconverted } = convertVoxels(signals, seconds.length, conversion);
    const response = new InputResponse(
      { minutes: minutes(input.seconds), concentration: input.plasma },
      minutes(seconds),
    );
    const fitted = modelOf(model);
    const voxels = unconverted.length;
    const device = backend === 'webgpu' ? await gpuDevice() : null;
    const onGpu =
      device && (await fitBlockOnGpu(device, fitted, response, settings, concentrations, voxels).catch(lost));
    const block = onGpu ?? (await byKernels());
    async function byKernels(): Promise<FitBlock> {
      const kernels = await loadKernels();
      return fitBlock(fitted, response, settings, concentrations, voxels, {
        ...(kernels && { kernels }),
        ...(onProgress && { onProgress: (share: number) => onProgress(share) }),
      });
    }
    return {
      value: { block, concentrations, unconverted, backend: onGpu ? 'webgpu' : 'wasm' },
      transfer: [concentrations.buffer, unconverted.buffer],
    };
  },
};

/** A device that is lost meanwhile leaves the work to Wasm. */
const lost = (): undefined => undefined;
