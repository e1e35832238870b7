import { Random } from '../../../core/random.ts';
import { gaussianField } from '../gaussian-field.ts';
import { centredGrid, EDGE, SPACING, TRUTH_LABELS } from '../grid.ts';
import { parameterValues, SEED, type Phantom, type PhantomParameter, type PhantomRoom } from '../room.ts';

const PARAMETERS = [
  SEED,
  EDGE,
  SPACING,
  { id: 'mean', label: TRUTH_LABELS.mean, unit: 'HU', default: 40, range: [-1024, 3071] },
  { id: 'deviation', label: TRUTH_LABELS.deviation, unit: 'HU', default: 30, range: [0, 1000] },
  {
    id: 'width',
    label: { en: 'Width of the Gaussian filter', ru: 'Ширина гауссова фильтра', zh: '高斯滤波宽度' },
    unit: 'mm',
    default: 2,
    range: [0.5, 20],
  },
] as const satisfies readonly PhantomParameter[];

type CorrelatedFieldParameters = Record<(typeof PARAMETERS)[number]['id'], number>;

/** A cube of correlated Gaussian texture: correlation exp(−d²/(4·width²)) at a distance d. */
export function correlatedField(given: Partial<CorrelatedFieldParameters> = {}): Phantom {
  const p = parameterValues(PARAMETERS, given);
  const grid = centredGrid([p.edge, p.edge, p.edge], [p.spacing, p.spacing, p.spacing]);
  const data = gaussianField(new Random(p.seed), grid.size, [p.spacing, p.spacing, p.spacing], p.width);
  for (let i = 0; i < data.length; i++) data[i] = p.mean + p.deviation * data[i]!;
  return {
    phases: [{ grid, data, unit: 'HU', modality: 'CT' }],
    masks: [{ grid, data: new Uint8Array(data.length).fill(1), name: 'Cube', colour: [255, 92, 92] }],
    truth: [
      { id: 'mean', region: 'Cube', label: TRUTH_LABELS.mean, value: p.mean, unit: 'HU' },
      { id: 'deviation', region: 'Cube', label: TRUTH_LABELS.deviation, value: p.deviation, unit: 'HU' },
      {
        id: 'correlation_length',
        region: 'Cube',
        label: TRUTH_LABELS.correlationLength,
        value: 2 * p.width,
        unit: 'mm',
      },
    ],
  };
}

export const correlatedFieldRoom: PhantomRoom = {
  id: 'correlated-field',
  label: { en: 'Correlated Gaussian texture', ru: 'Коррелированная гауссова текстура', zh: '相关高斯纹理' },
  description: {
    en: 'A random field of known mean, spread and correlation length, for texture features.',
    ru: 'Случайное поле с известными средним, разбросом и длиной корреляции — для признаков текстуры.',
    zh: '平均值、离散度和相关长度已知的随机场，用于检验纹理特征。',
  },
  parameters: PARAMETERS,
  generate: (values = {}) => correlatedField(values),
};
