import type { Readings } from '../reading.ts';

export const READINGS: Readings = {
  loc_peak_loc: [
    [
      'The brightest voxel stands in a bright surrounding: a true focus.',
      'Самый яркий воксель окружён яркими: настоящий очаг.',
      '最亮体素周围也亮：确为热点。',
    ],
    [
      'The surrounding of the brightest voxel is dim: a small focus, or noise.',
      'Вокруг самого яркого вокселя тускло: малый очаг или шум.',
      '最亮体素周围较暗：小热点或噪声。',
    ],
  ],
  loc_peak_glob: [
    [
      'Some place of 1 cm³ is bright as a whole.',
      'Есть место в 1 см³, яркое целиком.',
      '有一处 1 cm³ 整体很亮。',
    ],
    [
      'No place of 1 cm³ is bright as a whole.',
      'Нет места в 1 см³, яркого целиком.',
      '没有任何 1 cm³ 整体很亮。',
    ],
  ],
};
