import type { Operation } from '../operation.ts';

export const ring: Operation = {
  id: 'ring',
  label: { en: 'Ring', ru: 'Кольцо', zh: '环形区' },
  help: {
    en: 'The tissue around a lesion: voxels whose centre lies farther from the region than the first distance and not farther than the second. What is outside the body is cut off: the largest piece above −300 HU (elsewhere above the threshold of Otsu), with its holes filled slice by slice.',
    ru: 'Ткань вокруг очага: воксели, центр которых дальше от области, чем первое расстояние, и не дальше второго. То, что вне тела, отсекается: тело — наибольшая часть выше −300 HU (вне КТ — выше порога Оцу) с дырами, залитыми по срезам.',
    zh: '病灶周围组织：中心到区域的距离大于第一个值且不大于第二个值的体素。体外部分被切除：身体为 −300 HU 以上（非 CT 时为 Otsu 阈值以上）的最大部分，并逐层填充孔洞。',
  },
  needs: { image: true, region: true, seed: false, other: false },
  into: 'new',
  parameters: [
    {
      kind: 'number',
      id: 'inner',
      label: { en: 'From', ru: 'От', zh: '从' },
      unit: 'mm',
      range: [0, 100],
      default: 0,
    },
    {
      kind: 'number',
      id: 'outer',
      label: { en: 'To', ru: 'До', zh: '到' },
      unit: 'mm',
      range: [0.1, 100],
      default: 5,
    },
    {
      kind: 'flag',
      id: 'body',
      label: { en: 'Inside the body only', ru: 'Только внутри тела', zh: '仅限体内' },
      default: true,
    },
  ],
  facts: [
    {
      id: 'outside',
      label: {
        en: 'Voxels cut off outside the body',
        ru: 'Отсечено вокселей вне тела',
        zh: '切除的体外体素',
      },
      unit: '',
    },
  ],
};
