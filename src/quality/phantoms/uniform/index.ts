import { Random } from '../../../core/random.ts';
import { fillNormal } from '../gaussian-field.ts';
import { centredGrid, EDGE, SPACING, TRUTH_LABELS } from '../grid.ts';
import { parameterValues, SEED, type Phantom, type PhantomParameter, type PhantomRoom } from '../room.ts';

const PARAMETERS = [
  SEED,
  EDGE,
  SPACING,
  {
    id: 'value',
    label: { en: 'Value', ru: 'Значение', zh: '数值' },
    unit: 'HU',
    default: 40,
    range: [-1024, 3071],
  },
  {
    id: 'noise',
    label: { en: 'Noise (standard deviation)', ru: 'Шум (стандартное отклонение)', zh: '噪声（标准差）' },
    unit: 'HU',
    default: 0,
    range: [0, 1000],
  },
] as const satisfies readonly PhantomParameter[];

type UniformParameters = Record<(typeof PARAMETERS)[number]['id'], number>;

/** A cube of one value with independent Gaussian noise: bias and spread of every measure are known. */
export function uniform(given: Partial<UniformParameters> = {}): Phantom {
  const p = parameterValues(PARAMETERS, given);
  const grid = centredGrid([p.edge, p.edge, p.edge], [p.spacing, p.spacing, p.spacing]);
  const data = new Float32Array(p.edge ** 3);
  if (p.noise > 0) fillNormal(new Random(p.seed), data);
  for (let i = 0; i < data.length; i++) data[i] = p.value + p.noise * data[i]!;
  return {
    phases: [{ grid, data, unit: 'HU', modality: 'CT' }],
    masks: [{ grid, data: new Uint8Array(data.length).fill(1), name: 'Cube', colour: [255, 92, 92] }],
    truth: [
      { id: 'mean', region: 'Cube', label: TRUTH_LABELS.mean, value: p.value, unit: 'HU' },
      { id: 'deviation', region: 'Cube', label: TRUTH_LABELS.deviation, value: p.noise, unit: 'HU' },
      {
        id: 'volume',
        region: 'Cube',
        label: TRUTH_LABELS.volume,
        value: (p.edge * p.spacing) ** 3,
        unit: 'mm³',
      },
    ],
  };
}

export const uniformRoom: PhantomRoom = {
  id: 'uniform',
  label: { en: 'Uniform cube', ru: 'Однородный куб', zh: '均匀立方体' },
  description: {
    en: 'One value everywhere, with noise of known spread if wanted.',
    ru: 'Одно значение во всём объёме, при желании — с шумом известного разброса.',
    zh: '处处为同一数值，可加入已知离散度的噪声。',
  },
  parameters: PARAMETERS,
  generate: (values = {}) => uniform(values),
};
