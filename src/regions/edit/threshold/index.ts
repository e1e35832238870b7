import { NO_LIMIT } from '../../open-words.ts';
import type { Operation } from '../operation.ts';

export const threshold: Operation = {
  id: 'threshold',
  label: { en: 'Threshold', ru: 'Порог', zh: '阈值' },
  help: {
    en: 'Takes every voxel whose intensity lies in a range. Otsu and Ridler-Calvard choose the threshold from the histogram; a percentage of the maximum (41 % or 50 %) and a fixed SUV are customary in PET: draw a rough region around the lesion first and look only inside it.',
    ru: 'Берёт все воксели, яркость которых лежит в диапазоне. Методы Оцу и Ридлера–Калварда выбирают порог по гистограмме; доля максимума (41 % или 50 %) и фиксированный SUV приняты в ПЭТ: сначала грубо обведите очаг и ищите только внутри него.',
    zh: '选取强度落在范围内的所有体素。Otsu 和 Ridler-Calvard 方法根据直方图选择阈值；最大值百分比（41 % 或 50 %）和固定 SUV 常用于 PET：请先粗略勾画病灶，再只在其中查找。',
  },
  needs: { image: true, region: false, seed: false, other: false },
  into: 'new',
  parameters: [
    {
      kind: 'choice',
      id: 'method',
      label: { en: 'Method', ru: 'Метод', zh: '方法' },
      default: 'range',
      options: [
        { id: 'range', label: { en: 'Range', ru: 'Диапазон', zh: '范围' } },
        { id: 'otsu', label: { en: 'Otsu', ru: 'Оцу', zh: 'Otsu' } },
        {
          id: 'ridler-calvard',
          label: { en: 'Ridler-Calvard', ru: 'Ридлера–Калварда', zh: 'Ridler-Calvard' },
        },
        {
          id: 'percent',
          label: { en: 'Percent of maximum', ru: 'Процент максимума', zh: '最大值百分比' },
        },
        { id: 'suv', label: { en: 'Fixed SUV', ru: 'Фиксированный SUV', zh: '固定 SUV' } },
      ],
    },
    {
      kind: 'number',
      id: 'low',
      label: { en: 'From', ru: 'От', zh: '下限' },
      unit: 'intensity',
      range: [-1e9, 1e9],
      default: null,
      open: NO_LIMIT,
      when: { id: 'method', is: ['range'] },
    },
    {
      kind: 'number',
      id: 'high',
      label: { en: 'To', ru: 'До', zh: '上限' },
      unit: 'intensity',
      range: [-1e9, 1e9],
      default: null,
      open: NO_LIMIT,
      when: { id: 'method', is: ['range'] },
    },
    {
      kind: 'number',
      id: 'percent',
      label: { en: 'Share of the maximum', ru: 'Доля максимума', zh: '占最大值的比例' },
      unit: '%',
      range: [1, 99],
      default: 41,
      when: { id: 'method', is: ['percent'] },
    },
    {
      kind: 'number',
      id: 'suv',
      label: { en: 'SUV', ru: 'SUV', zh: 'SUV' },
      unit: 'SUV',
      range: [0, 100],
      default: 4,
      when: { id: 'method', is: ['suv'] },
    },
    {
      kind: 'choice',
      id: 'where',
      label: { en: 'Where', ru: 'Где', zh: '位置' },
      default: 'image',
      options: [
        { id: 'image', label: { en: 'Whole image', ru: 'Всё изображение', zh: '整个图像' } },
        { id: 'region', label: { en: 'Inside the region', ru: 'Внутри области', zh: '区域之内' } },
      ],
    },
    {
      kind: 'flag',
      id: 'largest',
      label: { en: 'Only the largest piece', ru: 'Только наибольшая часть', zh: '仅保留最大部分' },
      default: false,
    },
  ],
  facts: [
    { id: 'low', label: { en: 'Lower limit', ru: 'Нижний предел', zh: '下限' }, unit: 'intensity' },
    { id: 'high', label: { en: 'Upper limit', ru: 'Верхний предел', zh: '上限' }, unit: 'intensity' },
  ],
};
