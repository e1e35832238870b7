import { LEVEL_READINGS as LEVEL } from '../level-matrix-readings.ts';
import type { Readings } from '../reading.ts';

export const READINGS: Readings = {
  dzm_sde: [
    [
      'Nearly all patches touch the rim, as in small or smooth regions.',
      'Почти все пятна доходят до края, как в малых или гладких областях.',
      '几乎所有斑块都触及边缘，如小而平滑的区域。',
    ],
    [
      'Many patches lie inside: a large, mottled region.',
      'Много пятен лежит внутри: крупная пёстрая область.',
      '许多斑块位于内部：区域大而斑驳。',
    ],
  ],
  dzm_lde: [
    ['Patches lie deep inside.', 'Пятна лежат глубоко внутри.', '斑块位于深处。'],
    ['Patches lie near the rim.', 'Пятна лежат у края.', '斑块靠近边缘。'],
  ],
  dzm_lgze: LEVEL.low,
  dzm_hgze: LEVEL.high,
  dzm_sdlge: [
    [
      'A dark rim, as from partial volume at the border.',
      'Тёмный ободок, например из-за частичного объёма на границе.',
      '边缘偏暗，如边界的部分容积效应。',
    ],
    ['No dark patches at the rim.', 'У края нет тёмных пятен.', '边缘没有暗斑。'],
  ],
  dzm_sdhge: [
    [
      'A bright rim, such as enhancement around a core.',
      'Светлый ободок, например контрастирование вокруг центра.',
      '边缘偏亮，如环形强化。',
    ],
    ['No bright patches at the rim.', 'У края нет светлых пятен.', '边缘没有亮斑。'],
  ],
  dzm_ldlge: [
    ['A dark core, such as necrosis.', 'Тёмная сердцевина, например некроз.', '核心偏暗，如坏死。'],
    ['No dark patches deep inside.', 'В глубине нет тёмных пятен.', '深处没有暗斑。'],
  ],
  dzm_ldhge: [
    ['A bright core.', 'Светлая сердцевина.', '核心偏亮。'],
    ['No bright patches deep inside.', 'В глубине нет светлых пятен.', '深处没有亮斑。'],
  ],
  dzm_glnu: LEVEL.levelNonUniformity,
  dzm_glnu_norm: LEVEL.levelNonUniformityNormalised,
  dzm_zdnu: [
    [
      'Most patches lie equally deep, or the region is large.',
      'Большинство пятен лежит на одной глубине, или область велика.',
      '多数斑块深度相同，或区域较大。',
    ],
    [
      'Patches lie at many depths, or the region is small.',
      'Пятна лежат на разной глубине, или область мала.',
      '斑块深浅不一，或区域较小。',
    ],
  ],
  dzm_zdnu_norm: [
    [
      'Nearly all patches lie equally deep, mostly at the rim.',
      'Почти все пятна на одной глубине, чаще у края.',
      '几乎所有斑块深度相同，多在边缘。',
    ],
    ['Patches at every depth.', 'Пятна на любой глубине.', '各种深度都有斑块。'],
  ],
  dzm_z_perc: LEVEL.zonePercentage,
  dzm_gl_var: LEVEL.levelVariance,
  dzm_zd_var: [
    [
      'Some patches at the rim, some deep inside: a large, mottled region.',
      'Одни пятна у края, другие глубоко внутри: крупная пёстрая область.',
      '有的斑块在边缘，有的在深处：区域大而斑驳。',
    ],
    ['All patches lie about equally deep.', 'Все пятна примерно на одной глубине.', '所有斑块深度相近。'],
  ],
  dzm_zd_entr: [
    [
      'Patches of many levels at many depths.',
      'Пятна разных уровней на разной глубине.',
      '不同深度上有多种灰度级的斑块。',
    ],
    [
      'The same few levels at the same few depths.',
      'Одни и те же немногие уровни на немногих глубинах.',
      '少数灰度级集中在少数深度。',
    ],
  ],
};
