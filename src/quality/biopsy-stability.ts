import type { Finding } from '../core/finding.ts';
import type { JobContext } from '../core/job-context.ts';
import type { KernelModule } from '../core/kernel-module.ts';
import { voxelCount } from '../core/geometry.ts';
import type { Volume } from '../core/volume.ts';
import { extractFeatures } from '../radiomics/extract.ts';
import type { ExtractionSettings } from '../radiomics/settings.ts';
import { variation } from '../regions/segment/digital-biopsy/placements.ts';

/** How steady one feature is over the placements of a digital biopsy. */
export interface FeatureStability {
  readonly tag: string;
  readonly family: string;
  readonly name: string;
  readonly aggregation: string;
  readonly unit: string;
  /** Value at each placement; null where it had none. */
  readonly values: readonly (number | null)[];
  /** Standard deviation over |mean|; null with fewer than two values or a mean of 0. */
  readonly variation: number | null;
  /** `na` where there is no variation to judge. */
  readonly verdict: 'pass' | 'warn' | 'na';
}

/** SPEC R25: a feature whose coefficient of variation is at most this does not mind where the sample is taken. */
export const STEADY = 0.15;

/**
 * Features of every placement of a digital biopsy and their variation: how little they depend on the outline.
 * Source: Echegaray S, Nair V, Kadoch M, et al. Tomography 2016;2:283.
 * @param volume the box that the placements lie on
 * @param placements voxel indices in it
 */
export function biopsyStability(
  volume: Volume,
  placements: readonly Uint32Array[],
  settings: ExtractionSettings,
  kernels: KernelModule | null,
  context: JobContext = {},
): { readonly features: readonly FeatureStability[]; readonly findings: readonly Finding[] } {
  const tables = placements.map((voxels, k) => {
    context.checkCancelled?.();
    context.onProgress?.(k / placements.length);
    const data = new Uint8Array(voxelCount(volume.grid.size));
    for (const v of voxels) data[v] = 1;
    const mask = { grid: volume.grid, data, name: `${k + 1}`, colour: [255, 92, 92] as const };
    return extractFeatures(volume, mask, settings, {
      kernels,
      context: context.checkCancelled ? { checkCancelled: context.checkCancelled } : {},
    });
  });
  const features = (tables[0]?.rows ?? []).map((row, r): FeatureStability => {
    const values = tables.map((t) => t.rows[r]!.value);
    const spread = variation(values.filter((v) => v !== null));
    const { tag, family, name, aggregation, unit } = row;
    const verdict = spread === null ? 'na' : spread <= STEADY ? 'pass' : 'warn';
    return { tag, family, name, aggregation, unit, values, variation: spread, verdict };
  });
  return { features, findings: tables[0]?.findings ?? [] };
}
