import type { Readings, Words } from './reading.ts';

const MIXED: Words = [
  'Dark and bright voxels are mixed.',
  'Тёмные и светлые воксели перемешаны.',
  '暗亮体素混杂。',
];
const EVEN: Words = [
  'All voxels are about equally bright.',
  'Все воксели примерно одной яркости.',
  '所有体素亮度相近。',
];

/** What statistics of intensities and of grey levels read alike. */
export const SPREAD_READINGS = {
  mean: [
    ['The region is bright as a whole.', 'Область в целом светлая.', '区域整体偏亮。'],
    ['The region is dark as a whole.', 'Область в целом тёмная.', '区域整体偏暗。'],
  ],
  spread: [MIXED, EVEN],
  skewness: [
    [
      'Above 0: a dark region with a few bright voxels.',
      'Выше 0: тёмная область с немногими яркими вокселями.',
      '大于 0：暗区中有少数亮体素。',
    ],
    [
      'Below 0: a bright region with a few dark voxels.',
      'Ниже 0: светлая область с немногими тёмными вокселями.',
      '小于 0：亮区中有少数暗体素。',
    ],
  ],
  kurtosis: [
    [
      'Most voxels are alike, a few lie far off.',
      'Большинство вокселей похожи, немногие сильно отличаются.',
      '多数体素相近，少数偏离很远。',
    ],
    [
      'Below 0: no far-off voxels, a broad or two-humped histogram.',
      'Ниже 0: выбросов нет, гистограмма широкая или двугорбая.',
      '小于 0：没有离群体素，直方图宽平或呈双峰。',
    ],
  ],
  minimum: [
    ['Even the darkest voxels are bright.', 'Даже самые тёмные воксели яркие.', '最暗的体素也较亮。'],
    [
      'Some voxels are very dark: air, fat, necrosis or the border.',
      'Есть очень тёмные воксели: воздух, жир, некроз или край.',
      '有很暗的体素：空气、脂肪、坏死或边缘。',
    ],
  ],
  maximum: [
    [
      'Some voxels are very bright: calcium, contrast, uptake or noise.',
      'Есть очень яркие воксели: кальций, контраст, накопление или шум.',
      '有很亮的体素：钙化、造影剂、摄取或噪声。',
    ],
    ['Even the brightest voxels are dark.', 'Даже самые яркие воксели тёмные.', '最亮的体素也较暗。'],
  ],
  range: [
    [
      'The darkest and the brightest voxel lie far apart; one odd voxel is enough.',
      'Самый тёмный и самый яркий воксели далеки; хватает одного необычного.',
      '最暗与最亮体素相差大；一个异常体素即可造成。',
    ],
    EVEN,
  ],
  relative: [
    [
      'Intensities vary much for their mean.',
      'Интенсивности сильно меняются относительно среднего.',
      '相对于均值变化很大。',
    ],
    [
      'Intensities vary little for their mean.',
      'Интенсивности мало меняются относительно среднего.',
      '相对于均值变化很小。',
    ],
  ],
} as const satisfies Readings;
