import type { JobContext } from '../../core/job-context.ts';
import type { KernelModule } from '../../core/kernel-module.ts';
import { RefusedInput } from '../../core/refusal.ts';
import { extractFeatures } from '../../radiomics/extract.ts';
import { extractPyradiomics } from '../../radiomics/pyradiomics/extract.ts';
import type { ExtractionSettings } from '../../radiomics/settings.ts';
import { noiseOf, perturbed, type Cut } from './perturb.ts';
import type { Perturbation } from './perturbation.ts';

/** Features after one perturbation; without any where the region is lost. */
export interface PerturbedRow {
  readonly run: number;
  readonly voxels: number;
  /** By column name; null where the feature has no value. */
  readonly values: Readonly<Record<string, number | null>>;
}

/** Features of a region after each perturbation, on the box that `cutAround` made. */
export function perturbedFeatures(
  cut: Cut,
  settings: ExtractionSettings,
  perturbations: readonly Perturbation[],
  kernels: KernelModule | null,
  { onProgress, checkCancelled }: JobContext = {},
): PerturbedRow[] {
  const extract = settings.profile === 'pyradiomics' ? extractPyradiomics : extractFeatures;
  const sigma = perturbations.some((p) => p.noise > 0) ? noiseOf(settings, cut.volume) : 0;
  return perturbations.map((perturbation, n) => {
    checkCancelled?.();
    const made = perturbed(cut, settings, perturbation, kernels, sigma);
    let voxels = 0;
    for (const v of made.mask.data) voxels += v;
    let values: Record<string, number | null> = {};
    try {
      const { rows } = extract(made.volume, made.mask, made.settings, { kernels });
      values = Object.fromEntries(rows.map((r) => [r.column, r.value]));
    } catch (error) {
      // A region that a run has lost has no values; settings that are wrong are wrong for all runs.
      if (!(error instanceof RefusedInput) || voxels > 0) throw error;
    }
    onProgress?.((n + 1) / perturbations.length);
    return { run: perturbation.run, voxels, values };
  });
}
