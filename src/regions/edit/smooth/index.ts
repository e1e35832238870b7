import type { Operation } from '../operation.ts';

export const smooth: Operation = {
  id: 'smooth',
  label: { en: 'Smooth', ru: 'Сгладить', zh: '平滑' },
  help: {
    en: 'Evens the edge out. Blur: a Gaussian of that width, cut at one half, keeps the volume nearly. Opening with a ball of that radius takes spikes and thin bridges off, closing fills clefts.',
    ru: 'Выравнивает границу. Размытие: гауссиан этой ширины с отсечением на половине почти сохраняет объём. Размыкание шаром этого радиуса убирает выступы и тонкие перемычки, замыкание заполняет щели.',
    zh: '使边缘平整。模糊：以该宽度的高斯平滑后取一半为界，体积基本不变。以该半径的球作开运算可去除毛刺和细桥，闭运算可填补裂隙。',
  },
  needs: { image: false, region: true, seed: false, other: false },
  into: 'same',
  parameters: [
    {
      kind: 'choice',
      id: 'method',
      label: { en: 'Method', ru: 'Метод', zh: '方法' },
      default: 'blur',
      options: [
        { id: 'blur', label: { en: 'Blur', ru: 'Размытие', zh: '模糊' } },
        { id: 'open', label: { en: 'Opening', ru: 'Размыкание', zh: '开运算' } },
        { id: 'close', label: { en: 'Closing', ru: 'Замыкание', zh: '闭运算' } },
      ],
    },
    {
      kind: 'number',
      id: 'size',
      label: { en: 'Width or radius', ru: 'Ширина или радиус', zh: '宽度或半径' },
      unit: 'mm',
      range: [0.1, 50],
      default: 2,
    },
  ],
  facts: [],
};
