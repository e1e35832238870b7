import type { Operation } from '../operation.ts';

export const fillBetween: Operation = {
  id: 'fill-between',
  label: { en: 'Fill between slices', ru: 'Заполнить между срезами', zh: '层间填充' },
  help: {
    en: 'Draw every few slices and let the others be filled: the distance to the edge of the drawn shape is interpolated from slice to slice. Shapes that lie beside each other rather than above each other give nothing between: draw one more slice there.',
    ru: 'Рисуйте через несколько срезов, остальные будут заполнены: расстояние до края нарисованной фигуры интерполируется от среза к срезу. Если фигуры лежат рядом, а не друг над другом, между ними не выйдет ничего: нарисуйте там ещё один срез.',
    zh: '每隔几层勾画一次，其余层面将自动填充：对到勾画形状边缘的距离逐层插值。若两层形状并排而非上下重叠，则中间不会产生结果：请在其间再勾画一层。',
  },
  needs: { image: false, region: true, seed: false, other: false },
  into: 'same',
  parameters: [
    {
      kind: 'choice',
      id: 'across',
      label: { en: 'Between', ru: 'Между срезами', zh: '层间' },
      default: 'z',
      options: [
        {
          id: 'z',
          label: {
            en: 'Slices across the third axis',
            ru: 'Поперёк третьей оси',
            zh: '垂直于第三轴的层面',
          },
        },
        {
          id: 'y',
          label: {
            en: 'Slices across the second axis',
            ru: 'Поперёк второй оси',
            zh: '垂直于第二轴的层面',
          },
        },
        {
          id: 'x',
          label: {
            en: 'Slices across the first axis',
            ru: 'Поперёк первой оси',
            zh: '垂直于第一轴的层面',
          },
        },
      ],
    },
  ],
  facts: [
    { id: 'slices', label: { en: 'Slices filled', ru: 'Заполнено срезов', zh: '已填充层数' }, unit: '' },
  ],
};
