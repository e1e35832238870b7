import { LEVEL_READINGS as LEVEL } from '../level-matrix-readings.ts';
import type { Readings } from '../reading.ts';

export const READINGS: Readings = {
  szm_sze: [
    [
      'Many tiny patches: fine, noisy texture.',
      'Много крошечных пятен: мелкая, шумная текстура.',
      '许多细小斑块：纹理细密、多噪声。',
    ],
    ['Patches are large: smooth texture.', 'Пятна крупные: гладкая текстура.', '斑块较大：纹理平滑。'],
  ],
  szm_lze: [
    [
      'At least one patch fills much of the region.',
      'Хотя бы одно пятно занимает большую часть области.',
      '至少有一个斑块占据区域的大部分。',
    ],
    ['No patch is large.', 'Крупных пятен нет.', '没有大的斑块。'],
  ],
  szm_lgze: LEVEL.low,
  szm_hgze: LEVEL.high,
  szm_szlge: [
    ['Tiny dark patches.', 'Крошечные тёмные пятна.', '细小的暗斑。'],
    ['Dark patches are rare or large.', 'Тёмных пятен мало, или они крупные.', '暗斑少见或较大。'],
  ],
  szm_szhge: [
    [
      'Tiny bright patches, such as specks of calcium.',
      'Крошечные светлые пятна, например кальцинаты.',
      '细小的亮斑，如点状钙化。',
    ],
    ['Bright patches are rare or large.', 'Светлых пятен мало, или они крупные.', '亮斑少见或较大。'],
  ],
  szm_lzlge: [
    [
      'A large dark patch, such as a necrotic core.',
      'Крупное тёмное пятно, например некротический центр.',
      '大块暗斑，如坏死核心。',
    ],
    ['Dark patches are rare or small.', 'Тёмных пятен мало, или они мелкие.', '暗斑少见或较小。'],
  ],
  szm_lzhge: [
    ['A large bright patch.', 'Крупное светлое пятно.', '大块亮斑。'],
    ['Bright patches are rare or small.', 'Светлых пятен мало, или они мелкие.', '亮斑少见或较小。'],
  ],
  szm_glnu: LEVEL.levelNonUniformity,
  szm_glnu_norm: LEVEL.levelNonUniformityNormalised,
  szm_zsnu: [
    [
      'Most patches are equally large, or the region is large.',
      'Большинство пятен одного размера, или область велика.',
      '多数斑块大小相同，或区域较大。',
    ],
    [
      'Patches of many sizes, or a small region.',
      'Пятна разных размеров, или область мала.',
      '斑块大小不一，或区域较小。',
    ],
  ],
  szm_zsnu_norm: [
    [
      'Nearly all patches are equally large, mostly one voxel.',
      'Почти все пятна одного размера, чаще в один воксель.',
      '几乎所有斑块大小相同，多为一个体素。',
    ],
    ['Small and large patches are mixed.', 'Мелкие и крупные пятна перемешаны.', '大小斑块混杂。'],
  ],
  szm_z_perc: LEVEL.zonePercentage,
  szm_gl_var: LEVEL.levelVariance,
  szm_zs_var: [
    [
      'A few huge patches among many tiny ones.',
      'Несколько огромных пятен среди множества крошечных.',
      '许多细小斑块中有少数巨大斑块。',
    ],
    ['All patches are about equally large.', 'Все пятна примерно одного размера.', '所有斑块大小相近。'],
  ],
  szm_zs_entr: [
    [
      'Patches of many levels and sizes: a varied texture.',
      'Пятна разных уровней и размеров: разнообразная текстура.',
      '斑块的灰度级和大小多样：纹理丰富。',
    ],
    [
      'The same few kinds of patches repeat.',
      'Повторяются одни и те же немногие виды пятен.',
      '少数几种斑块反复出现。',
    ],
  ],
};
