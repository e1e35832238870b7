import { prepareRegion } from '../../imaging/chain.ts';
import {
  againstReference,
  digitalPhantom,
  phantomSettings,
  type SelfTestRow,
} from '../../quality/self-test/self-test.ts';
import { glcm, glcmValues } from '../../radiomics/glcm/index.ts';
import type { PairCounts } from '../../radiomics/glcm/counts.ts';
import { filledSlices, paddedLevels, type PaddedLevels } from '../../radiomics/padded-levels.ts';
import { countPairsOnGpu } from './glcm.ts';

/**
 * The IBSI digital phantom with its pairs counted by the shader, in the volume and slice by slice; the formulas are
 * those of every backend. Empty when the device cannot hold even this.
 */
export async function selfTestOnGpu(device: GPUDevice): Promise<SelfTestRow[]> {
  const { volume, mask } = digitalPhantom();
  const settings = phantomSettings('3D');
  const { sample } = prepareRegion(volume, mask, settings, null);
  const levels = paddedLevels(sample, settings.texture.distance, 'rank', null);
  const counts = levels && (await pairCountsOnGpu(device, levels));
  if (!counts) return [];
  const { texture } = settings;
  const { spacing } = sample;
  return againstReference(
    glcmValues(counts, { texture, spacing, voxels: levels.voxels }, glcm.aggregations),
    [glcm.id],
  );
}

/** Pair counts by the shader, as the formulas ask for them; null when they exceed the device. */
async function pairCountsOnGpu(device: GPUDevice, levels: PaddedLevels): Promise<PairCounts | null> {
  const { pad, data, size } = levels;
  const [px, py] = size;
  const plane = px * py;
  const volume = await countPairsOnGpu(device, levels);
  const slices = new Map<number, Uint32Array[]>();
  for (const z of filledSlices(levels)) {
    // One slice between its pads; only directions within it are counted.
    const within = data.subarray(plane * (z - pad), plane * (z + pad + 1));
    const counted = await countPairsOnGpu(
      device,
      { ...levels, data: within, size: [px, py, 2 * pad + 1] },
      true,
    );
    if (!counted) return null;
    slices.set(z, counted);
  }
  return (
    volume && {
      ranks: levels.ranks,
      values: levels.values,
      bins: levels.bins,
      slices: () => [...slices.keys()],
      slice: (z) => slices.get(z)!,
      volume: () => volume,
    }
  );
}
