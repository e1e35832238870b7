import { toPatient } from '../../../core/geometry.ts';
import { Random } from '../../../core/random.ts';
import { RefusedInput } from '../../../core/refusal.ts';
import { centredGrid, SPACING, TRUTH_LABELS } from '../grid.ts';
import { parameterValues, SEED, type Phantom, type PhantomParameter, type PhantomRoom } from '../room.ts';

/** How sharp a spicule is: its height falls from its axis with the third power. */
const SHARPNESS = 3;

const PARAMETERS = [
  {
    id: 'radius',
    label: { en: 'Radius of the core', ru: 'Радиус ядра', zh: '核心半径' },
    unit: 'mm',
    default: 10,
    range: [1, 60],
  },
  {
    id: 'length',
    label: { en: 'Length of the spicules', ru: 'Длина спикул', zh: '毛刺长度' },
    unit: 'mm',
    default: 6,
    range: [0, 40],
  },
  {
    id: 'spicules',
    label: { en: 'Spicules', ru: 'Спикулы', zh: '毛刺数' },
    unit: '',
    default: 14,
    range: [0, 60],
  },
  {
    id: 'width',
    label: { en: 'Half angle of a spicule', ru: 'Полуугол спикулы', zh: '毛刺半角' },
    unit: '°',
    default: 18,
    range: [2, 60],
  },
  SPACING,
  {
    id: 'inside',
    label: { en: 'Value inside', ru: 'Значение внутри', zh: '内部数值' },
    unit: 'HU',
    default: 40,
    range: [-1024, 3071],
  },
  {
    id: 'outside',
    label: { en: 'Value outside', ru: 'Значение снаружи', zh: '外部数值' },
    unit: 'HU',
    default: -800,
    range: [-1024, 3071],
  },
  {
    id: 'noise',
    label: { en: 'Noise (standard deviation)', ru: 'Шум (стандартное отклонение)', zh: '噪声（标准差）' },
    unit: 'HU',
    default: 0,
    range: [0, 1000],
  },
  SEED,
] as const satisfies readonly PhantomParameter[];

type SpiculatedParameters = Record<(typeof PARAMETERS)[number]['id'], number>;

/**
 * Volume of a ball of radius R with n spicules of length L and half angle w that do not meet. In a spicule the surface
 * lies at r = R + L·t³, t = (cos α − cos w)/(1 − cos w), α from its axis, so that with p = 3
 * V = 4/3·π·R³ + n·2π(1 − cos w)/3 · [3R²L/(p + 1) + 3RL²/(2p + 1) + L³/(3p + 1)].
 */
export function spiculatedVolume(radius: number, length: number, spicules: number, width: number): number {
  const cap = 2 * Math.PI * (1 - Math.cos(width));
  const p = SHARPNESS;
  const more =
    (3 * radius ** 2 * length) / (p + 1) +
    (3 * radius * length ** 2) / (2 * p + 1) +
    length ** 3 / (3 * p + 1);
  return (4 / 3) * Math.PI * radius ** 3 + (spicules * cap * more) / 3;
}

/** Directions spread evenly over the sphere along a spiral, the n-th at height 1 − (2n + 1)/count. */
function directions(count: number): [number, number, number][] {
  const golden = Math.PI * (3 - Math.sqrt(5));
  return Array.from({ length: count }, (_, n) => {
    const z = 1 - (2 * n + 1) / count;
    const r = Math.sqrt(1 - z * z);
    return [r * Math.cos(golden * n), r * Math.sin(golden * n), z];
  });
}

/**
 * A ball with spicules, as a lung cancer shows them, of known volume. A voxel belongs to it when its centre does.
 * @throws RefusedInput `settings_invalid` when spicules would meet (the volume would not be known), `too_large`
 */
export function spiculatedLesion(given: Partial<SpiculatedParameters> = {}): Phantom {
  const p = parameterValues(PARAMETERS, given);
  const count = Math.round(p.spicules);
  const width = (p.width * Math.PI) / 180;
  const axes = directions(count);
  let nearest = Math.PI;
  axes.forEach((a, n) => {
    for (const b of axes.slice(n + 1)) {
      nearest = Math.min(nearest, Math.acos(Math.min(1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2])));
    }
  });
  if (count > 1 && 2 * width > nearest) {
    throw new RefusedInput('settings_invalid', {
      name: 'width',
      expected: `≤ ${((90 * nearest) / Math.PI).toFixed(1)}°`,
      received: p.width,
    });
  }
  const edge = 2 * Math.ceil((p.radius + p.length) / p.spacing) + 5;
  const grid = centredGrid([edge, edge, edge], [p.spacing, p.spacing, p.spacing]);
  const random = new Random(p.seed);
  const mask = new Uint8Array(edge ** 3);
  const data = new Float32Array(edge ** 3);
  const least = Math.cos(width);
  for (let k = 0, at = 0; k < edge; k++) {
    for (let j = 0; j < edge; j++) {
      for (let i = 0; i < edge; i++, at++) {
        const [x, y, z] = toPatient(grid.affine, i, j, k);
        const r = Math.hypot(x, y, z);
        let surface = p.radius;
        if (r >= p.radius && r < p.radius + p.length) {
          for (const [ax, ay, az] of axes) {
            const cosine = (ax * x + ay * y + az * z) / r;
            if (cosine > least) surface += p.length * ((cosine - least) / (1 - least)) ** SHARPNESS;
          }
        }
        mask[at] = Number(r < surface);
        data[at] = (mask[at] ? p.inside : p.outside) + (p.noise > 0 ? p.noise * random.normal() : 0);
      }
    }
  }
  const region = 'Lesion';
  return {
    phases: [{ grid, data, unit: 'HU', modality: 'CT' }],
    masks: [{ grid, data: mask, name: region, colour: [255, 92, 92] }],
    truth: [
      {
        id: 'volume',
        region,
        label: TRUTH_LABELS.volume,
        value: spiculatedVolume(p.radius, p.length, count, width),
        unit: 'mm³',
      },
      { id: 'mean', region, label: TRUTH_LABELS.mean, value: p.inside, unit: 'HU' },
    ],
  };
}

export const spiculatedLesionRoom: PhantomRoom = {
  id: 'spiculated-lesion',
  label: { en: 'Spiculated lesion', ru: 'Спикулообразный очаг', zh: '毛刺状病灶' },
  description: {
    en: 'A ball with spicules of known volume, for segmentation and shape features.',
    ru: 'Шар со спикулами известного объёма — для сегментации и признаков формы.',
    zh: '体积已知的带毛刺球体，用于检验分割与形状特征。',
  },
  parameters: PARAMETERS,
  generate: (values = {}) => spiculatedLesion(values),
};
