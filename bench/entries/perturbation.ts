// Bundled by bench/bundle.mjs: the runs of a perturbation study on arrays.
import type { KernelModule } from '../../src/core/kernel-module.ts';
import type { Mask, Volume } from '../../src/core/volume.ts';
import { instantiate } from '../../src/engine/wasm/instantiate.ts';
import { perturbedFeatures } from '../../src/quality/perturbations/features.ts';
import { cutAround } from '../../src/quality/perturbations/perturb.ts';
import { DEFAULT_RANGES, drawPerturbations } from '../../src/quality/perturbations/perturbation.ts';
import { DEFAULT_SETTINGS, type ExtractionSettings } from '../../src/radiomics/settings.ts';

export const kernels = (bytes: Uint8Array<ArrayBuffer>): Promise<KernelModule> => instantiate(bytes);

/** All features after the runs of one worker; returns how many values there are. */
export function study(
  volume: Volume,
  mask: Mask,
  bins: number,
  { runs, part, parts }: { runs: number; part: number; parts: number },
  module: KernelModule,
): number {
  const settings: ExtractionSettings = {
    ...DEFAULT_SETTINGS,
    discretisation: { ...DEFAULT_SETTINGS.discretisation, method: 'FBN', bins },
  };
  const mine = drawPerturbations(DEFAULT_RANGES, runs, 1).filter((_, n) => n % parts === part);
  const cut = cutAround(volume, mask, DEFAULT_RANGES, settings);
  return perturbedFeatures(cut, settings, mine, module).reduce(
    (sum, row) => sum + Object.keys(row.values).length,
    0,
  );
}
