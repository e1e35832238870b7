import type { Readings } from '../reading.ts';
import { SPREAD_READINGS as OF } from '../spread-readings.ts';

export const READINGS: Readings = {
  ih_mean: OF.mean,
  ih_var: OF.spread,
  ih_skew: OF.skewness,
  ih_kurt: OF.kurtosis,
  ih_median: OF.mean,
  ih_min: OF.minimum,
  ih_p10: OF.minimum,
  ih_p90: OF.maximum,
  ih_max: OF.maximum,
  ih_mode: [
    ['The commonest level is bright.', 'Самый частый уровень светлый.', '最常见的灰度级偏亮。'],
    ['The commonest level is dark.', 'Самый частый уровень тёмный.', '最常见的灰度级偏暗。'],
  ],
  ih_iqr: OF.spread,
  ih_range: OF.range,
  ih_mad: OF.spread,
  ih_rmad: OF.spread,
  ih_medad: OF.spread,
  ih_cov: OF.relative,
  ih_qcod: OF.relative,
  ih_entropy: [
    [
      'All levels are about equally common.',
      'Все уровни встречаются примерно одинаково часто.',
      '各灰度级出现频率相近。',
    ],
    [
      'A few levels hold nearly all voxels.',
      'Почти все воксели приходятся на немногие уровни.',
      '少数灰度级包含几乎所有体素。',
    ],
  ],
  ih_uniformity: [
    [
      'One level holds nearly all voxels.',
      'Почти все воксели одного уровня.',
      '一个灰度级包含几乎所有体素。',
    ],
    [
      'Voxels are spread over many levels.',
      'Воксели распределены по многим уровням.',
      '体素分散在许多灰度级。',
    ],
  ],
  ih_max_grad: [
    [
      'The histogram rises steeply: a sharp peak, or a large region.',
      'Гистограмма круто растёт: острый пик или большая область.',
      '直方图陡升：峰尖锐，或区域大。',
    ],
    [
      'The histogram rises gently, or the region is small.',
      'Гистограмма растёт плавно, или область мала.',
      '直方图平缓上升，或区域小。',
    ],
  ],
  ih_max_grad_g: [
    [
      'The steepest rise lies among bright levels.',
      'Самый крутой подъём — среди светлых уровней.',
      '最陡上升处位于亮灰度级。',
    ],
    [
      'The steepest rise lies among dark levels.',
      'Самый крутой подъём — среди тёмных уровней.',
      '最陡上升处位于暗灰度级。',
    ],
  ],
  ih_min_grad: [
    [
      'Near 0: the histogram falls gently, or the region is small.',
      'Около 0: гистограмма спадает плавно, или область мала.',
      '接近 0：直方图平缓下降，或区域小。',
    ],
    [
      'Far below 0: it falls steeply, as behind a sharp peak.',
      'Много ниже 0: спад крутой, как за острым пиком.',
      '远小于 0：陡降，如尖峰之后。',
    ],
  ],
  ih_min_grad_g: [
    [
      'The steepest fall lies among bright levels.',
      'Самый крутой спад — среди светлых уровней.',
      '最陡下降处位于亮灰度级。',
    ],
    [
      'The steepest fall lies among dark levels.',
      'Самый крутой спад — среди тёмных уровней.',
      '最陡下降处位于暗灰度级。',
    ],
  ],
};
