import { RefusedInput } from '../../../core/refusal.ts';
import { toPatient } from '../../../core/geometry.ts';
import { centredGrid, SPACING, TRUTH_LABELS } from '../grid.ts';
import { parameterValues, type Phantom, type PhantomParameter, type PhantomRoom } from '../room.ts';

const PARAMETERS = [
  {
    id: 'radius',
    label: { en: 'Radius', ru: 'Радиус', zh: '半径' },
    unit: 'mm',
    default: 10,
    range: [0.5, 200],
  },
  SPACING,
  {
    id: 'inside',
    label: { en: 'Value inside', ru: 'Значение внутри', zh: '内部数值' },
    unit: 'HU',
    default: 100,
    range: [-1024, 3071],
  },
  {
    id: 'outside',
    label: { en: 'Value outside', ru: 'Значение снаружи', zh: '外部数值' },
    unit: 'HU',
    default: 0,
    range: [-1024, 3071],
  },
] as const satisfies readonly PhantomParameter[];

type SphereParameters = Record<(typeof PARAMETERS)[number]['id'], number>;

/**
 * A sphere around the middle of its grid: a voxel belongs to it when its centre does. Truth is that of the geometry,
 * V = 4/3·π·r³ and A = 4·π·r²; voxels approach it as the spacing shrinks.
 */
export function sphere(given: Partial<SphereParameters> = {}): Phantom {
  const p = parameterValues(PARAMETERS, given);
  const edge = 2 * Math.ceil(p.radius / p.spacing) + 5;
  if (edge > 500) throw new RefusedInput('too_large', { expected: '500³', received: `${edge}³` });
  const grid = centredGrid([edge, edge, edge], [p.spacing, p.spacing, p.spacing]);
  const mask = new Uint8Array(edge ** 3);
  const data = new Float32Array(edge ** 3);
  for (let k = 0, at = 0; k < edge; k++) {
    for (let j = 0; j < edge; j++) {
      for (let i = 0; i < edge; i++, at++) {
        const [x, y, z] = toPatient(grid.affine, i, j, k);
        mask[at] = Number(x * x + y * y + z * z < p.radius * p.radius);
        data[at] = mask[at] ? p.inside : p.outside;
      }
    }
  }
  return {
    phases: [{ grid, data, unit: 'HU', modality: 'CT' }],
    masks: [{ grid, data: mask, name: 'Sphere', colour: [255, 92, 92] }],
    truth: [
      {
        id: 'volume',
        region: 'Sphere',
        label: TRUTH_LABELS.volume,
        value: (4 / 3) * Math.PI * p.radius ** 3,
        unit: 'mm³',
      },
      {
        id: 'area',
        region: 'Sphere',
        label: TRUTH_LABELS.area,
        value: 4 * Math.PI * p.radius ** 2,
        unit: 'mm²',
      },
      { id: 'mean', region: 'Sphere', label: TRUTH_LABELS.mean, value: p.inside, unit: 'HU' },
    ],
  };
}

export const sphereRoom: PhantomRoom = {
  id: 'sphere',
  label: { en: 'Sphere', ru: 'Шар', zh: '球体' },
  description: {
    en: 'A sphere of known radius, for volume, surface and segmentation.',
    ru: 'Шар известного радиуса — для проверки объёма, поверхности и сегментации.',
    zh: '已知半径的球体，用于检验体积、表面积和分割。',
  },
  parameters: PARAMETERS,
  generate: (values = {}) => sphere(values),
};
