import type { Finding } from '../core/finding.ts';
import { binFindings } from '../imaging/chain-findings.ts';
import { discretise } from '../imaging/discretise.ts';
import type { IntensityUnit } from '../core/volume.ts';
import type { DiscretisationSettings } from './settings.ts';

/** A region's intensities with the bins of its discretisation drawn in. */
export interface BinnedHistogram {
  readonly voxels: number;
  /** Least and largest intensity of the region. */
  readonly min: number;
  readonly max: number;
  readonly unit: IntensityUnit;
  /** Voxels in each of `fine.length` equal classes from `min` to `max`, whatever the bins. */
  readonly fine: Uint32Array;
  /** Voxels of each grey level 1 … N_g; empty when the settings give no grey levels. */
  readonly counts: Uint32Array;
  /** Lower edge of the first bin, and the width of all, in intensity units. */
  readonly lower: number;
  readonly width: number;
  /** Rules V-09 and V-10: too few or too many bins, too few voxels for them. Empty when the bins fit. */
  readonly advice: readonly Finding[];
}

/** Classes of the fine outline behind the bins. */
const FINE = 128;

/**
 * Histogram of a region with bins and advice on them.
 * @param values intensities of the intensity mask; at least one
 * @param rangeLower lower bound of the re-segmentation range, where FBS bins start
 */
export function binnedHistogram(
  region: string,
  values: Float64Array,
  unit: IntensityUnit,
  settings: DiscretisationSettings,
  rangeLower: number | null,
): BinnedHistogram {
  let [min, max] = [Infinity, -Infinity];
  for (const v of values) {
    if (v < min) min = v;
    if (v > max) max = v;
  }
  const fine = new Uint32Array(FINE);
  const span = max - min;
  for (const v of values) {
    fine[span === 0 ? 0 : Math.min(FINE - 1, Math.floor((FINE * (v - min)) / span))]!++;
  }
  const levels = discretise(values, new Uint8Array(values.length).fill(1), settings, rangeLower);
  const given = typeof levels === 'string' ? null : levels;
  const counts = new Uint32Array(given?.bins ?? 0);
  given?.levels.forEach((level) => counts[level - 1]!++);
  return {
    voxels: values.length,
    min,
    max,
    unit,
    fine,
    counts,
    lower: given?.lower ?? min,
    width: given?.width ?? 0,
    advice: binFindings(region, { unit, rangeLower, levels, kept: values.length, min, max }),
  };
}
