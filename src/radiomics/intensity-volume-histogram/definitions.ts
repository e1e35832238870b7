import type { FeatureDefinition } from '../family.ts';

/** The features of IBSI P88C. γ(i) is the intensity fraction of level i, ν(i) the volume fraction at or above it. */
export const DEFINITIONS: readonly FeatureDefinition[] = [
  {
    tag: 'ivh_v10',
    ibsi: 'BC2M',
    name: 'Volume fraction at 10% intensity',
    formula: String.raw`F = \max\{\nu_i : \gamma_i \ge 0.1\},\quad \gamma_i=\frac{i-\min G}{\max G-\min G}`,
    unit: '1',
    range: [0, 1],
    help: {
      en: 'Share of the region whose intensity reaches at least 10 % of the range.',
      ru: 'Доля области, интенсивность которой достигает хотя бы 10 % диапазона.',
      zh: '强度至少达到范围 10 % 的体积占比。',
    },
  },
  {
    tag: 'ivh_v90',
    ibsi: 'BC2M',
    name: 'Volume fraction at 90% intensity',
    formula: String.raw`F = \max\{\nu_i : \gamma_i \ge 0.9\}`,
    unit: '1',
    range: [0, 1],
    help: {
      en: 'Share of the region whose intensity reaches at least 90 % of the range.',
      ru: 'Доля области, интенсивность которой достигает хотя бы 90 % диапазона.',
      zh: '强度至少达到范围 90 % 的体积占比。',
    },
  },
  {
    tag: 'ivh_i10',
    ibsi: 'GBPN',
    name: 'Intensity at 10% volume',
    formula: String.raw`F = \min\{i : \nu_i \le 0.1\}`,
    unit: 'intensity',
    range: [null, null],
    help: {
      en: 'The lowest intensity that at most 10 % of the region reach: what the brightest tenth has at least.',
      ru: 'Наименьшая интенсивность, которой достигает не более 10 % области: нижняя граница самой яркой десятой части.',
      zh: '至多 10 % 区域能达到的最低强度：最亮十分之一的下限。',
    },
  },
  {
    tag: 'ivh_i90',
    ibsi: 'GBPN',
    name: 'Intensity at 90% volume',
    formula: String.raw`F = \min\{i : \nu_i \le 0.9\}`,
    unit: 'intensity',
    range: [null, null],
    help: {
      en: 'The lowest intensity that at most 90 % of the region reach.',
      ru: 'Наименьшая интенсивность, которой достигает не более 90 % области.',
      zh: '至多 90 % 区域能达到的最低强度。',
    },
  },
  {
    tag: 'ivh_diff_v10_v90',
    ibsi: 'DDTU',
    name: 'Volume fraction difference between 10% and 90% intensity',
    formula: String.raw`F = V_{10} - V_{90}`,
    unit: '1',
    range: [0, 1],
    help: {
      en: 'Share of the region between 10 % and 90 % of the intensity range.',
      ru: 'Доля области между 10 % и 90 % диапазона интенсивностей.',
      zh: '位于强度范围 10 % 与 90 % 之间的体积占比。',
    },
  },
  {
    tag: 'ivh_diff_i10_i90',
    ibsi: 'CNV2',
    name: 'Intensity difference between 10% and 90% volume',
    formula: String.raw`F = I_{10} - I_{90}`,
    unit: 'intensity',
    range: [0, null],
    help: {
      en: 'Width of the intensities without the brightest and the darkest tenth.',
      ru: 'Ширина интенсивностей без самой яркой и самой тёмной десятых частей.',
      zh: '除去最亮和最暗各十分之一后的强度宽度。',
    },
  },
  {
    tag: 'ivh_auc',
    ibsi: '9CMM',
    name: 'Area under the IVH curve',
    formula: String.raw`F = \sum_i \tfrac{1}{2}(\nu_i+\nu_{i+1})(\gamma_{i+1}-\gamma_i)`,
    unit: '1',
    range: [0, 1],
    help: {
      en: 'Area under the volume fraction over the intensity fraction: near 1 when most of the region is bright.',
      ru: 'Площадь под кривой доли объёма от доли интенсивности: близка к 1, если большая часть области яркая.',
      zh: '体积占比对强度占比曲线下的面积：区域大部分较亮时接近 1。',
    },
  },
];
