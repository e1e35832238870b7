import type { KernelModule } from '../core/kernel-module.ts';
import type { Mask, Volume } from '../core/volume.ts';
import { prepareRegion } from '../imaging/chain.ts';
import type { ChainSettings } from '../imaging/chain-settings.ts';
import { discretiseWithin } from '../imaging/discretise.ts';
import type { RegionSample } from './region-sample.ts';
import { regionValues } from './region-values.ts';
import type { DiscretisationSettings } from './settings.ts';

/** One slice of a prepared region with the intensities of the whole region: what teaching pictures are made of. */
export interface RegionSlice {
  /** The slice, not yet discretised; null when the region has no voxel on it. */
  readonly sample: RegionSample | null;
  /** Intensities of the region's intensity mask as the settings' own approach gives them. */
  readonly values: Float64Array;
  /** The least and the largest intensity of all slices together. */
  readonly extremes: readonly [number, number];
}

/**
 * One slice of a region after the image chain of the 2D approach, which keeps the slices of the image.
 * @param slice index along the third axis of the volume
 * @throws RefusedInput as `prepareRegion`
 */
export function regionSlice(
  volume: Volume,
  mask: Mask,
  settings: ChainSettings,
  slice: number,
  kernels: KernelModule | null,
): RegionSlice {
  // Without local intensity the box around the region is as tight as textures need it.
  const { sample, from } = prepareRegion(
    volume,
    mask,
    { ...settings, approach: '2D', families: ['glcm'] },
    kernels,
  );
  const ofSlices = regionValues(sample);
  const alongSlices = settings.interpolation?.spacing[2] ?? null;
  const values =
    settings.approach === '3D' && alongSlices !== null
      ? regionValues(prepareRegion(volume, mask, { ...settings, families: ['glcm'] }, kernels).sample)
      : ofSlices;
  return { sample: cut(sample, slice - from[2]), values, extremes: extremesOf(ofSlices) };
}

function cut(sample: RegionSample, z: number): RegionSample | null {
  const [nx, ny, nz] = sample.size;
  if (z < 0 || z >= nz) return null;
  const [start, end] = [z * nx * ny, (z + 1) * nx * ny];
  const intensity = sample.intensity.slice(start, end);
  if (!intensity.includes(1)) return null;
  return {
    ...sample,
    size: [nx, ny, 1],
    image: sample.image.slice(start, end),
    morphological: sample.morphological.slice(start, end),
    intensity,
    discretised: null,
  };
}

function extremesOf(values: Float64Array): readonly [number, number] {
  let [min, max] = [Infinity, -Infinity];
  for (const v of values) {
    if (v < min) min = v;
    if (v > max) max = v;
  }
  return [min, max];
}

/** The slice with the grey levels that the whole region's discretisation gives it; null when it gives none. */
export function discretisedSlice(
  { sample, extremes }: Pick<RegionSlice, 'sample' | 'extremes'>,
  settings: DiscretisationSettings,
): RegionSample | null {
  if (sample === null) return null;
  const { image, intensity, resegmentationRange } = sample;
  const levels = discretiseWithin(extremes, image, intensity, settings, resegmentationRange?.[0] ?? null);
  return typeof levels === 'string' ? null : { ...sample, discretised: levels };
}

/** Intensities of the teaching image; null lies outside its region. Patches, and two voxels of their own deep inside. */
const TEACHING = [
  [10, 14, 12, 60, 64, 62],
  [12, 11, 15, 61, 90, 63],
  [13, 40, 90, 60, 91, 92],
  [38, 41, 43, 12, 88, 94],
  [39, 40, 15, 62, 11, 90],
  [null, 42, 14, 12, 10, null],
] as const;

/** A made-up slice of 6 × 6 voxels that can be counted with a finger. */
export function teachingSlice(): RegionSlice {
  const cells = TEACHING.flat();
  const intensity = Uint8Array.from(cells, (v) => (v === null ? 0 : 1));
  const sample: RegionSample = {
    size: [6, 6, 1],
    spacing: [1, 1, 1],
    unit: 'arbitrary',
    image: Float64Array.from(cells, (v) => v ?? 0),
    morphological: intensity.slice(),
    intensity,
    atImageBorder: [true, true, true, true, true, true],
    discretised: null,
    resegmentationRange: null,
  };
  const values = regionValues(sample);
  return { sample, values, extremes: extremesOf(values) };
}
