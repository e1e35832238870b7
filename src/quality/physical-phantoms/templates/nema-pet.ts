import { metric } from '../metrics.ts';
import type { PhantomTemplate } from '../template.ts';
import { onRing, place } from './regions.ts';

/** Inner diameters of the six spheres, mm, in their order around the ring. */
const DIAMETERS = [10, 13, 17, 22, 28, 37] as const;
/** Those that are hot where the two largest are filled with water. */
const HOT = [10, 13, 17, 22] as const;

/**
 * Middles of twelve discs of 37 mm for the background, mm: 15 mm from their edge to the outline, from 6 to 36 mm to the nearest
 * sphere (NEMA asks for 15; the ellipse is narrower at the bottom than the phantom itself).
 */
const BACKGROUND: readonly (readonly [number, number])[] = [
  [61, -69],
  [97, -44],
  [115, -11],
  [111, 25],
  [86, 55],
  [2, 81],
  [-86, 55],
  [-111, 25],
  [-115, -11],
  [-97, -44],
  [-61, -69],
  [0, -81],
];

/** NEMA NU 2 / IEC body phantom with six hot spheres, as an image in SUV or relative to the background. */
export const nemaPet: PhantomTemplate = {
  id: 'nema-pet',
  version: 2,
  label: { en: 'NEMA IEC PET body', ru: 'NEMA IEC ПЭТ', zh: 'NEMA IEC PET 体模' },
  description: {
    en: 'Body of 30 × 23 cm with six spheres of 10 to 37 mm at four times the background, and a lung insert.',
    ru: 'Тело 30 × 23 см с шестью сферами 10–37 мм, активность в четыре раза выше фона, и лёгочной вставкой.',
    zh: '30 × 23 cm 体模，六个 10 至 37 mm 小球，活度为本底四倍，另有肺插件。',
  },
  modalities: ['PT'],
  quantity: { en: 'SUV', ru: 'SUV', zh: 'SUV' },
  unit: 'SUV',
  scale: 'ratio',
  body: { shape: 'cylinder', radii: [150, 115], halfLength: 90, value: 1 },
  inner: 0.8,
  inserts: [
    ...DIAMETERS.map((d, n) => ({
      id: `sphere-${d}`,
      label: { en: `Sphere ${d} mm`, ru: `Сфера ${d} мм`, zh: `${d} mm 小球` },
      use: 'material' as const,
      shape: 'sphere' as const,
      centre: onRing(57.2, -60 * n, 0),
      radii: [d / 2, d / 2] as const,
      halfLength: d / 2,
      truth: 4,
      tolerance: null,
    })),
    {
      id: 'lung',
      label: { en: 'Lung insert', ru: 'Лёгочная вставка', zh: '肺插件' },
      use: 'material',
      shape: 'rod',
      centre: [0, 0, 0],
      radii: [22, 22],
      halfLength: 88,
      truth: 0,
      tolerance: { kind: 'absolute', value: 0.25 },
    },
    place('background', 'centre', { en: 'Background', ru: 'Фон', zh: '本底' }, [0, -88, 0], 15, 15),
    place(
      'edge-right',
      'edge',
      { en: 'Background, right', ru: 'Фон справа', zh: '本底（右）' },
      [110, 0, 0],
      15,
      15,
    ),
    place(
      'edge-left',
      'edge',
      { en: 'Background, left', ru: 'Фон слева', zh: '本底（左）' },
      [-110, 0, 0],
      15,
      15,
    ),
    place(
      'edge-bottom',
      'edge',
      { en: 'Background, bottom', ru: 'Фон снизу', zh: '本底（下）' },
      [0, 88, 0],
      15,
      15,
    ),
    ...BACKGROUND.map(([x, y], n) =>
      place(
        `background-${n + 1}`,
        'background',
        { en: `Background disc ${n + 1}`, ru: `Диск фона ${n + 1}`, zh: `本底圆盘 ${n + 1}` },
        [x, y, 0],
        18.5,
        20,
      ),
    ),
  ],
  metrics: [
    metric('suv-accuracy'),
    metric('uniformity', { unit: 'SUV' }),
    metric('noise', { unit: 'SUV' }),
    metric('recovery-largest'),
    metric('recovery-largest-max'),
    metric('recovery-smallest'),
    metric('recovery-smallest-max'),
    ...DIAMETERS.map((d) => metric(`hot-contrast-${d}`)),
    ...DIAMETERS.map((d) => metric(`background-variability-${d}`)),
    metric('lung-residual'),
  ],
  source:
    'NEMA NU 2: diameters and ring of 57.2 mm; outline taken as an ellipse; ratio 4:1 to be replaced by the one that was filled',
  mark: 'L',
};

/** The same filled as in NEMA NU 2-2001 to 2012: the two largest spheres are cold. */
export const nemaPetCold: PhantomTemplate = {
  ...nemaPet,
  id: 'nema-pet-cold',
  version: 1,
  label: {
    en: 'NEMA IEC PET body, two cold spheres',
    ru: 'NEMA IEC ПЭТ, две холодные сферы',
    zh: 'NEMA IEC PET 体模（两个冷球）',
  },
  description: {
    en: 'Spheres of 10 to 22 mm at four times the background, 28 and 37 mm without activity, and a lung insert.',
    ru: 'Сферы 10–22 мм с активностью в четыре раза выше фона, 28 и 37 мм без активности, лёгочная вставка.',
    zh: '10 至 22 mm 小球活度为本底四倍，28 和 37 mm 小球无活度，另有肺插件。',
  },
  inserts: nemaPet.inserts.map((i) =>
    i.id === 'sphere-28' || i.id === 'sphere-37' ? { ...i, truth: 0 } : i,
  ),
  metrics: [
    metric('suv-accuracy'),
    metric('uniformity', { unit: 'SUV' }),
    metric('noise', { unit: 'SUV' }),
    ...HOT.map((d) => metric(`hot-contrast-${d}`)),
    metric('cold-contrast-28'),
    metric('cold-contrast-37'),
    ...DIAMETERS.map((d) => metric(`background-variability-${d}`)),
    metric('lung-residual'),
  ],
};
