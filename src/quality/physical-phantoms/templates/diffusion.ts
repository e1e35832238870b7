import { metric } from '../metrics.ts';
import type { Insert, PhantomTemplate } from '../template.ts';
import { onRing } from './regions.ts';
import type { Vec3 } from '../../../core/geometry.ts';

/**
 * ADC of polyvinylpyrrolidone in water at 0 °C, 10⁻⁶ mm²/s, by share of the polymer in per cent. Water: QIBA DWI profile.
 */
const ADC_AT_ZERO: Readonly<Record<number, number>> = {
  0: 1100,
  10: 830,
  20: 600,
  30: 400,
  40: 250,
  50: 125,
};

const vial = (id: string, polymer: number, centre: Vec3, radius: number): Insert => ({
  id,
  label: { en: `PVP ${polymer} % (${id})`, ru: `ПВП ${polymer} % (${id})`, zh: `PVP ${polymer} %（${id}）` },
  use: 'material',
  shape: 'rod',
  centre,
  radii: [radius, radius],
  halfLength: 25,
  truth: ADC_AT_ZERO[polymer]!,
  tolerance: polymer === 0 ? { kind: 'absolute', value: 40 } : { kind: 'percent', value: 15 },
});

const METRICS = [
  metric('linearity-slope'),
  metric('linearity-intercept', { unit: '10⁻⁶ mm²/s' }),
  metric('linearity-r2'),
  metric('linearity-deviation', { unit: '10⁻⁶ mm²/s' }),
  metric('mean-bias'),
  metric('largest-bias'),
  metric('random-error'),
];

const QUANTITY = { en: 'Map of ADC', ru: 'Карта ИКД (ADC)', zh: 'ADC 图' };
const SOURCE =
  'Water at 0 °C: QIBA DWI profile, 1.10·10⁻³ mm²/s ± 0.04. Polymer: rounded from published measurements at 0 °C, to be replaced by the values of your certificate and temperature';

/** QIBA diffusion phantom: thirteen vials in a sphere of ice water, as a map of ADC. */
export const qibaDiffusion: PhantomTemplate = {
  id: 'qiba-diffusion',
  version: 1,
  label: { en: 'QIBA diffusion (ice water)', ru: 'QIBA диффузия (тающий лёд)', zh: 'QIBA 扩散（冰水）' },
  description: {
    en: 'Sphere of 194 mm with thirteen vials of water and PVP in two rings, at 0 °C.',
    ru: 'Сфера 194 мм с тринадцатью пробирками воды и ПВП на двух кольцах, 0 °C.',
    zh: '194 mm 球体，内外两圈共十三支水和 PVP 小瓶，0 °C。',
  },
  modalities: ['MR'],
  quantity: QUANTITY,
  unit: '10⁻⁶ mm²/s',
  scale: 'ratio',
  body: { shape: 'ellipsoid', radii: [97, 97], halfLength: 97, value: 1100 },
  inner: 0.7,
  inserts: [
    vial('centre', 0, [0, 0, 0], 12),
    ...[0, 10, 20, 30, 40, 50].map((p, n) => vial(`inner-${n + 1}`, p, onRing(33, -90 + 60 * n), 12)),
    ...[0, 10, 20, 30, 40, 50].map((p, n) => vial(`outer-${n + 1}`, p, onRing(62, -60 + 60 * n), 12)),
  ],
  metrics: METRICS,
  source: SOURCE,
  mark: 'L',
};

/** Diffusion inserts of one's own: a cylinder of water with five vials. */
export const diffusionInserts: PhantomTemplate = {
  id: 'diffusion-inserts',
  version: 1,
  label: { en: 'Diffusion inserts', ru: 'Диффузионные вставки', zh: '扩散插件' },
  description: {
    en: 'Cylinder of 18 cm with five vials of PVP in water at 0 °C; enter the truths of yours.',
    ru: 'Цилиндр 18 см с пятью пробирками ПВП в воде при 0 °C; введите значения своих.',
    zh: '直径 18 cm 圆柱，五支 PVP 水溶液小瓶，0 °C；请输入您自己的真值。',
  },
  modalities: ['MR'],
  quantity: QUANTITY,
  unit: '10⁻⁶ mm²/s',
  scale: 'ratio',
  body: { shape: 'cylinder', radii: [90, 90], halfLength: 60, value: 1100 },
  inner: 0.7,
  inserts: [10, 20, 30, 40, 50].map((p, n) => vial(`vial-${n + 1}`, p, onRing(50, -90 + 72 * n), 14)),
  metrics: METRICS,
  source: SOURCE,
  mark: 'E',
};
