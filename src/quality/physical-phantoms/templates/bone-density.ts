import { metric } from '../metrics.ts';
import type { PhantomTemplate } from '../template.ts';
import { onRing } from './regions.ts';

/** Mineral densities of the rods, mg/cm³. */
const DENSITIES = [50, 100, 200, 400, 800] as const;

/** Mineral rods (K₂HPO₄ or hydroxyapatite) in a water-like body: CT numbers become densities by a line. */
export const boneDensity: PhantomTemplate = {
  id: 'bone-density',
  version: 1,
  label: { en: 'Bone density rods', ru: 'Стержни костной плотности', zh: '骨密度棒' },
  description: {
    en: 'Cylinder of 16 cm with five rods of known mineral density; the line HU = a + b·density is judged.',
    ru: 'Цилиндр 16 см с пятью стержнями известной минеральной плотности; оценивается прямая HU = a + b·плотность.',
    zh: '直径 16 cm 圆柱，五根已知矿物密度的棒；评价直线 HU = a + b·密度。',
  },
  modalities: ['CT'],
  quantity: {
    en: 'CT number of rods of known density',
    ru: 'КТ-число стержней известной плотности',
    zh: '已知密度棒的 CT 值',
  },
  unit: 'mg/cm³',
  imageUnit: 'HU',
  scale: 'ratio',
  body: { shape: 'cylinder', radii: [80, 80], halfLength: 50, value: 0 },
  inner: 0.7,
  inserts: DENSITIES.map((density, n) => ({
    id: `rod-${density}`,
    label: { en: `${density} mg/cm³`, ru: `${density} мг/см³`, zh: `${density} mg/cm³` },
    use: 'material',
    shape: 'rod',
    centre: onRing(45, -90 + 72 * n),
    radii: [10, 10],
    halfLength: 40,
    truth: density,
    tolerance: { kind: 'percent', value: 15 },
  })),
  metrics: [
    metric('calibration-slope'),
    metric('calibration-intercept'),
    metric('calibration-r2'),
    metric('calibration-bias'),
  ],
  source: 'Densities and positions chosen here; enter those of your rods',
  mark: 'E',
};
