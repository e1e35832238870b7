import { metric } from '../metrics.ts';
import type { PhantomTemplate } from '../template.ts';
import { onRing, place } from './regions.ts';

/** Inner diameters of the six spheres, mm, in their order around the ring. */
const DIAMETERS = [10, 13, 17, 22, 28, 37] as const;

/** NEMA NU 2 / IEC body phantom with six hot spheres, as an image in SUV or relative to the background. */
export const nemaPet: PhantomTemplate = {
  id: 'nema-pet',
  version: 1,
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
  ],
  metrics: [
    metric('suv-accuracy'),
    metric('uniformity', { unit: 'SUV' }),
    metric('noise', { unit: 'SUV' }),
    metric('recovery-largest'),
    metric('recovery-largest-max'),
    metric('recovery-smallest'),
    metric('recovery-smallest-max'),
  ],
  source:
    'NEMA NU 2: diameters and ring of 57.2 mm; outline taken as an ellipse; ratio 4:1 to be replaced by the one that was filled',
  mark: 'L',
};
