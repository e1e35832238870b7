import type { FeatureDefinition } from '../family.ts';

export const DEFINITIONS: readonly FeatureDefinition[] = [
  {
    tag: 'loc_peak_loc',
    ibsi: 'VJGA',
    name: 'Local intensity peak',
    formula: String.raw`F = \frac{1}{|S(k^*)|}\sum_{l \in S(k^*)} x_l,\quad k^*=\arg\max_k x_k,\quad S(k)=\{l:\|r_l-r_k\|\le 6.2035\,\mathrm{mm}\}`,
    unit: 'intensity',
    range: [null, null],
    help: {
      en: 'Mean intensity in a sphere of 1 cm³ around the brightest voxel (SUVpeak in PET).',
      ru: 'Средняя интенсивность в шаре объёмом 1 см³ вокруг самого яркого вокселя (SUVpeak в ПЭТ).',
      zh: '以最亮体素为中心、体积 1 cm³ 的球内平均强度(PET 中的 SUVpeak)。',
    },
  },
  {
    tag: 'loc_peak_glob',
    ibsi: '0F91',
    name: 'Global intensity peak',
    formula: String.raw`F = \max_k \frac{1}{|S(k)|}\sum_{l \in S(k)} x_l`,
    unit: 'intensity',
    range: [null, null],
    help: {
      en: 'The highest mean intensity in any sphere of 1 cm³ centred in the region.',
      ru: 'Наибольшая средняя интенсивность среди шаров объёмом 1 см³ с центром в области.',
      zh: '中心位于区域内的所有 1 cm³ 球中，最高的平均强度。',
    },
  },
];
