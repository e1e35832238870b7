// Bundled by bench/bundle.mjs: the product's computation on arrays, without files and workers, in one thread.
import type { KernelModule } from '../../src/core/kernel-module.ts';
import type { Mask, Volume } from '../../src/core/volume.ts';
import { instantiate } from '../../src/engine/wasm/instantiate.ts';
import { prepareRegion } from '../../src/imaging/chain.ts';
import { discretise } from '../../src/imaging/discretise.ts';
import { maskRows } from '../../src/imaging/mask-rows.ts';
import type { RegionSample } from '../../src/imaging/region-sample.ts';
import { extractFeatures } from '../../src/radiomics/extract.ts';
import type { Family } from '../../src/radiomics/family.ts';
import { featureValues } from '../../src/radiomics/feature-values.ts';
import { autocorrelation, massFeatures, shapeFeatures } from '../../src/radiomics/morphology/index.ts';
import { maskMoments } from '../../src/radiomics/morphology/reference.ts';
import { rowsOf } from '../../src/imaging/sample-rows.ts';
import { FAMILIES } from '../../src/radiomics/registry.ts';
import { DEFAULT_SETTINGS, type ExtractionSettings } from '../../src/radiomics/settings.ts';

export const kernels = (bytes: Uint8Array<ArrayBuffer>): Promise<KernelModule> => instantiate(bytes);

const TEXTURE = ['glcm', 'glrlm', 'glszm', 'gldzm', 'ngtdm', 'ngldm'];
const PAIRS = ['morph_moran_i', 'morph_geary_c'];

const settingsFor = (bins: number): ExtractionSettings => ({
  ...DEFAULT_SETTINGS,
  discretisation: { ...DEFAULT_SETTINGS.discretisation, method: 'FBN', bins },
});

/** Morphology without Moran's I and Geary's C, and those two alone, as families of their own. */
function morphologyParts(): { shape: Family; pairs: Family } {
  const whole = FAMILIES.find((f) => f.id === 'morphology')!;
  const shape = whole.features.filter((f) => !PAIRS.includes(f.tag));
  const pairs = whole.features.filter((f) => PAIRS.includes(f.tag));
  return {
    shape: {
      ...whole,
      features: shape,
      compute: ({ sample, kernels: module }) => {
        const moments = maskMoments(sample.morphological, rowsOf(sample, 'morphological', module));
        return featureValues(shape, {
          ...shapeFeatures(sample, moments, module),
          ...massFeatures(sample, moments, module),
        });
      },
    },
    pairs: {
      ...whole,
      id: 'moran_geary',
      features: pairs,
      compute: ({ sample, kernels: module }) => featureValues(pairs, { ...autocorrelation(sample, module) }),
    },
  };
}

/**
 * What the peers' tasks are here; each call computes afresh and returns the number of features. `glcm` to `moran-geary`
 * work on prepared arrays as the peers do (texture with its discretisation); `everything` is a whole extraction, image
 * chain and all families, without and with Moran and Geary.
 */
export function tasks(
  volume: Volume,
  mask: Mask,
  bins: number,
  module: KernelModule,
): Record<string, () => number> {
  const settings = settingsFor(bins);
  const { sample } = prepareRegion(volume, mask, settings, module);
  const { shape, pairs } = morphologyParts();
  const compute = (
    families: readonly Family[],
    fresh: RegionSample,
    only: readonly string[] | null,
  ): number =>
    families.reduce((count, family) => {
      const known = family.aggregations.filter((a) => a.startsWith('3D'));
      const aggregations = only === null ? known : known.filter((a) => only.includes(a));
      const { texture, ivh } = settings;
      return count + family.compute({ sample: fresh, texture, ivh, aggregations, kernels: module }).length;
    }, 0);
  const textures = (ids: readonly string[], only: readonly string[] | null) => (): number => {
    const fast = { rows: maskRows(sample.intensity, sample.size, module), kernels: module };
    const levels = discretise(sample.image, sample.intensity, settings.discretisation, null, fast);
    const discretised = typeof levels === 'string' ? null : levels;
    return compute(
      FAMILIES.filter((f) => ids.includes(f.id)),
      { ...sample, discretised },
      only,
    );
  };
  const everything = (families: readonly Family[]) => (): number =>
    extractFeatures(volume, mask, settings, { kernels: module, families }).rows.length;
  return {
    glcm: textures(['glcm'], ['3D:avg']),
    texture: textures(TEXTURE, null),
    morphology: () => compute([shape], { ...sample }, null),
    'moran-geary': () => compute([pairs], { ...sample }, null),
    everything: everything(FAMILIES.map((f) => (f.id === 'morphology' ? shape : f))),
    'everything-pairs': everything(FAMILIES),
  };
}

/** Milliseconds of the chain and of each family (`moran_geary` apart), once. */
export function timed(
  volume: Volume,
  mask: Mask,
  bins: number,
  module: KernelModule,
): Readonly<Record<string, number>> {
  const { shape, pairs } = morphologyParts();
  const families = FAMILIES.flatMap((f) => (f.id === 'morphology' ? [shape, pairs] : [f]));
  const clock = (): number => performance.now();
  return extractFeatures(volume, mask, settingsFor(bins), { kernels: module, families, clock }).times;
}
