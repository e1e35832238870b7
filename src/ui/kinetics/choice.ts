import type { RegionSource } from '../../core/region.ts';
import type { Series } from '../../core/series.ts';
import type { Study } from '../../engine/api.ts';
import { mayLieOn } from '../series-list/choice.ts';

/** Series with phases in time: of one sample a pixel, and with phases that are no diffusion weightings. */
export const dynamicSeries = (study: Study | null): Series[] =>
  (study?.series ?? []).filter((s) => s.size[3] > 1 && s.samples === 1 && s.bValues === undefined);

/**
 * Series whose phases are, or which are themselves, weightings of a T1 measurement: on the grid of the dynamic one. Phases
 * of one weighting are a course of time: contrast has changed their T1.
 */
export function weightedSeries(study: Study | null, series: Series, recovers: boolean): Series[] {
  const valuesOf = ({ protocol }: Series) => (recovers ? protocol?.inversionTime : protocol?.flipAngle);
  const fitting = (study?.series ?? []).filter(
    (s) =>
      s.uid !== series.uid &&
      s.modality === 'MR' &&
      s.samples === 1 &&
      s.format !== 'derived' &&
      valuesOf(s) !== undefined &&
      (s.size[3] === 1 || new Set(valuesOf(s)).size > 1) &&
      s.size.slice(0, 3).every((n, i) => n === series.size[i]),
  );
  const different = new Set(fitting.flatMap((s) => [...valuesOf(s)!]));
  return different.size > 1 ? fitting : [];
}

/** Regions that may lie on a series. Without geometry none does. */
export const regionsFor = (regions: readonly RegionSource[], series: Series): RegionSource[] =>
  series.affine ? regions.filter((r) => mayLieOn(r, series)) : [];

/** Place of a voxel among the fitted ones (rising), or -1. */
export function fittedPlace(voxels: Uint32Array, at: number): number {
  let [low, high] = [0, voxels.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = voxels[middle]!;
    if (found === at) return middle;
    if (found < at) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
