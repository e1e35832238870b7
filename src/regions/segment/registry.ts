import { fuzzyCMeansMethod } from './fuzzy-c-means/index.ts';
import { gaussianMixture } from './gaussian-mixture/index.ts';
import { kMeans } from './k-means/index.ts';
import type { MethodId, SegmentationMethod } from './method.ts';

/** Every semi-automatic method, in the order in which they are offered. A new one is a room and a line here. */
export const METHODS: readonly SegmentationMethod[] = [kMeans, fuzzyCMeansMethod, gaussianMixture];

/** @throws RangeError for an id that is not in the registry. */
export function methodOf(id: MethodId): SegmentationMethod {
  const found = METHODS.find((m) => m.id === id);
  if (!found) throw new RangeError(`no segmentation method ${id}`);
  return found;
}
