import type { FeatureDefinition } from './family.ts';
import { pyradiomicsName } from './names.ts';
import { FAMILIES } from './registry.ts';

/** Ratio: zero means none, so per cent have a meaning. Interval: zero is arbitrary, or the value can be negative. */
export type MeasurementScale = 'ratio' | 'interval';

/**
 * Features that are never negative and yet change with where zero lies: they hold the intensity or the number of the
 * grey level itself, not a difference (formulas of the IBSI manual).
 */
const ZERO_DEPENDENT = new Set([
  'stat_energy',
  'stat_rms',
  'ih_mean',
  'ih_median',
  'ih_min',
  'ih_p10',
  'ih_p90',
  'ih_max',
  'ih_mode',
  'ih_cov',
  'ih_qcod',
  'ih_max_grad_g',
  'ih_min_grad_g',
  'cm_joint_avg',
  'cm_sum_avg',
  'cm_auto_corr',
  'ngt_busyness',
]);

/** Low and high grey level emphases of runs, zones, distances and dependences: means of i² or 1/i². */
const LEVEL_EMPHASIS = /^(rlm|szm|dzm|ngl)_\w*[lh]g[a-z]?e$/;

/** Features of the intensity that gain a ratio scale where zero of the image means none (SUV, ADC, Ktrans). */
const OF_INTENSITY =
  /^(stat_(mean|median|min|max|p10|p90|energy|rms|cov|qcod)|ivh_i\d+|loc_peak_\w+|morph_integ_int)$/;

/**
 * The scale on which a feature is measured, from its own definition: interval where its closed range reaches below zero
 * or has no lower end, and where its formula holds the intensity or grey level itself.
 * @param trueZero zero of the image means none, as for SUV, ADC and Ktrans; not for HU nor MR intensity
 */
export function measurementScale({ tag, range }: FeatureDefinition, trueZero = false): MeasurementScale {
  if (trueZero && OF_INTENSITY.test(tag)) return 'ratio';
  if (range[0] === null || range[0] < 0) return 'interval';
  return ZERO_DEPENDENT.has(tag) || LEVEL_EMPHASIS.test(tag) ? 'interval' : 'ratio';
}

/** Endings that export names add: aggregations of IBSI and of MIRP. */
const ENDING = /_(2D|2\.5D|3D)(:avg|:mrg)?$|_(2d|2\.5d|3d)(_[sdv])?(_avg|_mrg)?$/;

/** The definition behind a column of an exported table in any naming scheme; null for a name that is not ours. */
export function definitionOfColumn(column: string): FeatureDefinition | null {
  const plain = column.replace(ENDING, '');
  const own = plain.replace(/^original_/, '');
  for (const { features } of FAMILIES) {
    const found = features.find(({ tag }) => tag === plain || pyradiomicsName(tag) === own);
    if (found) return found;
  }
  return null;
}
