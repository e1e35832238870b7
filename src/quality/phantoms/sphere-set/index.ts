import { toPatient } from '../../../core/geometry.ts';
import type { Mask } from '../../../core/volume.ts';
import { Random } from '../../../core/random.ts';
import { centredGrid, SPACING, TRUTH_LABELS } from '../grid.ts';
import { parameterValues, SEED, type Phantom, type PhantomParameter, type PhantomRoom } from '../room.ts';

/** Diameters of the spheres of the NEMA NU 2 image quality phantom, mm, and the ring that they lie on. */
const DIAMETERS = [10, 13, 17, 22, 28, 37] as const;
const RING = 57.2;
const SIZE = [170, 170, 60] as const;

const PARAMETERS = [
  { ...SPACING, default: 2, range: [0.5, 5] },
  {
    id: 'contrast',
    label: { en: 'Sphere over background', ru: 'Шар к фону', zh: '球体与背景之比' },
    unit: '',
    default: 4,
    range: [0, 100],
  },
  {
    id: 'background',
    label: { en: 'Background', ru: 'Фон', zh: '背景' },
    unit: 'HU',
    default: 50,
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

type SphereSetParameters = Record<(typeof PARAMETERS)[number]['id'], number>;

/**
 * Six spheres of 10 to 37 mm on a ring in an even background, as in the NEMA NU 2 body phantom. A voxel belongs to a sphere
 * when its centre does. Truth is that of the geometry: V = π·d³/6.
 */
export function sphereSet(given: Partial<SphereSetParameters> = {}): Phantom {
  const p = parameterValues(PARAMETERS, given);
  const size = SIZE.map((mm) => Math.ceil(mm / p.spacing)) as [number, number, number];
  const grid = centredGrid(size, [p.spacing, p.spacing, p.spacing]);
  const random = new Random(p.seed);
  const total = size[0] * size[1] * size[2];
  const inside = p.contrast * p.background;
  const data = new Float32Array(total).fill(p.background);
  const masks: Mask[] = DIAMETERS.map((d) => ({
    grid,
    data: new Uint8Array(total),
    name: `Sphere ${d} mm`,
    colour: [255, 92, 92],
  }));
  const centres = DIAMETERS.map((_, n) => {
    const angle = (2 * Math.PI * n) / DIAMETERS.length;
    return [RING * Math.cos(angle), RING * Math.sin(angle)] as const;
  });
  for (let k = 0, at = 0; k < size[2]; k++) {
    for (let j = 0; j < size[1]; j++) {
      for (let i = 0; i < size[0]; i++, at++) {
        const [x, y, z] = toPatient(grid.affine, i, j, k);
        centres.forEach(([cx, cy], n) => {
          const r = DIAMETERS[n]! / 2;
          if ((x - cx) ** 2 + (y - cy) ** 2 + z * z >= r * r) return;
          masks[n]!.data[at] = 1;
          data[at] = inside;
        });
        if (p.noise > 0) data[at]! += p.noise * random.normal();
      }
    }
  }
  return {
    phases: [{ grid, data, unit: 'HU', modality: 'CT' }],
    masks,
    truth: DIAMETERS.flatMap((d) => {
      const region = `Sphere ${d} mm`;
      return [
        { id: 'volume', region, label: TRUTH_LABELS.volume, value: (Math.PI * d ** 3) / 6, unit: 'mm³' },
        { id: 'area', region, label: TRUTH_LABELS.area, value: Math.PI * d * d, unit: 'mm²' },
        { id: 'mean', region, label: TRUTH_LABELS.mean, value: inside, unit: 'HU' },
      ];
    }),
  };
}

export const sphereSetRoom: PhantomRoom = {
  id: 'sphere-set',
  label: { en: 'Sphere set', ru: 'Набор шаров', zh: '球体组' },
  description: {
    en: 'Six spheres of 10 to 37 mm, for volume, recovery and segmentation by size.',
    ru: 'Шесть шаров от 10 до 37 мм — для объёма, восстановления и сегментации в зависимости от размера.',
    zh: '六个 10 至 37 mm 的球体，用于检验不同大小下的体积、恢复与分割。',
  },
  parameters: PARAMETERS,
  generate: (values = {}) => sphereSet(values),
};
