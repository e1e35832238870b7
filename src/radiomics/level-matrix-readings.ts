import type { Readings } from './reading.ts';

/** What the matrices of levels and lengths, sizes, distances or dependences read alike. */
export const LEVEL_READINGS = {
  low: [
    ['Dark levels prevail.', 'Преобладают тёмные уровни.', '以暗灰度级为主。'],
    [
      'Dark levels are rare: the region is bright.',
      'Тёмных уровней мало: область светлая.',
      '暗灰度级很少：区域偏亮。',
    ],
  ],
  high: [
    ['Bright levels prevail.', 'Преобладают светлые уровни.', '以亮灰度级为主。'],
    [
      'Bright levels are rare: the region is dark.',
      'Светлых уровней мало: область тёмная.',
      '亮灰度级很少：区域偏暗。',
    ],
  ],
  levelNonUniformity: [
    [
      'A few levels hold most of the matrix, or the region is large.',
      'Большая часть матрицы приходится на немногие уровни, или область велика.',
      '少数灰度级占据矩阵的大部分，或区域较大。',
    ],
    [
      'All levels are used alike, or the region is small.',
      'Все уровни встречаются одинаково часто, или область мала.',
      '各灰度级使用均匀，或区域较小。',
    ],
  ],
  levelNonUniformityNormalised: [
    [
      'One level prevails: the region is even.',
      'Преобладает один уровень: область однородна.',
      '一个灰度级占优：区域均匀。',
    ],
    [
      'All levels are used alike: the region is mottled.',
      'Все уровни встречаются одинаково часто: область пёстрая.',
      '各灰度级使用均匀：区域斑驳。',
    ],
  ],
  levelVariance: [
    [
      'Dark and bright parts stand in one region.',
      'В области есть и тёмные, и светлые части.',
      '同一区域中既有暗部也有亮部。',
    ],
    [
      'The whole region has nearly one brightness.',
      'Вся область почти одной яркости.',
      '整个区域亮度几乎一致。',
    ],
  ],
  zonePercentage: [
    [
      'Broken into many small patches, like noise.',
      'Разбита на множество мелких пятен, похоже на шум.',
      '分裂成许多小斑块，近似噪声。',
    ],
    [
      'Few large patches: a smooth region.',
      'Немного крупных пятен: гладкая область.',
      '少量大斑块：区域平滑。',
    ],
  ],
} as const satisfies Readings;
