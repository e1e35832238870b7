import type { RegionSource } from '../../core/region.ts';
import type { Series } from '../../core/series.ts';
import type { Study } from '../../engine/api.ts';

/** The series to show first: one that a region was drawn on, then the one with the most voxels. */
export function bestSeries(study: Study): Series | undefined {
  const voxels = (s: Series) => s.size[0] * s.size[1] * s.size[2];
  const drawnOn = (s: Series) => study.regions.some((r) => belongsTo(r, s));
  return [...study.series].sort(
    (a, b) => Number(drawnOn(b)) - Number(drawnOn(a)) || voxels(b) - voxels(a),
  )[0];
}

/** Does the region say that it was drawn on this series? Splits of one series carry `#2` behind their UID. */
export function belongsTo(region: RegionSource, series: Series): boolean {
  return region.referencedSeries !== undefined && series.uid.split('#')[0] === region.referencedSeries;
}

/** May the region lie on this series at all? It was drawn on it, or nothing says that it lies in another frame of reference. */
export function mayLieOn(region: RegionSource, series: Series): boolean {
  if (belongsTo(region, series)) return true;
  const [a, b] = [region.frameOfReference, series.frameOfReference];
  return a === '' || b === '' || a === b;
}

/**
 * Is the region laid over this series unasked? An outline of the CT serves the PET beside it, but where a series has
 * outlines of its own, copies of them on other images are not piled up on it: they wait until the person asks.
 */
export function fits(region: RegionSource, series: Series, regions: readonly RegionSource[]): boolean {
  if (belongsTo(region, series)) return true;
  const ofAnother = region.referencedSeries !== undefined && regions.some((r) => belongsTo(r, series));
  return !ofAnother && mayLieOn(region, series);
}

/** Regions of this series before the others, each in the order of the files. */
export function regionsFirst(regions: readonly RegionSource[], series: Series): RegionSource[] {
  return [...regions].sort((a, b) => Number(belongsTo(b, series)) - Number(belongsTo(a, series)));
}

/** Why no series is on screen: key of the sentence to say. */
export const whyNoSeries = (
  study: Study | null,
  opening: boolean,
): 'series.reading' | 'acquire.choose' | 'series.none' =>
  opening ? 'series.reading' : study?.series.length ? 'acquire.choose' : 'series.none';
