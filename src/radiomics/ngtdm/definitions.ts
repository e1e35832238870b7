import type { FeatureDefinition } from '../family.ts';

/**
 * The 5 features of IBSI IPET. n_i voxels of level i have a neighbour, N_vc voxels in all, p_i = n_i/N_vc; s_i is the sum of
 * |i − mean of the neighbours| over them; N_gp levels occur.
 */
export const DEFINITIONS: readonly FeatureDefinition[] = [
  {
    tag: 'ngt_coarseness',
    ibsi: 'QCDE',
    name: 'Coarseness',
    formula: String.raw`F = \min\left(\frac{1}{\sum_i p_i s_i},\,10^6\right)`,
    unit: '1',
    range: [0, 1000000],
    help: {
      en: 'Large when grey levels change slowly over space: coarse texture.',
      ru: 'Велико, когда уровни серого меняются в пространстве медленно: крупная текстура.',
      zh: '灰度在空间中变化缓慢时大：纹理粗。',
    },
  },
  {
    tag: 'ngt_contrast',
    ibsi: '65HE',
    name: 'Contrast',
    formula: String.raw`F = \left(\frac{1}{N_{g,p}(N_{g,p}-1)}\sum_{i,j} p_i p_j (i-j)^2\right)\left(\frac{1}{N_{v,c}}\sum_i s_i\right)`,
    unit: '1',
    range: [0, null],
    help: {
      en: 'Large when grey levels differ much both overall and between neighbours.',
      ru: 'Велико, когда уровни серого сильно различаются и в целом, и у соседей.',
      zh: '整体及相邻体素灰度差异都大时大。',
    },
  },
  {
    tag: 'ngt_busyness',
    ibsi: 'NQ30',
    name: 'Busyness',
    formula: String.raw`F = \frac{\sum_i p_i s_i}{\sum_{i,j} |i\,p_i - j\,p_j|},\quad p_i, p_j \neq 0`,
    unit: '1',
    range: [0, null],
    help: {
      en: 'Large when grey levels change quickly from voxel to voxel.',
      ru: 'Велико, когда уровни серого быстро меняются от вокселя к вокселю.',
      zh: '灰度在体素之间变化快时大。',
    },
  },
  {
    tag: 'ngt_complexity',
    ibsi: 'HDEZ',
    name: 'Complexity',
    formula: String.raw`F = \frac{1}{N_{v,c}}\sum_{i,j} |i-j|\frac{p_i s_i + p_j s_j}{p_i + p_j},\quad p_i, p_j \neq 0`,
    unit: '1',
    range: [0, null],
    help: {
      en: 'Large when many different grey levels change quickly.',
      ru: 'Велико, когда много разных уровней быстро сменяют друг друга.',
      zh: '许多不同灰度快速变化时大。',
    },
  },
  {
    tag: 'ngt_strength',
    ibsi: '1X9X',
    name: 'Strength',
    formula: String.raw`F = \frac{\sum_{i,j} (p_i + p_j)(i-j)^2}{\sum_i s_i},\quad p_i, p_j \neq 0`,
    unit: '1',
    range: [0, null],
    help: {
      en: 'Large when the parts of the texture are big and differ clearly in level.',
      ru: 'Велико, когда элементы текстуры крупны и ясно различаются уровнем.',
      zh: '纹理单元大且灰度差异明显时大。',
    },
  },
];
