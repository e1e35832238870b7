import { metric } from '../metrics.ts';
import type { PhantomTemplate } from '../template.ts';
import { centreAndEdges } from './regions.ts';

/** A uniform cylinder of any modality: water in CT, activity in PET, a bottle in MR. */
export const uniformCylinder: PhantomTemplate = {
  id: 'uniform-cylinder',
  version: 1,
  label: { en: 'Uniform cylinder', ru: 'Однородный цилиндр', zh: '均匀圆柱' },
  description: {
    en: 'Cylinder of 20 cm with one filling: mean, uniformity, noise. The limits of water apply to CT.',
    ru: 'Цилиндр 20 см с одним наполнением: среднее, однородность, шум. Пределы воды относятся к КТ.',
    zh: '直径 20 cm 单一填充圆柱：平均值、均匀性、噪声。',
  },
  modalities: [],
  quantity: { en: 'Any image', ru: 'Любое изображение', zh: '任意图像' },
  unit: '',
  scale: 'interval',
  body: { shape: 'cylinder', radii: [100, 100], halfLength: 50, value: null },
  inner: 1,
  inserts: centreAndEdges(75, 15, 20),
  metrics: [
    metric('centre-mean'),
    metric('uniformity'),
    metric('noise'),
    metric('signal-to-noise'),
    metric('noise-power-integral'),
    metric('noise-frequency'),
  ],
  source: 'Positions chosen here: centre, and four places at three quarters of the radius',
  mark: 'E',
};

/** The same with water in CT, where the true value and its limits are known. */
export const waterCylinder: PhantomTemplate = {
  ...uniformCylinder,
  id: 'water-cylinder',
  label: { en: 'Water cylinder (CT)', ru: 'Водный цилиндр (КТ)', zh: '水圆柱 (CT)' },
  description: {
    en: 'Cylinder of 20 cm of water: CT number, uniformity, noise and its frequencies.',
    ru: 'Цилиндр 20 см с водой: КТ-число, однородность, шум и его частоты.',
    zh: '直径 20 cm 水圆柱：CT 值、均匀性、噪声及其频率。',
  },
  modalities: ['CT'],
  quantity: { en: 'CT number', ru: 'КТ-число', zh: 'CT 值' },
  unit: 'HU',
  body: { ...uniformCylinder.body, value: 0 },
  metrics: [
    metric('water-ct-number'),
    metric('uniformity', { unit: 'HU', limits: { fail: 5 } }),
    metric('noise', { unit: 'HU' }),
    metric('noise-power-integral'),
    metric('noise-frequency'),
  ],
  source: 'ACR CT accreditation: water −7…7 HU, uniformity 5 HU; positions chosen here',
  mark: 'L',
};
