import type { Operation } from '../operation.ts';

export const islands: Operation = {
  id: 'islands',
  label: { en: 'Islands', ru: 'Островки', zh: '孤岛' },
  help: {
    en: 'Parts the region into pieces that hang together, and keeps the largest one, or those of at least a given volume.',
    ru: 'Делит область на связные части и оставляет наибольшую или те, объём которых не меньше заданного.',
    zh: '将区域分为各个连通部分，保留最大的一个，或体积不小于给定值的部分。',
  },
  needs: { image: false, region: true, seed: false, other: false },
  into: 'same',
  parameters: [
    {
      kind: 'choice',
      id: 'keep',
      label: { en: 'Keep', ru: 'Оставить', zh: '保留' },
      default: 'largest',
      options: [
        { id: 'largest', label: { en: 'The largest piece', ru: 'Наибольшую часть', zh: '最大部分' } },
        {
          id: 'above',
          label: { en: 'Pieces above a volume', ru: 'Части больше объёма', zh: '大于某体积的部分' },
        },
      ],
    },
    {
      kind: 'number',
      id: 'volume',
      label: { en: 'At least', ru: 'Не меньше', zh: '至少' },
      unit: 'mm³',
      range: [0, 1e7],
      default: 100,
      when: { id: 'keep', is: ['above'] },
    },
    {
      kind: 'choice',
      id: 'neighbours',
      label: { en: 'Neighbours', ru: 'Соседи', zh: '邻域' },
      default: '26',
      options: [
        { id: '6', label: { en: '6 (faces)', ru: '6 (грани)', zh: '6（面）' } },
        { id: '18', label: { en: '18 (edges)', ru: '18 (рёбра)', zh: '18（棱）' } },
        { id: '26', label: { en: '26 (corners)', ru: '26 (углы)', zh: '26（角）' } },
      ],
    },
  ],
  facts: [
    { id: 'pieces', label: { en: 'Pieces', ru: 'Частей', zh: '部分数' }, unit: '' },
    { id: 'kept', label: { en: 'Kept', ru: 'Оставлено', zh: '保留' }, unit: '' },
  ],
};
