import type { Readings, Words } from '../reading.ts';

const SMOOTH: Words = [
  'Neighbours are alike: smooth texture.',
  'Соседи похожи: гладкая текстура.',
  '邻点相似：纹理平滑。',
];
const ROUGH: Words = [
  'Neighbours differ much: rough or noisy texture.',
  'Соседи сильно различаются: грубая или шумная текстура.',
  '邻点差异大：纹理粗糙或多噪声。',
];
const WIDE: Words = [
  'Dark and bright parts, each even in itself.',
  'Есть тёмные и светлые части, каждая ровная сама по себе.',
  '有暗部和亮部，各自内部均匀。',
];
const NARROW: Words = [
  'The whole region has nearly one brightness, or bright and dark alternate voxel by voxel.',
  'Вся область почти одной яркости, или светлое и тёмное чередуются по вокселям.',
  '整个区域亮度几乎一致，或明暗逐体素交替。',
];

export const READINGS: Readings = {
  cm_joint_max: [
    [
      'One pair of levels prevails: an even region.',
      'Преобладает одна пара уровней: ровная область.',
      '一种灰度对占优：区域均匀。',
    ],
    [
      'No pair prevails: a varied texture.',
      'Ни одна пара не преобладает: разнообразная текстура.',
      '没有占优的灰度对：纹理丰富。',
    ],
  ],
  cm_joint_avg: [
    [
      'The region is bright within its own range.',
      'Область светлая в пределах своего диапазона.',
      '在自身范围内偏亮。',
    ],
    [
      'The region is dark within its own range.',
      'Область тёмная в пределах своего диапазона.',
      '在自身范围内偏暗。',
    ],
  ],
  cm_joint_var: [
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
  cm_joint_entr: [
    [
      'Pairs of many kinds: a disordered texture.',
      'Пары многих видов: неупорядоченная текстура.',
      '灰度对种类多：纹理无序。',
    ],
    [
      'The same few pairs repeat: even or regular.',
      'Повторяются немногие пары: ровно или регулярно.',
      '少数灰度对反复出现：均匀或规则。',
    ],
  ],
  cm_diff_avg: [ROUGH, SMOOTH],
  cm_diff_var: [
    [
      'Smooth areas with sharp edges between them.',
      'Гладкие участки с резкими границами между ними.',
      '平滑区之间有锐利边缘。',
    ],
    [
      'Steps are alike everywhere, gentle or rough.',
      'Перепады всюду одинаковы, плавные или резкие.',
      '各处灰度差相近，或平缓或剧烈。',
    ],
  ],
  cm_diff_entr: [
    [
      'Steps of many sizes: edges, slopes and noise.',
      'Перепады разной величины: границы, склоны и шум.',
      '灰度差大小多样：边缘、斜坡与噪声。',
    ],
    ['Steps of one size, mostly none.', 'Перепады одной величины, чаще нулевые.', '灰度差单一，多为零。'],
  ],
  cm_sum_avg: [
    [
      'The region is bright within its own range.',
      'Область светлая в пределах своего диапазона.',
      '在自身范围内偏亮。',
    ],
    [
      'The region is dark within its own range.',
      'Область тёмная в пределах своего диапазона.',
      '在自身范围内偏暗。',
    ],
  ],
  cm_sum_var: [WIDE, NARROW],
  cm_sum_entr: [
    ['Pairs of every brightness occur.', 'Встречаются пары любой яркости.', '各种亮度的灰度对都有。'],
    ['Pairs of one brightness prevail.', 'Преобладают пары одной яркости.', '以一种亮度的灰度对为主。'],
  ],
  cm_energy: [
    [
      'Few kinds of pairs: even or regular.',
      'Мало видов пар: ровно или регулярно.',
      '灰度对种类少：均匀或规则。',
    ],
    [
      'Many kinds of pairs: a disordered texture.',
      'Много видов пар: неупорядоченная текстура.',
      '灰度对种类多：纹理无序。',
    ],
  ],
  cm_contrast: [ROUGH, SMOOTH],
  cm_dissimilarity: [ROUGH, SMOOTH],
  cm_inv_diff: [SMOOTH, ROUGH],
  cm_inv_diff_norm: [SMOOTH, ROUGH],
  cm_inv_diff_mom: [SMOOTH, ROUGH],
  cm_inv_diff_mom_norm: [SMOOTH, ROUGH],
  cm_inv_var: [
    [
      'Gentle slopes: neighbours differ by a level or so.',
      'Плавные склоны: соседи различаются примерно на уровень.',
      '平缓过渡：邻点约差一级。',
    ],
    [
      'Neighbours are equal, or differ by many levels.',
      'Соседи равны или различаются на много уровней.',
      '邻点相等，或相差很多级。',
    ],
  ],
  cm_corr: [
    [
      'Brightness changes slowly: slopes and large patches.',
      'Яркость меняется медленно: склоны и крупные пятна.',
      '亮度变化缓慢：有斜坡和大斑块。',
    ],
    [
      'Near 0: noise. Below 0: bright and dark alternate.',
      'Около 0: шум. Ниже 0: светлое и тёмное чередуются.',
      '接近 0：噪声。小于 0：明暗交替。',
    ],
  ],
  cm_auto_corr: [
    ['Bright voxels stand together.', 'Светлые воксели стоят вместе.', '亮体素聚集。'],
    ['Dark levels prevail.', 'Преобладают тёмные уровни.', '以暗灰度级为主。'],
  ],
  cm_clust_tend: [WIDE, NARROW],
  cm_clust_shade: [
    [
      'Above 0: a few bright groups in a dark region.',
      'Выше 0: немногие светлые группы в тёмной области.',
      '大于 0：暗区中有少数亮团。',
    ],
    [
      'Below 0: a few dark groups in a bright region.',
      'Ниже 0: немногие тёмные группы в светлой области.',
      '小于 0：亮区中有少数暗团。',
    ],
  ],
  cm_clust_prom: [
    [
      'A few groups differ much from the rest.',
      'Немногие группы сильно отличаются от остального.',
      '少数体素团与其余差异很大。',
    ],
    [
      'Pairs lie near the average: nothing stands out.',
      'Пары близки к средней: ничто не выделяется.',
      '灰度对接近平均：没有突出的部分。',
    ],
  ],
  cm_info_corr1: [
    [
      'Near 0: a voxel tells nothing of its neighbour, as in noise.',
      'Около 0: воксель ничего не говорит о соседе, как в шуме.',
      '接近 0：体素与邻点无关，如噪声。',
    ],
    [
      'Near −1: a voxel decides its neighbour, as in a regular pattern.',
      'Около −1: воксель определяет соседа, как в регулярном узоре.',
      '接近 −1：体素决定邻点，如规则图案。',
    ],
  ],
  cm_info_corr2: [
    [
      'Near 1: a voxel decides its neighbour, as in a regular pattern.',
      'Около 1: воксель определяет соседа, как в регулярном узоре.',
      '接近 1：体素决定邻点，如规则图案。',
    ],
    [
      'Near 0: neighbours are independent, as in noise.',
      'Около 0: соседи независимы, как в шуме.',
      '接近 0：邻点相互独立，如噪声。',
    ],
  ],
};
