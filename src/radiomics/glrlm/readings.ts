import { LEVEL_READINGS as LEVEL } from '../level-matrix-readings.ts';
import type { Readings } from '../reading.ts';

export const READINGS: Readings = {
  rlm_sre: [
    [
      'Levels change at almost every voxel: fine, noisy texture.',
      'Уровень меняется почти на каждом вокселе: мелкая, шумная текстура.',
      '几乎每个体素灰度级都在变化：纹理细密、多噪声。',
    ],
    [
      'Long stretches of one level: coarse or smooth texture.',
      'Длинные участки одного уровня: крупная или гладкая текстура.',
      '同一灰度级连续较长：纹理粗大或平滑。',
    ],
  ],
  rlm_lre: [
    [
      'Long stripes or even areas of one level.',
      'Длинные полосы или ровные участки одного уровня.',
      '同一灰度级形成长条或均匀区。',
    ],
    [
      'No level lasts longer than a few voxels.',
      'Ни один уровень не держится дольше нескольких вокселей.',
      '没有灰度级能连续超过几个体素。',
    ],
  ],
  rlm_lgre: LEVEL.low,
  rlm_hgre: LEVEL.high,
  rlm_srlge: [
    [
      'Dark specks, a voxel or two long.',
      'Тёмные крапинки длиной в один-два вокселя.',
      '一两个体素长的暗色细点。',
    ],
    [
      'Dark levels are rare or make long runs.',
      'Тёмных уровней мало, или их серии длинные.',
      '暗灰度级少见，或形成长游程。',
    ],
  ],
  rlm_srhge: [
    [
      'Bright specks, a voxel or two long.',
      'Светлые крапинки длиной в один-два вокселя.',
      '一两个体素长的亮色细点。',
    ],
    [
      'Bright levels are rare or make long runs.',
      'Светлых уровней мало, или их серии длинные.',
      '亮灰度级少见，或形成长游程。',
    ],
  ],
  rlm_lrlge: [
    [
      'Long dark stripes or areas, such as necrosis.',
      'Длинные тёмные полосы или участки, например некроз.',
      '长的暗色条带或区域，如坏死。',
    ],
    ['Dark levels are rare or scattered.', 'Тёмных уровней мало, или они рассеяны.', '暗灰度级少见或分散。'],
  ],
  rlm_lrhge: [
    ['Long bright stripes or areas.', 'Длинные светлые полосы или участки.', '长的亮色条带或区域。'],
    [
      'Bright levels are rare or scattered.',
      'Светлых уровней мало, или они рассеяны.',
      '亮灰度级少见或分散。',
    ],
  ],
  rlm_glnu: LEVEL.levelNonUniformity,
  rlm_glnu_norm: LEVEL.levelNonUniformityNormalised,
  rlm_rlnu: [
    [
      'Most runs are equally long, or the region is large.',
      'Большинство серий одной длины, или область велика.',
      '多数游程等长，或区域较大。',
    ],
    [
      'Runs of many lengths, or a small region.',
      'Серии разной длины, или область мала.',
      '游程长短不一，或区域较小。',
    ],
  ],
  rlm_rlnu_norm: [
    [
      'Nearly all runs are equally long, mostly one voxel: noise.',
      'Почти все серии одной длины, чаще в один воксель: шум.',
      '几乎所有游程等长，多为一个体素：近似噪声。',
    ],
    ['Short and long runs are mixed.', 'Короткие и длинные серии перемешаны.', '长短游程混杂。'],
  ],
  rlm_r_perc: [
    [
      'Nearly every voxel starts a new run: fine texture.',
      'Почти каждый воксель начинает новую серию: мелкая текстура.',
      '几乎每个体素都开始新的游程：纹理细密。',
    ],
    [
      'Few runs cover the region: smooth texture.',
      'Область покрыта немногими сериями: гладкая текстура.',
      '少量游程即覆盖区域：纹理平滑。',
    ],
  ],
  rlm_gl_var: LEVEL.levelVariance,
  rlm_rl_var: [
    ['Even areas stand beside noisy ones.', 'Ровные участки соседствуют с шумными.', '均匀区与噪声区并存。'],
    ['All runs are about equally long.', 'Все серии примерно одной длины.', '所有游程长度相近。'],
  ],
  rlm_rl_entr: [
    [
      'Runs of many levels and lengths: a varied texture.',
      'Серии разных уровней и длин: разнообразная текстура.',
      '游程的灰度级和长度多样：纹理丰富。',
    ],
    [
      'The same few kinds of runs repeat.',
      'Повторяются одни и те же немногие виды серий.',
      '少数几种游程反复出现。',
    ],
  ],
};
