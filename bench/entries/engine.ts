// Bundled by bench/bundle.mjs: the product's computation on arrays, without files and workers, in one thread.
import type { KernelModule } from '../../src/core/kernel-module.ts';
import type { Mask, Volume } from '../../src/core/volume.ts';
import { instantiate } from '../../src/engine/wasm/instantiate.ts';
import { extractFeatures } from '../../src/radiomics/extract.ts';
import { FAMILIES } from '../../src/radiomics/registry.ts';
import { DEFAULT_SETTINGS } from '../../src/radiomics/settings.ts';

export const families = (): string[] => FAMILIES.map((f) => f.id);

export const kernels = (bytes: Uint8Array<ArrayBuffer>): Promise<KernelModule> => instantiate(bytes);

/** One extraction as the page does it: the image chain, then the families. */
export function extract(
  volume: Volume,
  mask: Mask,
  bins: number,
  chosen: readonly string[],
  aggregations: readonly string[] | null,
  module: KernelModule,
): number {
  const settings = {
    ...DEFAULT_SETTINGS,
    discretisation: { ...DEFAULT_SETTINGS.discretisation, method: 'FBN' as const, bins },
    families: chosen,
    aggregations,
  };
  return extractFeatures(volume, mask, settings, { kernels: module, wholeImage: false }).rows.length;
}
