import type { Operation } from '../operation.ts';

export const fillHoles: Operation = {
  id: 'fill-holes',
  label: { en: 'Fill holes', ru: 'Залить дыры', zh: '填充孔洞' },
  help: {
    en: 'Adds what the region encloses: in space, or slice by slice, where a ring is enough to enclose. The way out leads over faces of voxels.',
    ru: 'Добавляет то, что область окружает: в пространстве или по срезам, где достаточно кольца. Выход наружу идёт через грани вокселей.',
    zh: '加入被区域包围的部分：在三维空间中，或逐层进行（此时一个环即可构成包围）。通向外部的路径经由体素的面。',
  },
  needs: { image: false, region: true, seed: false, other: false },
  into: 'same',
  parameters: [
    {
      kind: 'choice',
      id: 'in',
      label: { en: 'In', ru: 'Где', zh: '范围' },
      default: 'space',
      options: [
        { id: 'space', label: { en: 'Space', ru: 'В пространстве', zh: '三维空间' } },
        {
          id: 'z',
          label: {
            en: 'Slices across the third axis',
            ru: 'В срезах поперёк третьей оси',
            zh: '垂直于第三轴的层面',
          },
        },
        {
          id: 'y',
          label: {
            en: 'Slices across the second axis',
            ru: 'В срезах поперёк второй оси',
            zh: '垂直于第二轴的层面',
          },
        },
        {
          id: 'x',
          label: {
            en: 'Slices across the first axis',
            ru: 'В срезах поперёк первой оси',
            zh: '垂直于第一轴的层面',
          },
        },
      ],
    },
  ],
  facts: [{ id: 'added', label: { en: 'Voxels added', ru: 'Добавлено вокселей', zh: '新增体素' }, unit: '' }],
};
