import type { KernelModule } from '../core/kernel-module.ts';
import type { Aggregation } from './family.ts';
import { mergedLevelMatrix } from './level-matrix.ts';
import { filledSlices, paddedLevels, type PaddedLevels } from './padded-levels.ts';
import type { RegionSample } from './region-sample.ts';
import type { ZoneFinder, ZoneMatrices } from './zone-matrices.ts';
import { zonesByKernel } from './zones-kernel.ts';
import { zonesReference } from './zones-reference.ts';

type Found = Partial<Record<'slices' | 'merged' | 'volume', readonly ZoneMatrices[]>>;
const known = new WeakMap<RegionSample, { kernel: Found; reference: Found }>();

/**
 * Matrices of the asked aggregation: one a slice for `2D`, all slices merged for `2.5D`, the volume for `3D`.
 * Zones are found once for each sample, and shared by the families that count them.
 * @returns null when the region holds no grey levels
 */
export function zoneMatrices(
  sample: RegionSample,
  aggregation: Aggregation,
  kernels: KernelModule | null,
): readonly ZoneMatrices[] | null {
  const levels = paddedLevels(sample, 1, 'rank', kernels);
  if (levels === null) return null;
  let both = known.get(sample);
  if (!both) known.set(sample, (both = { kernel: {}, reference: {} }));
  const found = kernels ? both.kernel : both.reference;
  const planar = aggregation !== '3D';
  const finder = (): ZoneFinder =>
    kernels ? zonesByKernel(sample, levels, planar, kernels) : zonesReference(sample, levels, planar);
  if (!planar) return (found.volume ??= [finder().volume()]);
  found.slices ??= slicesOf(levels, finder());
  if (aggregation === '2D') return found.slices;
  return (found.merged ??= [
    {
      sizes: mergedLevelMatrix(found.slices.map((m) => m.sizes)),
      distances: mergedLevelMatrix(found.slices.map((m) => m.distances)),
    },
  ]);
}

const slicesOf = (levels: PaddedLevels, { slice }: ZoneFinder): readonly ZoneMatrices[] =>
  filledSlices(levels).map((z) => slice(z));
