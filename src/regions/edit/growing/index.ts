import { AUTOMATIC, NO_LIMIT } from '../../open-words.ts';
import type { Operation } from '../operation.ts';

export const growing: Operation = {
  id: 'growing',
  label: { en: 'Region growing', ru: 'Наращивание области', zh: '区域生长' },
  help: {
    en: 'Takes the voxels that hang together with the one that was pointed at and whose intensity lies in a range: around the mean of its 3 × 3 × 3 neighbourhood, or as given. Voxels hang together over faces (6), edges (18) or corners (26). A box around the point keeps it from running away.',
    ru: 'Берёт воксели, связанные с указанным, если их яркость лежит в диапазоне: вокруг среднего по окрестности 3 × 3 × 3 или заданном. Воксели связаны через грани (6), рёбра (18) или углы (26). Куб вокруг точки не даёт области растечься.',
    zh: '选取与所指体素相连且强度在范围内的体素：范围取其 3 × 3 × 3 邻域均值附近，或由您给定。体素可经面（6）、棱（18）或角（26）相连。围绕该点的方框可防止区域外溢。',
  },
  needs: { image: true, region: false, seed: true, other: false },
  into: 'new',
  parameters: [
    {
      kind: 'choice',
      id: 'limits',
      label: { en: 'Limits', ru: 'Пределы', zh: '界限' },
      default: 'around',
      options: [
        { id: 'around', label: { en: 'Around the point', ru: 'Вокруг точки', zh: '该点附近' } },
        { id: 'range', label: { en: 'Range', ru: 'Диапазон', zh: '范围' } },
      ],
    },
    {
      kind: 'number',
      id: 'tolerance',
      label: { en: 'More or less than the point', ru: 'Больше или меньше точки', zh: '与该点的差值' },
      unit: 'intensity',
      range: [0, 1e9],
      default: null,
      open: AUTOMATIC,
      when: { id: 'limits', is: ['around'] },
    },
    {
      kind: 'number',
      id: 'low',
      label: { en: 'From', ru: 'От', zh: '下限' },
      unit: 'intensity',
      range: [-1e9, 1e9],
      default: null,
      open: NO_LIMIT,
      when: { id: 'limits', is: ['range'] },
    },
    {
      kind: 'number',
      id: 'high',
      label: { en: 'To', ru: 'До', zh: '上限' },
      unit: 'intensity',
      range: [-1e9, 1e9],
      default: null,
      open: NO_LIMIT,
      when: { id: 'limits', is: ['range'] },
    },
    {
      kind: 'choice',
      id: 'neighbours',
      label: { en: 'Neighbours', ru: 'Соседи', zh: '邻域' },
      default: '6',
      options: [
        { id: '6', label: { en: '6 (faces)', ru: '6 (грани)', zh: '6（面）' } },
        { id: '18', label: { en: '18 (edges)', ru: '18 (рёбра)', zh: '18（棱）' } },
        { id: '26', label: { en: '26 (corners)', ru: '26 (углы)', zh: '26（角）' } },
      ],
    },
    {
      kind: 'number',
      id: 'reach',
      label: { en: 'No farther than', ru: 'Не дальше чем', zh: '最远距离' },
      unit: 'mm',
      range: [1, 2000],
      default: null,
      open: NO_LIMIT,
    },
  ],
  facts: [
    { id: 'low', label: { en: 'Lower limit', ru: 'Нижний предел', zh: '下限' }, unit: 'intensity' },
    { id: 'high', label: { en: 'Upper limit', ru: 'Верхний предел', zh: '上限' }, unit: 'intensity' },
  ],
};
