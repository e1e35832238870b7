import { chanVese } from './chan-vese/index.ts';
import { digitalBiopsy } from './digital-biopsy/index.ts';
import { fuzzyCMeansMethod } from './fuzzy-c-means/index.ts';
import { gaussianMixture } from './gaussian-mixture/index.ts';
import { geodesicActiveContour } from './geodesic-active-contour/index.ts';
import { kMeans } from './k-means/index.ts';
import { markovRandomField } from './markov-random-field/index.ts';
import { patchNetwork } from './patch-network/index.ts';
import { pixelClassifier } from './pixel-classifier/index.ts';
import type { MethodId, SegmentationMethod } from './method.ts';

/** Every semi-automatic method, in the order in which they are offered. A new one is a room and a line here. */
export const METHODS: readonly SegmentationMethod[] = [
  kMeans,
  fuzzyCMeansMethod,
  gaussianMixture,
  pixelClassifier,
  markovRandomField,
  chanVese,
  geodesicActiveContour,
  patchNetwork,
  digitalBiopsy,
];

/** @throws RangeError for an id that is not in the registry. */
export function methodOf(id: MethodId): SegmentationMethod {
  const found = METHODS.find((m) => m.id === id);
  if (!found) throw new RangeError(`no segmentation method ${id}`);
  return found;
}
