import type { NumberParameter } from '../../core/parameters.ts';

/** Parameters that several methods share. */
export const SEED: NumberParameter = {
  kind: 'number',
  id: 'seed',
  label: { en: 'Random seed', ru: 'Начальное число генератора', zh: '随机种子' },
  help: {
    en: 'The same seed gives the same result.',
    ru: 'При том же числе результат тот же.',
    zh: '相同的种子得到相同的结果。',
  },
  unit: '',
  range: [0, 4294967295],
  default: 1,
  whole: true,
};

export const CLASSES: NumberParameter = {
  kind: 'number',
  id: 'classes',
  label: { en: 'Classes', ru: 'Классы', zh: '类别数' },
  help: {
    en: 'Into how many kinds of tissue the voxels are parted.',
    ru: 'На сколько видов ткани делятся воксели.',
    zh: '将体素分为多少种组织。',
  },
  unit: '',
  range: [2, 16],
  default: 3,
  whole: true,
};

export const MOST_STEPS: NumberParameter = {
  kind: 'number',
  id: 'steps',
  label: { en: 'Most steps', ru: 'Наибольшее число шагов', zh: '最多步数' },
  help: {
    en: 'The search ends here if it has not settled before.',
    ru: 'Здесь поиск прекращается, если не сошёлся раньше.',
    zh: '若此前未收敛，搜索在此停止。',
  },
  unit: '',
  range: [1, 5000],
  default: 200,
  whole: true,
};
