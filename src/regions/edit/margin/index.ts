import type { Operation } from '../operation.ts';

export const margin: Operation = {
  id: 'margin',
  label: { en: 'Grow or shrink', ru: 'Расширить или сжать', zh: '扩张或收缩' },
  help: {
    en: 'Moves the edge of the region by a distance in mm, the same in all directions of the patient whatever the shape of the voxels: growing takes the voxels whose centre lies within that distance of the region, shrinking (below zero) drops those within it of the outside.',
    ru: 'Сдвигает границу области на расстояние в мм, одинаковое по всем направлениям при любой форме вокселей: при расширении берутся воксели, центр которых не дальше этого расстояния от области, при сжатии (меньше нуля) убираются воксели не дальше него от наружного.',
    zh: '将区域边缘移动若干毫米，无论体素形状如何，在患者各方向上相同：扩张时加入中心距区域不超过该距离的体素；收缩（负值）时去除距外部不超过该距离的体素。',
  },
  needs: { image: false, region: true, seed: false, other: false },
  into: 'same',
  parameters: [
    {
      kind: 'number',
      id: 'distance',
      label: { en: 'Distance', ru: 'Расстояние', zh: '距离' },
      unit: 'mm',
      range: [-100, 100],
      default: 2,
    },
  ],
  facts: [],
};
