import type { Mask, Volume } from '../../core/volume.ts';
import { extractFeatures, type Extraction } from '../../radiomics/extract.ts';
import { extractPyradiomics } from '../../radiomics/pyradiomics/extract.ts';
import type { ExtractionSettings } from '../../radiomics/settings.ts';
import { loadKernels } from '../wasm/kernels.ts';
import type { Job } from './job.ts';

export interface ExtractInput {
  readonly volume: Volume;
  readonly mask: Mask;
  readonly settings: ExtractionSettings;
  readonly backend: 'wasm' | 'reference';
  /** Diagnostics of the whole interpolated image cost a pass over it; the page leaves them out. */
  readonly wholeImage: boolean;
}

/** Features of one region of one image. */
export const extractJob: Job<ExtractInput, Extraction> = {
  async run({ volume, mask, settings, backend, wholeImage }, context) {
    const kernels = backend === 'wasm' ? await loadKernels() : null;
    const extract = settings.profile === 'pyradiomics' ? extractPyradiomics : extractFeatures;
    return { value: extract(volume, mask, settings, { kernels, context, wholeImage }) };
  },
};
