import { LEVEL_READINGS as LEVEL } from '../level-matrix-readings.ts';
import type { Readings } from '../reading.ts';

export const READINGS: Readings = {
  ngl_lde: [
    [
      'Voxels differ from their neighbours: noisy texture.',
      'Воксели отличаются от соседей: шумная текстура.',
      '体素与邻点不同：纹理多噪声。',
    ],
    [
      'Voxels resemble their neighbours: smooth texture.',
      'Воксели похожи на соседей: гладкая текстура.',
      '体素与邻点相似：纹理平滑。',
    ],
  ],
  ngl_hde: [
    [
      'Even areas: most neighbours have the same level.',
      'Ровные участки: у большинства соседей тот же уровень.',
      '均匀区域：多数邻点灰度级相同。',
    ],
    [
      'Hardly any neighbour has the same level.',
      'Почти ни у одного соседа нет того же уровня.',
      '几乎没有邻点灰度级相同。',
    ],
  ],
  ngl_lgce: LEVEL.low,
  ngl_hgce: LEVEL.high,
  ngl_ldlge: [
    ['Lone dark voxels.', 'Одиночные тёмные воксели.', '孤立的暗体素。'],
    [
      'Dark voxels are rare or stand together.',
      'Тёмных вокселей мало, или они стоят вместе.',
      '暗体素少见或聚集。',
    ],
  ],
  ngl_ldhge: [
    ['Lone bright voxels.', 'Одиночные светлые воксели.', '孤立的亮体素。'],
    [
      'Bright voxels are rare or stand together.',
      'Светлых вокселей мало, или они стоят вместе.',
      '亮体素少见或聚集。',
    ],
  ],
  ngl_hdlge: [
    ['Even dark areas.', 'Ровные тёмные участки.', '均匀的暗区。'],
    ['Dark voxels are rare or scattered.', 'Тёмных вокселей мало, или они рассеяны.', '暗体素少见或分散。'],
  ],
  ngl_hdhge: [
    ['Even bright areas.', 'Ровные светлые участки.', '均匀的亮区。'],
    [
      'Bright voxels are rare or scattered.',
      'Светлых вокселей мало, или они рассеяны.',
      '亮体素少见或分散。',
    ],
  ],
  ngl_glnu: LEVEL.levelNonUniformity,
  ngl_glnu_norm: LEVEL.levelNonUniformityNormalised,
  ngl_dcnu: [
    [
      'Most voxels have equally many alike neighbours, or the region is large.',
      'У большинства вокселей одинаковое число похожих соседей, или область велика.',
      '多数体素的相似邻点数相同，或区域较大。',
    ],
    [
      'Even and noisy parts are mixed, or the region is small.',
      'Ровные и шумные части перемешаны, или область мала.',
      '均匀与噪声部分混杂，或区域较小。',
    ],
  ],
  ngl_dcnu_norm: [
    ['The texture is equally fine everywhere.', 'Текстура всюду одинаково мелкая.', '各处纹理粗细一致。'],
    ['Even and noisy parts are mixed.', 'Ровные и шумные части перемешаны.', '均匀与噪声部分混杂。'],
  ],
  ngl_dc_perc: [
    [
      'It is always 1 and says nothing about the region.',
      'Всегда равно 1 и ничего не говорит об области.',
      '恒为 1，不反映区域的性质。',
    ],
    [
      'It never is: another value means an error.',
      'Так не бывает: иное значение означает ошибку.',
      '不会出现：其他数值意味着错误。',
    ],
  ],
  ngl_gl_var: LEVEL.levelVariance,
  ngl_dc_var: [
    ['Even areas stand beside noisy ones.', 'Ровные участки соседствуют с шумными.', '均匀区与噪声区并存。'],
    [
      'Every voxel has about equally many alike neighbours.',
      'У каждого вокселя примерно одинаковое число похожих соседей.',
      '每个体素的相似邻点数相近。',
    ],
  ],
  ngl_dc_entr: [
    [
      'Neighbourhoods of many kinds: a varied texture.',
      'Окрестности многих видов: разнообразная текстура.',
      '邻域种类多样：纹理丰富。',
    ],
    [
      'The same few kinds of neighbourhoods repeat.',
      'Повторяются одни и те же немногие виды окрестностей.',
      '少数几种邻域反复出现。',
    ],
  ],
  ngl_dc_energy: [
    [
      'One kind of neighbourhood prevails: an even region.',
      'Преобладает один вид окрестностей: ровная область.',
      '一种邻域占优：区域均匀。',
    ],
    ['Neighbourhoods of many kinds.', 'Окрестности многих видов.', '邻域种类多样。'],
  ],
};
