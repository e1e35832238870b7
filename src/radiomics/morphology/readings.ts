import type { Readings, Words } from '../reading.ts';

const LARGE: Words = ['A large region.', 'Область велика.', '区域大。'];
const SMALL: Words = ['A small region.', 'Область мала.', '区域小。'];
const ROUND: Words = [
  'Round and smooth, like a ball.',
  'Округлая и гладкая, как шар.',
  '圆而光滑，近似球体。',
];
const RAGGED: Words = [
  'Long, flat, lobed or ragged.',
  'Вытянутая, плоская, дольчатая или изрезанная.',
  '细长、扁平、分叶或参差不齐。',
];
const FILLS: Words = [
  'The region fills its envelope.',
  'Область заполняет свою оболочку.',
  '区域充满其包络体。',
];
const HOLLOW: Words = [
  'Bent, lobed or with holes: much of the envelope is empty.',
  'Изогнутая, дольчатая или с полостями: оболочка заполнена слабо.',
  '弯曲、分叶或有空洞：包络体多有空余。',
];
const ROUGH: Words = [
  'A rough or dented surface.',
  'Поверхность неровная или с вмятинами.',
  '表面粗糙或凹陷。',
];
const PLAIN: Words = [
  'A smooth surface, no larger than that of the envelope.',
  'Гладкая поверхность, не больше поверхности оболочки.',
  '表面光滑，不大于包络体表面。',
];

export const READINGS: Readings = {
  morph_volume: [LARGE, SMALL],
  morph_vol_approx: [LARGE, SMALL],
  morph_area_mesh: [
    ['A large region, or a ragged one.', 'Область велика или изрезана.', '区域大，或参差不齐。'],
    ['A small, smooth region.', 'Область мала и гладкая.', '区域小而光滑。'],
  ],
  morph_av: [
    ['Small, thin or ragged.', 'Мала, тонка или изрезана.', '小、薄或参差不齐。'],
    ['Large and round.', 'Велика и округла.', '大而圆。'],
  ],
  morph_comp_1: [ROUND, RAGGED],
  morph_comp_2: [ROUND, RAGGED],
  morph_sph_dispr: [RAGGED, ROUND],
  morph_sphericity: [ROUND, RAGGED],
  morph_asphericity: [RAGGED, ROUND],
  morph_com: [
    ['One side is brighter than the other.', 'Одна сторона ярче другой.', '一侧比另一侧亮。'],
    [
      'Brightness is balanced around the centre.',
      'Яркость уравновешена вокруг центра.',
      '亮度围绕中心分布均衡。',
    ],
  ],
  morph_diam: [
    [
      'The region reaches far in some direction.',
      'Область далеко простирается в каком-то направлении.',
      '区域在某方向延伸很远。',
    ],
    SMALL,
  ],
  morph_pca_maj_axis: [
    ['Long or large.', 'Длинная или большая.', '长或大。'],
    ['Short in every direction.', 'Короткая во всех направлениях.', '各方向都短。'],
  ],
  morph_pca_min_axis: [
    ['Broad.', 'Широкая.', '整体较宽。'],
    ['Narrow, like a rod.', 'Узкая, как стержень.', '窄，如杆状。'],
  ],
  morph_pca_least_axis: [
    ['Thick in every direction.', 'Толстая во всех направлениях.', '各方向都厚。'],
    ['Thin, like a disc or a rod.', 'Тонкая, как диск или стержень.', '薄，如盘或杆。'],
  ],
  morph_pca_elongation: [
    ['Near 1: as broad as long.', 'Около 1: ширина равна длине.', '接近 1：长宽相等。'],
    ['Drawn out, like a cigar.', 'Вытянутая, как сигара.', '拉长，如雪茄。'],
  ],
  morph_pca_flatness: [
    ['Near 1: as thick as long.', 'Около 1: толщина равна длине.', '接近 1：厚度与长度相等。'],
    ['Flat, like a coin.', 'Плоская, как монета.', '扁平，如硬币。'],
  ],
  morph_vol_dens_aabb: [
    ['A block along the image axes.', 'Брусок вдоль осей изображения.', '沿图像轴的块状。'],
    [
      'Slanted, bent, or with much air in its box.',
      'Косая, изогнутая, или в её коробке много пустоты.',
      '倾斜、弯曲，或外接盒内多空余。',
    ],
  ],
  morph_area_dens_aabb: [ROUGH, PLAIN],
  morph_vol_dens_ombb: [FILLS, HOLLOW],
  morph_area_dens_ombb: [ROUGH, PLAIN],
  morph_vol_dens_aee: [
    [
      'A full body, with its mass near the centre.',
      'Сплошное тело с массой у центра.',
      '实心，质量靠近中心。',
    ],
    ['Hollow, or made of parts set apart.', 'Полая или из разнесённых частей.', '中空，或由分离部分组成。'],
  ],
  morph_area_dens_aee: [ROUGH, PLAIN],
  morph_vol_dens_mvee: [FILLS, HOLLOW],
  morph_area_dens_mvee: [ROUGH, PLAIN],
  morph_vol_dens_conv_hull: [
    ['Near 1: no dents and no holes.', 'Около 1: ни вмятин, ни полостей.', '接近 1：无凹陷、无空洞。'],
    [
      'Deep dents, lobes, holes or separate parts.',
      'Глубокие вмятины, доли, полости или отдельные части.',
      '有深凹、分叶、空洞或分离部分。',
    ],
  ],
  morph_area_dens_conv_hull: [ROUGH, PLAIN],
  morph_integ_int: [
    ['Large and bright.', 'Велика и ярка.', '大而亮。'],
    [
      'Small or dim; below 0 where intensities are negative (HU).',
      'Мала или тускла; ниже 0 при отрицательных интенсивностях (HU).',
      '小或暗；强度为负（HU）时小于 0。',
    ],
  ],
  morph_moran_i: [
    [
      'Bright voxels stand by bright, dark by dark: patches or slopes.',
      'Светлые стоят у светлых, тёмные у тёмных: пятна или склоны.',
      '亮邻亮、暗邻暗：有斑块或斜坡。',
    ],
    [
      'Near 0: no pattern. Below 0: bright and dark alternate.',
      'Около 0: узора нет. Ниже 0: светлое и тёмное чередуются.',
      '接近 0：无规律。小于 0：明暗交替。',
    ],
  ],
  morph_geary_c: [
    [
      'Above 1: near voxels differ, bright and dark alternate.',
      'Выше 1: близкие воксели различаются, светлое и тёмное чередуются.',
      '大于 1：相近体素不同，明暗交替。',
    ],
    [
      'Near 0: near voxels are alike, patches or slopes.',
      'Около 0: близкие воксели похожи, пятна или склоны.',
      '接近 0：相近体素相似，有斑块或斜坡。',
    ],
  ],
};
