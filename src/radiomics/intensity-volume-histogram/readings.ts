import type { Readings } from '../reading.ts';

export const READINGS: Readings = {
  ivh_v10: [
    [
      'Hardly any voxel lies in the darkest tenth of the range.',
      'В самой тёмной десятой диапазона почти нет вокселей.',
      '几乎没有体素落在范围最暗的十分之一内。',
    ],
    [
      'Most of the region is dark; a few bright voxels stretch the range.',
      'Бо́льшая часть области тёмная; диапазон растянут немногими яркими вокселями.',
      '区域大部分偏暗，少数亮体素拉宽了范围。',
    ],
  ],
  ivh_v90: [
    [
      'Much of the region is near its maximum.',
      'Значительная часть области близка к максимуму.',
      '区域相当一部分接近最大值。',
    ],
    [
      'Only a few voxels come near the maximum.',
      'К максимуму близки лишь немногие воксели.',
      '只有少数体素接近最大值。',
    ],
  ],
  ivh_i10: [
    [
      'The brightest tenth is very bright.',
      'Самая яркая десятая часть очень яркая.',
      '最亮的十分之一非常亮。',
    ],
    ['Even the brightest tenth is dim.', 'Даже самая яркая десятая часть тусклая.', '最亮的十分之一也较暗。'],
  ],
  ivh_i90: [
    ['Even the darker parts are bright.', 'Даже более тёмные части яркие.', '较暗部分也很亮。'],
    ['Some of the region is very dark.', 'Часть области очень тёмная.', '区域有一部分很暗。'],
  ],
  ivh_diff_v10_v90: [
    [
      'Intensities spread over the middle of the range.',
      'Интенсивности лежат в середине диапазона.',
      '强度分布在范围的中部。',
    ],
    [
      'Most voxels lie at one end of the range.',
      'Большинство вокселей у одного края диапазона.',
      '多数体素位于范围的一端。',
    ],
  ],
  ivh_diff_i10_i90: [
    [
      'Bright and dark parts differ much.',
      'Светлые и тёмные части сильно различаются.',
      '亮部与暗部差异大。',
    ],
    ['The region is of one brightness.', 'Область одной яркости.', '区域亮度一致。'],
  ],
  ivh_auc: [
    [
      'Most of the region is bright within its range.',
      'Бо́льшая часть области светлая в своём диапазоне.',
      '在自身范围内区域大部分偏亮。',
    ],
    [
      'Few bright voxels in a dark region.',
      'Немногие яркие воксели в тёмной области.',
      '暗区中只有少数亮体素。',
    ],
  ],
};
