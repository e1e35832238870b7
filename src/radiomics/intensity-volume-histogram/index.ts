import type { Family, FamilyContext, FeatureValue } from '../family.ts';
import { allAbsent, featureValues, type Outcome } from '../feature-values.ts';
import type { RegionSample } from '../region-sample.ts';
import { sortedRegionValues } from '../region-values.ts';
import type { IvhSettings } from '../settings.ts';
import { DEFINITIONS } from './definitions.ts';
import { DESCRIPTION } from './description.ts';

/** The family of {@link DESCRIPTION}, computed. */
export const intensityVolumeHistogram: Family = { ...DESCRIPTION, compute };

/** More levels than this are no longer a histogram; the settings then need a wider bin. */
const MOST_LEVELS = 1 << 22;

function compute({ sample, ivh, kernels }: FamilyContext): FeatureValue[] {
  const sorted = sortedRegionValues(sample, kernels);
  if (sorted.length === 0) return allAbsent(DEFINITIONS, ['3D'], 'region_empty');
  const scale = ivhScale(sorted, ivh, sample.resegmentationRange);
  if (typeof scale === 'string') return allAbsent(DEFINITIONS, ['3D'], scale);
  return featureValues(DEFINITIONS, ivhFeatures(sorted, scale));
}

/** The set G of intensities over which the histogram runs: first + k·step for k = 0 … count−1. */
export interface IvhScale {
  readonly first: number;
  readonly step: number;
  readonly count: number;
  /** max G − min G in steps: what the intensity fraction divides by. Whole, but for FBS up to a free maximum. */
  readonly span: number;
  /** Level of a value, as index k. */
  readonly indexOf: (value: number) => number;
}

/**
 * The levels of the IVH (IBSI P88C, "discretisation"):
 * - none, definite and discrete units (HU): the whole numbers of G, w = 1;
 * - FBS, definite and continuous units (SUV): bin centres from min G + w/2 to max G − w/2;
 * - FBN, arbitrary units: the levels 1 … N.
 * G is the re-segmentation range where it is given, else the minimum and maximum of the region. Intensities that are
 * not whole numbers, without a method, are taken as 1000 levels between the ends of G.
 */
export function ivhScale(
  sorted: Float64Array,
  { method, bins, width }: IvhSettings,
  range: RegionSample['resegmentationRange'],
): IvhScale | 'too_many_levels' {
  const min = sorted[0]!;
  const max = sorted[sorted.length - 1]!;
  if (method === 'FBN') {
    const span = max - min;
    return {
      first: 1,
      step: 1,
      count: bins,
      span: bins - 1,
      indexOf: (x: number) => (span === 0 ? 0 : Math.min(bins - 1, Math.floor((bins * (x - min)) / span))),
    };
  }
  const low = range?.[0] ?? min;
  const high = range?.[1] ?? max;
  if (method === 'FBS') {
    const count = Math.max(1, Math.ceil((high - low) / width - 1e-9));
    if (count > MOST_LEVELS) return 'too_many_levels';
    return {
      first: low + width / 2,
      step: width,
      count,
      span: (high - low) / width - 1,
      indexOf: (x: number) => Math.min(count - 1, Math.floor((x - low) / width)),
    };
  }
  if (allWhole(sorted)) {
    const first = Math.ceil(low);
    const count = Math.floor(high) - first + 1;
    if (count > MOST_LEVELS) return 'too_many_levels';
    return { first, step: 1, count, span: count - 1, indexOf: (x: number) => x - first };
  }
  const count = 1000;
  const step = (high - low) / (count - 1);
  return {
    first: low,
    step,
    count,
    span: count - 1,
    indexOf: (x: number) => (step === 0 ? 0 : Math.min(count - 1, Math.floor((x - low) / step))),
  };
}

function allWhole(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (Math.floor(values[i]!) !== values[i]) return false;
  return Math.abs(values[0]!) < Infinity && Math.abs(values[values.length - 1]!) < Infinity;
}

/** Index behind the last of rising values of one level: in growing steps, then by halves. */
function endOfLevel(sorted: Float64Array, from: number, level: number, { indexOf }: IvhScale): number {
  let low = from; // of this level
  let step = 1;
  while (low + step < sorted.length && indexOf(sorted[low + step]!) === level) {
    low += step;
    step *= 2;
  }
  let high = Math.min(sorted.length, low + step); // no longer
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (indexOf(sorted[middle]!) === level) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * The 7 features. γ runs over the whole of G, levels without voxels among them. An intensity that no voxel reaches
 * has volume fraction 0, so I_x may be the first level above the brightest voxel.
 */
export function ivhFeatures(sorted: Float64Array, scale: IvhScale): Record<string, Outcome> {
  const { first, step, count, span } = scale;
  const n = sorted.length;
  // atLeast[k]: voxels of level k or higher; one level beyond the end has none.
  const atLeast = new Float64Array(count + 1);
  for (let from = 0; from < n;) {
    const level = scale.indexOf(sorted[from]!);
    const to = endOfLevel(sorted, from, level, scale);
    atLeast[level]! += to - from;
    from = to;
  }
  for (let k = count - 2; k >= 0; k--) atLeast[k]! += atLeast[k + 1]!;

  const volumeAt = (fraction: number): Outcome => {
    if (!(span > 0)) return 'flat_region';
    // Smallest k with γ = k/span ≥ fraction; ν falls with k, so it has the largest ν.
    const k = Math.ceil(fraction * span - 1e-9);
    return atLeast[Math.min(k, count)]! / n;
  };
  const intensityAt = (fraction: number): number => {
    let k = 0;
    while (atLeast[k]! > fraction * n * (1 + 1e-12)) k++;
    return first + k * step;
  };
  const v10 = volumeAt(0.1);
  const v90 = volumeAt(0.9);
  const i10 = intensityAt(0.1);
  const i90 = intensityAt(0.9);
  let area = 0;
  for (let k = 0; k < count - 1; k++) area += (atLeast[k]! + atLeast[k + 1]!) / 2;
  return {
    ivh_v10: v10,
    ivh_v90: v90,
    ivh_i10: i10,
    ivh_i90: i90,
    ivh_diff_v10_v90: typeof v10 === 'number' && typeof v90 === 'number' ? v10 - v90 : 'flat_region',
    ivh_diff_i10_i90: i10 - i90,
    // One level only: the area is 0 by definition.
    ivh_auc: span > 0 ? Math.min(1, area / n / span) : 0,
  };
}
