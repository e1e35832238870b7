import type { Operation } from '../operation.ts';

export const combine: Operation = {
  id: 'combine',
  label: { en: 'Combine two regions', ru: 'Объединить две области', zh: '合并两个区域' },
  help: {
    en: 'The region and a second one as sets of voxels: what is in either, in both, in the first only, or in one but not both.',
    ru: 'Область и вторая область как множества вокселей: что есть хотя бы в одной, в обеих, только в первой или ровно в одной.',
    zh: '将本区域与另一区域视为体素集合：取属于任一、同时属于两者、仅属于前者，或只属于其中之一的体素。',
  },
  needs: { image: false, region: true, seed: false, other: true },
  into: 'same',
  parameters: [
    {
      kind: 'choice',
      id: 'how',
      label: { en: 'How', ru: 'Как', zh: '方式' },
      default: 'union',
      options: [
        { id: 'union', label: { en: 'Union', ru: 'Объединение', zh: '并集' } },
        { id: 'intersection', label: { en: 'Intersection', ru: 'Пересечение', zh: '交集' } },
        { id: 'difference', label: { en: 'First without second', ru: 'Первая без второй', zh: '差集' } },
        {
          id: 'symmetric-difference',
          label: { en: 'In one but not both', ru: 'Ровно в одной', zh: '对称差' },
        },
      ],
    },
  ],
  facts: [],
};
