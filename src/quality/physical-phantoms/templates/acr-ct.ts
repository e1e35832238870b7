import type { Localised } from '../../../core/localised.ts';
import { metric } from '../metrics.ts';
import type { Insert, PhantomTemplate, Tolerance } from '../template.ts';
import { centreAndEdges, onRing, place } from './regions.ts';

/** Middles of the four modules of 40 mm along the axis, mm from the middle of the phantom. */
const [MATERIALS, LOW_CONTRAST, UNIFORMITY] = [-60, -20, 20] as const;

const rod = (
  id: string,
  label: Localised,
  degrees: number,
  truth: number,
  low: number,
  high: number,
): Insert => ({
  id,
  label,
  use: 'material',
  shape: 'rod',
  centre: onRing(63, degrees, MATERIALS),
  radii: [12.5, 12.5],
  halfLength: 20,
  truth,
  tolerance: { kind: 'range', low, high } satisfies Tolerance,
});

/** A row of wires in module 1, each half a millimetre farther along the axis than the one before. */
const wires = (id: string, label: Localised, y: number): Insert => ({
  ...place(id, 'wire-ramp', label, [0, y, MATERIALS], [26, 5], 1),
  slope: 4,
  pitch: 0.5,
});

/** ACR CT accreditation phantom (Gammex 464): CT numbers, low contrast, uniformity, noise. */
export const acrCt: PhantomTemplate = {
  id: 'acr-ct',
  version: 2,
  label: { en: 'ACR CT (464)', ru: 'ACR КТ (464)', zh: 'ACR CT (464)' },
  description: {
    en: 'Cylinder of 20 cm with four modules: rods of known CT number, low contrast, uniformity, resolution.',
    ru: 'Цилиндр 20 см из четырёх модулей: стержни с известным КТ-числом, слабый контраст, однородность, разрешение.',
    zh: '直径 20 cm 的圆柱，四个模块：已知 CT 值的棒、低对比度、均匀性、分辨率。',
  },
  modalities: ['CT'],
  quantity: { en: 'CT number', ru: 'КТ-число', zh: 'CT 值' },
  unit: 'HU',
  scale: 'interval',
  body: { shape: 'cylinder', radii: [100, 100], halfLength: 80, value: 0 },
  inner: 0.7,
  inserts: [
    rod('bone', { en: 'Bone', ru: 'Кость', zh: '骨' }, 315, 910, 850, 970),
    rod('polyethylene', { en: 'Polyethylene', ru: 'Полиэтилен', zh: '聚乙烯' }, 225, -95, -107, -84),
    rod('acrylic', { en: 'Acrylic', ru: 'Акрил', zh: '丙烯酸' }, 135, 122, 110, 135),
    rod('air', { en: 'Air', ru: 'Воздух', zh: '空气' }, 45, -987, -1005, -970),
    rod('water', { en: 'Water', ru: 'Вода', zh: '水' }, 180, 0, -7, 7),
    {
      ...place(
        'low-contrast',
        'low-contrast',
        { en: 'Low-contrast rod', ru: 'Слабоконтрастный стержень', zh: '低对比度棒' },
        onRing(60, 270, LOW_CONTRAST),
        12.5,
        20,
      ),
      truth: 6,
    },
    place(
      'low-contrast-surround',
      'low-contrast-surround',
      { en: 'Beside the rod', ru: 'Рядом со стержнем', zh: '棒旁' },
      onRing(60, 237, LOW_CONTRAST),
      12.5,
      20,
    ),
    ...centreAndEdges(66, 15, 15, UNIFORMITY),
    wires('wires-top', { en: 'Wires, top', ru: 'Проволоки сверху', zh: '上排金属丝' }, -15),
    wires('wires-bottom', { en: 'Wires, bottom', ru: 'Проволоки снизу', zh: '下排金属丝' }, 15),
  ],
  metrics: [
    metric('water-ct-number'),
    metric('uniformity', { unit: 'HU', limits: { fail: 5 } }),
    metric('noise', { unit: 'HU' }),
    metric('low-contrast-cnr'),
    metric('linearity-slope', { limits: { fail: [0.98, 1.02] } }),
    metric('linearity-intercept', { unit: 'HU' }),
    metric('linearity-r2', { limits: { fail: 0.999 } }),
    metric('linearity-deviation', { unit: 'HU' }),
    metric('noise-power-integral'),
    metric('noise-frequency'),
    metric('ttf-half'),
    metric('slice-thickness'),
    metric('slice-thickness-error', { limits: { fail: [-1.5, 1.5] } }),
  ],
  source:
    'ACR CT accreditation: ranges of CT numbers (poly −107…−84, acrylic 110…135, bone 850…970, air −1005…−970); truths are their middles. Positions as published for the Gammex 464; wires 0.5 mm apart along the axis (ACR), their place in the slice is a guess to be moved on the image',
  mark: 'L',
};
