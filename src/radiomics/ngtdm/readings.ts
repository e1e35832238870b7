import type { Readings } from '../reading.ts';

export const READINGS: Readings = {
  ngt_coarseness: [
    [
      'Levels change slowly: large even areas. Small regions have it high too.',
      'Уровни меняются медленно: крупные ровные участки. Велико и в малых областях.',
      '灰度级变化缓慢：大片均匀区。小区域中也偏高。',
    ],
    [
      'Levels change at every step: fine, noisy texture.',
      'Уровни меняются на каждом шагу: мелкая, шумная текстура.',
      '灰度级步步变化：纹理细密、多噪声。',
    ],
  ],
  ngt_contrast: [
    ['Bright and dark voxels stand side by side.', 'Светлые и тёмные воксели стоят рядом.', '亮暗体素相邻。'],
    [
      'Few levels, or gentle changes between them.',
      'Уровней мало, или переходы между ними плавные.',
      '灰度级少，或彼此过渡平缓。',
    ],
  ],
  ngt_busyness: [
    [
      'Restless: levels jump from voxel to voxel.',
      'Беспокойная текстура: уровни скачут от вокселя к вокселю.',
      '纹理躁动：灰度级在体素间跳变。',
    ],
    [
      'Calm: neighbours have like levels.',
      'Спокойная текстура: уровни соседей близки.',
      '纹理平静：邻点灰度级相近。',
    ],
  ],
  ngt_complexity: [
    [
      'Many levels with sharp steps: much to describe.',
      'Много уровней с резкими перепадами: текстура сложна.',
      '灰度级多且落差大：纹理复杂。',
    ],
    [
      'Few levels or gentle steps: a plain texture.',
      'Мало уровней или плавные перепады: текстура проста.',
      '灰度级少或落差小：纹理简单。',
    ],
  ],
  ngt_strength: [
    [
      'Big patches that differ clearly in level.',
      'Крупные пятна, ясно различающиеся уровнем.',
      '斑块大且灰度级差异明显。',
    ],
    ['Patches are small or hardly differ.', 'Пятна мелкие или почти не различаются.', '斑块小或差异不明显。'],
  ],
};
