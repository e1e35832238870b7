import { MOST_LEVELS } from '../../imaging/discretise.ts';
import type { Discretised } from '../../imaging/region-sample.ts';
import type { DiscretisationSettings } from '../settings.ts';

/**
 * Bin edges of PyRadiomics, as NumPy computes them to the last bit (documentation, "Image Processing and Filters", and
 * Customizing the Extraction: binWidth, binCount).
 * - By width w: multiples of w from the last one not above the minimum to beyond the maximum. A value on an edge
 *   belongs to the bin above it.
 * - By count: equal bins from minimum to maximum, whose last edge moves up by 1 so that the maximum falls into the
 *   last bin. Equal values stand in the middle of bins over x ± ½.
 * @returns null for more edges than grey levels can be stored
 */
export function binEdges(
  min: number,
  max: number,
  { method, bins, width }: Pick<DiscretisationSettings, 'method' | 'bins' | 'width'>,
): Float64Array | null {
  if (method === 'FBN') {
    const [first, last] = min === max ? [min - 0.5, max + 0.5] : [min, max];
    const step = (last - first) / bins;
    const edges = Float64Array.from({ length: bins + 1 }, (_, k) => first + k * step);
    edges[bins] = last + 1;
    return edges;
  }
  const first = min - floorModulo(min, width);
  const count = Math.ceil((max + 2 * width - first) / width);
  if (!(count <= MOST_LEVELS)) return null;
  // Steps as NumPy takes them: the second value fixes the step.
  const step = first + width - first;
  return Float64Array.from({ length: count }, (_, k) => first + k * step);
}

/** The remainder with the sign of the divisor. */
function floorModulo(x: number, w: number): number {
  const rest = x % w;
  return rest < 0 ? rest + w : rest;
}

/** Number of edges at or below x: the grey level of x. */
export function levelOf(x: number, edges: Float64Array): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle]! <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Grey levels of the masked voxels by these edges; N_g is the highest level that occurs. */
export function discretiseByEdges(
  image: Float64Array,
  mask: Uint8Array,
  settings: DiscretisationSettings,
): Discretised | 'region_empty' | 'too_many_levels' {
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < image.length; i++) {
    if (mask[i] === 0) continue;
    if (image[i]! < min) min = image[i]!;
    if (image[i]! > max) max = image[i]!;
  }
  if (min > max) return 'region_empty';
  const edges = binEdges(min, max, settings);
  if (edges === null || edges.length > MOST_LEVELS) return 'too_many_levels';
  const levels = new Uint16Array(image.length);
  for (let i = 0; i < image.length; i++) if (mask[i] === 1) levels[i] = levelOf(image[i]!, edges);
  return {
    levels,
    bins: levelOf(max, edges),
    method: settings.method,
    lower: edges[0]!,
    width: edges[1]! - edges[0]!,
  };
}
