import { metric } from '../metrics.ts';
import type { Localised } from '../../../core/localised.ts';
import type { Insert, PhantomTemplate } from '../template.ts';
import { place } from './regions.ts';

/** Slice 7 of the large phantom, where uniformity and ghosting are read, mm from the middle. */
const UNIFORMITY = 6;
/** Slice 1, six slices of 5 mm with gaps of 5 mm before, where the crossed ramps of the slice thickness insert lie. */
const RAMPS = UNIFORMITY - 60;

/** One of two thin ramps of slope 1:10, one above the other, that cross in the middle of the insert. */
const ramp = (id: string, label: Localised, y: number, slope: number): Insert => ({
  ...place(id, 'ramp', label, [0, y, RAMPS], [60, 3], 8),
  slope,
});

/** ACR large MR accreditation phantom: geometry, uniformity, ghosting, signal to noise. */
export const acrMr: PhantomTemplate = {
  id: 'acr-mr',
  version: 2,
  label: { en: 'ACR MR (large)', ru: 'ACR МР (большой)', zh: 'ACR MR（大）' },
  description: {
    en: 'Cylinder of 190 mm × 148 mm: diameters, length, slice thickness, integral uniformity, ghosting, signal to noise.',
    ru: 'Цилиндр 190 × 148 мм: диаметры, длина, толщина среза, интегральная однородность, двойники, сигнал/шум.',
    zh: '190 mm × 148 mm 圆柱：直径、长度、层厚、积分均匀度、鬼影、信噪比。',
  },
  modalities: ['MR'],
  quantity: { en: 'Signal', ru: 'Сигнал', zh: '信号' },
  unit: '',
  scale: 'ratio',
  body: { shape: 'cylinder', radii: [95, 95], halfLength: 74, value: null },
  inner: 1,
  inserts: [
    place(
      'large',
      'large',
      { en: 'Large region (200 cm²)', ru: 'Большая область (200 см²)', zh: '大区域 (200 cm²)' },
      [0, 0, UNIFORMITY],
      80,
      2.5,
    ),
    place('centre', 'centre', { en: 'Centre', ru: 'Центр', zh: '中心' }, [0, 0, UNIFORMITY], 40, 2.5),
    place(
      'ghost-top',
      'ghost-along',
      { en: 'Air, top', ru: 'Воздух сверху', zh: '空气（上）' },
      [0, -110, UNIFORMITY],
      [36, 9],
      2.5,
    ),
    place(
      'ghost-bottom',
      'ghost-along',
      { en: 'Air, bottom', ru: 'Воздух снизу', zh: '空气（下）' },
      [0, 110, UNIFORMITY],
      [36, 9],
      2.5,
    ),
    place(
      'ghost-left',
      'ghost-across',
      { en: 'Air, left', ru: 'Воздух слева', zh: '空气（左）' },
      [-110, 0, UNIFORMITY],
      [9, 36],
      2.5,
    ),
    place(
      'ghost-right',
      'ghost-across',
      { en: 'Air, right', ru: 'Воздух справа', zh: '空气（右）' },
      [110, 0, UNIFORMITY],
      [9, 36],
      2.5,
    ),
    ramp('ramp-top', { en: 'Ramp, top', ru: 'Рампа верхняя', zh: '上斜面' }, -3, 10),
    ramp('ramp-bottom', { en: 'Ramp, bottom', ru: 'Рампа нижняя', zh: '下斜面' }, 3, -10),
  ],
  metrics: [
    metric('diameter-x', { limits: { fail: [-2, 2] } }),
    metric('diameter-y', { limits: { fail: [-2, 2] } }),
    metric('length', { limits: { fail: [-2, 2] } }),
    metric('slice-thickness', { limits: { fail: [4.3, 5.7] } }),
    metric('slice-thickness-error'),
    metric('integral-uniformity'),
    metric('ghosting'),
    metric('signal-to-noise'),
    metric('centre-mean'),
  ],
  source:
    'ACR MR accreditation, large phantom: inside diameter 190 mm, inside length 148 mm; crossed ramps 1:10, 5.0 ± 0.7 mm for slices of 5 mm. Place of the ramps (slice 1) as published, not measured on a phantom',
  mark: 'V',
};
