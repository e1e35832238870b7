import type { Volume } from '../../core/volume.ts';
import { biopsyStability } from '../../quality/biopsy-stability.ts';
import {
  runSegmentationBench,
  type BenchOptions,
  type BenchRow,
} from '../../quality/segmentation-bench/bench.ts';
import type { ExtractionSettings } from '../../radiomics/settings.ts';
import type { SegmentationRequest } from '../../regions/segment/crop.ts';
import { segment, type SegmentationOutcome } from '../../regions/segment/segment.ts';
import { loadKernels } from '../wasm/kernels.ts';
import type { Job } from './job.ts';

export interface SegmentInput {
  readonly volume: Volume;
  readonly request: SegmentationRequest;
  readonly backend: 'wasm' | 'reference';
}

/** One semi-automatic method on an image, cut to its box. */
export const segmentJob: Job<SegmentInput, SegmentationOutcome> = {
  async run({ volume, request, backend }, context) {
    const kernels = backend === 'wasm' ? await loadKernels() : null;
    const value = segment(volume, request, kernels, context);
    return { value, transfer: value.outcome === 'done' ? [value.labels.buffer as ArrayBuffer] : [] };
  },
};

export interface StabilityInput {
  readonly volume: Volume;
  readonly placements: readonly Uint32Array[];
  readonly settings: ExtractionSettings;
}

/** Features over the placements of a digital biopsy. */
export const biopsyStabilityJob: Job<StabilityInput, ReturnType<typeof biopsyStability>> = {
  async run({ volume, placements, settings }, context) {
    return { value: biopsyStability(volume, placements, settings, await loadKernels(), context) };
  },
};

/** Tools on digital phantoms. */
export const segmentationBenchJob: Job<BenchOptions, readonly BenchRow[]> = {
  async run(options, context) {
    return { value: runSegmentationBench(options, await loadKernels(), context) };
  },
};
