import { centredGrid, EDGE, SPACING, TRUTH_LABELS } from '../grid.ts';
import { parameterValues, type Phantom, type PhantomParameter, type PhantomRoom } from '../room.ts';

const PARAMETERS = [
  { ...EDGE, range: [2, 400] },
  SPACING,
  { id: 'mean', label: TRUTH_LABELS.mean, unit: 'HU', default: 0, range: [-1024, 3071] },
  {
    id: 'slope',
    label: { en: 'Slope', ru: 'Крутизна', zh: '斜率' },
    unit: 'HU/mm',
    default: 4,
    range: [-1000, 1000],
  },
] as const satisfies readonly PhantomParameter[];

type GradientParameters = Record<(typeof PARAMETERS)[number]['id'], number>;

/**
 * A cube whose values rise evenly along the first axis, v = mean + slope·x. Of n voxels a row the standard deviation is
 * |slope|·spacing·√((n² − 1)/12): of 0, 1, 2, 3 it is √1.25.
 */
export function gradient(given: Partial<GradientParameters> = {}): Phantom {
  const p = parameterValues(PARAMETERS, given);
  const n = Math.round(p.edge);
  const grid = centredGrid([n, n, n], [p.spacing, p.spacing, p.spacing]);
  const data = Float32Array.from(
    { length: n ** 3 },
    (_, at) => p.mean + p.slope * ((at % n) - (n - 1) / 2) * p.spacing,
  );
  const truth = (id: string, label: Phantom['truth'][number]['label'], value: number, unit: string) => ({
    id,
    region: 'Cube',
    label,
    value,
    unit,
  });
  return {
    phases: [{ grid, data, unit: 'HU', modality: 'CT' }],
    masks: [{ grid, data: new Uint8Array(n ** 3).fill(1), name: 'Cube', colour: [255, 92, 92] }],
    truth: [
      truth('mean', TRUTH_LABELS.mean, p.mean, 'HU'),
      truth(
        'deviation',
        TRUTH_LABELS.deviation,
        Math.abs(p.slope) * p.spacing * Math.sqrt((n * n - 1) / 12),
        'HU',
      ),
      truth('slope', PARAMETERS[3].label, p.slope, 'HU/mm'),
    ],
  };
}

export const gradientRoom: PhantomRoom = {
  id: 'gradient',
  label: { en: 'Gradient', ru: 'Градиент', zh: '梯度' },
  description: {
    en: 'Values that rise evenly along one axis, for resampling, discretisation and filters.',
    ru: 'Значения, равномерно растущие вдоль одной оси, — для передискретизации, дискретизации и фильтров.',
    zh: '沿一个轴均匀上升的数值，用于检验重采样、离散化和滤波。',
  },
  parameters: PARAMETERS,
  generate: (values = {}) => gradient(values),
};
