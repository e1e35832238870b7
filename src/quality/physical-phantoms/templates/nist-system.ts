import type { Localised } from '../../../core/localised.ts';
import { metric } from '../metrics.ts';
import type { PhantomTemplate } from '../template.ts';
import { onRing } from './regions.ts';
import type { Vec3 } from '../../../core/geometry.ts';

/** Fourteen spheres a plate: ten on a ring of 50 mm, four on a square of 40 mm; mm. */
const PLACES: readonly Vec3[] = [
  ...Array.from({ length: 10 }, (_, n) => onRing(50, -90 + 36 * n)),
  [-20, -20, 0],
  [20, -20, 0],
  [20, 20, 0],
  [-20, 20, 0],
];

/** Relaxation times at 3 T and 20 °C, ms, sphere 1 to 14. */
const T1 = [1989, 1454, 984.1, 706, 496.7, 351.5, 247.13, 175.3, 125.9, 89, 62.7, 44.53, 30.84, 21.719];
const T2 = [581.3, 403.5, 278.1, 190.94, 133.27, 96.89, 64.07, 46.42, 31.97, 22.56, 15.81, 11.24, 7.91, 5.59];
/** Share of water, per cent. */
const PROTONS = [5, 10, 15, 20, 25, 30, 35, 40, 50, 60, 70, 80, 90, 100];

const STUPIC =
  'Stupic et al. 2021 (MRM 86:1194), supplement: values at 3.0 T and 20 °C; positions from the description of the phantom';

function plate(
  id: string,
  label: Localised,
  quantity: Localised,
  unit: string,
  z: number,
  truths: readonly number[],
  fluid: number,
): PhantomTemplate {
  return {
    id: `nist-system-${id}`,
    version: 1,
    label,
    description: {
      en: 'Sphere of 20 cm filled with water; a plate of fourteen spheres of 15 mm. Measured on a map, at 3 T unless other truths are entered.',
      ru: 'Сфера 20 см с водой; пластина с четырнадцатью сферами 15 мм. Измеряется по карте, для 3 Тл, если не введены другие значения.',
      zh: '直径 20 cm 充水球体；一块含十四个 15 mm 小球的板。在参数图上测量，默认为 3 T 值，可另行输入。',
    },
    modalities: ['MR'],
    quantity,
    unit,
    scale: 'ratio',
    body: { shape: 'ellipsoid', radii: [100, 100], halfLength: 100, value: fluid },
    inner: 0.7,
    inserts: truths.map((truth, n) => ({
      id: `${id}-${n + 1}`,
      label: { en: `Sphere ${n + 1}`, ru: `Сфера ${n + 1}`, zh: `小球 ${n + 1}` },
      use: 'material',
      shape: 'sphere',
      centre: [PLACES[n]![0], PLACES[n]![1], z],
      radii: [7.5, 7.5],
      halfLength: 7.5,
      truth,
      tolerance: { kind: 'percent', value: 15 },
    })),
    metrics: [
      metric('linearity-slope'),
      metric('linearity-intercept', { unit }),
      metric('linearity-r2'),
      metric('linearity-deviation', { unit }),
      metric('mean-bias'),
      metric('largest-bias'),
    ],
    source: STUPIC,
    mark: 'L',
  };
}

/** ISMRM/NIST system phantom, its T1 plate (NiCl₂), as a map of T1. */
export const nistT1 = plate(
  't1',
  { en: 'ISMRM/NIST system: T1', ru: 'ISMRM/NIST: T1', zh: 'ISMRM/NIST 系统：T1' },
  { en: 'Map of T1', ru: 'Карта T1', zh: 'T1 图' },
  'ms',
  16,
  T1,
  2800,
);

/** Its T2 plate (MnCl₂), as a map of T2. */
export const nistT2 = plate(
  't2',
  { en: 'ISMRM/NIST system: T2', ru: 'ISMRM/NIST: T2', zh: 'ISMRM/NIST 系统：T2' },
  { en: 'Map of T2', ru: 'Карта T2', zh: 'T2 图' },
  'ms',
  -24,
  T2,
  1500,
);

/** Its proton-density plate, as a map in per cent of water. */
export const nistPd = plate(
  'pd',
  {
    en: 'ISMRM/NIST system: proton density',
    ru: 'ISMRM/NIST: протонная плотность',
    zh: 'ISMRM/NIST 系统：质子密度',
  },
  { en: 'Map of proton density', ru: 'Карта протонной плотности', zh: '质子密度图' },
  '%',
  56,
  PROTONS,
  100,
);
