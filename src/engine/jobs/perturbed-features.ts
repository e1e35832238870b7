import { perturbedFeatures, type PerturbedRow } from '../../quality/perturbations/features.ts';
import type { Cut } from '../../quality/perturbations/perturb.ts';
import type { Perturbation } from '../../quality/perturbations/perturbation.ts';
import type { ExtractionSettings } from '../../radiomics/settings.ts';
import { loadKernels } from '../wasm/kernels.ts';
import type { Job } from './job.ts';

export interface PerturbedFeaturesInput {
  readonly cut: Cut;
  readonly settings: ExtractionSettings;
  readonly perturbations: readonly Perturbation[];
}

/** Features of one region after some of the runs of a perturbation study. */
export const perturbedFeaturesJob: Job<PerturbedFeaturesInput, readonly PerturbedRow[]> = {
  async run({ cut, settings, perturbations }, context) {
    return { value: perturbedFeatures(cut, settings, perturbations, await loadKernels(), context) };
  },
};
