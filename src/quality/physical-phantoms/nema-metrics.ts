import type { Metric } from './template.ts';

const SOURCE = "NEMA NU 2-2018, section 7 (image quality); no limit in the standard: enter your maker's";

const contrast = <D extends number>(kind: 'hot' | 'cold', diameter: D) =>
  ({
    label:
      kind === 'hot'
        ? {
            en: `Hot contrast, sphere ${diameter} mm`,
            ru: `Контраст горячей сферы ${diameter} мм`,
            zh: `热对比度，${diameter} mm 小球`,
          }
        : {
            en: `Cold contrast, sphere ${diameter} mm`,
            ru: `Контраст холодной сферы ${diameter} мм`,
            zh: `冷对比度，${diameter} mm 小球`,
          },
    unit: '%',
    raise: 'below',
    limits: {},
    formula:
      kind === 'hot'
        ? '100·(C_H/C_B − 1)/(a_H/a_B − 1): disc of the sphere, mean of 60 discs of background, ratio filled'
        : '100·(1 − C_C/C_B): disc of the sphere, mean of 60 discs of background',
    source: SOURCE,
    mark: 'L',
  }) as const satisfies Omit<Metric, 'quantity'>;

const variability = <D extends number>(diameter: D) =>
  ({
    label: {
      en: `Background variability, discs of ${diameter} mm`,
      ru: `Вариабельность фона, диски ${diameter} мм`,
      zh: `本底变异度，${diameter} mm 圆盘`,
    },
    unit: '%',
    raise: 'above',
    limits: {},
    formula: '100·SD/mean of 60 disc means: 12 places in 5 planes (0, ±1, ±2 cm)',
    source: SOURCE,
    mark: 'L',
  }) as const satisfies Omit<Metric, 'quantity'>;

/** Quantities of the image quality test of NEMA NU 2, one for each sphere. */
export const NEMA_METRICS = {
  'hot-contrast-10': contrast('hot', 10),
  'hot-contrast-13': contrast('hot', 13),
  'hot-contrast-17': contrast('hot', 17),
  'hot-contrast-22': contrast('hot', 22),
  'hot-contrast-28': contrast('hot', 28),
  'hot-contrast-37': contrast('hot', 37),
  'cold-contrast-28': contrast('cold', 28),
  'cold-contrast-37': contrast('cold', 37),
  'background-variability-10': variability(10),
  'background-variability-13': variability(13),
  'background-variability-17': variability(17),
  'background-variability-22': variability(22),
  'background-variability-28': variability(28),
  'background-variability-37': variability(37),
  'lung-residual': {
    label: { en: 'Lung residual', ru: 'Остаток в лёгочной вставке', zh: '肺插件残余' },
    unit: '%',
    raise: 'above',
    limits: {},
    formula:
      '100·C_lung/C_B: discs of 30 mm in the lung insert, mean of the slices; background discs of 37 mm',
    source: SOURCE,
    mark: 'L',
  },
} as const satisfies Record<string, Omit<Metric, 'quantity'>>;
