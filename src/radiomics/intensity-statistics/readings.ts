import type { Readings } from '../reading.ts';
import { SPREAD_READINGS as OF } from '../spread-readings.ts';

export const READINGS: Readings = {
  stat_mean: OF.mean,
  stat_var: OF.spread,
  stat_skew: OF.skewness,
  stat_kurt: OF.kurtosis,
  stat_median: OF.mean,
  stat_min: OF.minimum,
  stat_p10: OF.minimum,
  stat_p90: OF.maximum,
  stat_max: OF.maximum,
  stat_iqr: OF.spread,
  stat_range: OF.range,
  stat_mad: OF.spread,
  stat_rmad: OF.spread,
  stat_medad: OF.spread,
  stat_cov: OF.relative,
  stat_qcod: OF.relative,
  stat_energy: [
    ['A large region, or one far from zero.', 'Область велика или далека от нуля.', '区域大，或强度远离零。'],
    ['A small region, or one near zero.', 'Область мала или близка к нулю.', '区域小，或强度接近零。'],
  ],
  stat_rms: [
    [
      'Intensities lie far from zero, on either side.',
      'Интенсивности далеки от нуля в любую сторону.',
      '强度远离零，正负皆可。',
    ],
    ['Intensities lie near zero.', 'Интенсивности близки к нулю.', '强度接近零。'],
  ],
};
