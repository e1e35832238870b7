import { centredGrid, EDGE, SPACING, TRUTH_LABELS } from '../grid.ts';
import { parameterValues, type Phantom, type PhantomParameter, type PhantomRoom } from '../room.ts';

const PARAMETERS = [
  EDGE,
  SPACING,
  {
    id: 'cell',
    label: { en: 'Cell', ru: 'Клетка', zh: '格边长' },
    unit: 'voxels',
    default: 8,
    range: [1, 200],
  },
  {
    id: 'low',
    label: { en: 'Low value', ru: 'Меньшее значение', zh: '低值' },
    unit: '',
    default: 0,
    range: [-1024, 3071],
  },
  {
    id: 'high',
    label: { en: 'High value', ru: 'Большее значение', zh: '高值' },
    unit: '',
    default: 100,
    range: [-1024, 3071],
  },
] as const satisfies readonly PhantomParameter[];

type CheckerboardParameters = Record<(typeof PARAMETERS)[number]['id'], number>;

/**
 * Cubes of two values by turns along all three axes, the low one first. With a cell of one voxel every pair of
 * face neighbours differs; with an even number of whole cells on an axis the two values are equally frequent.
 */
export function checkerboard(given: Partial<CheckerboardParameters> = {}): Phantom {
  const p = parameterValues(PARAMETERS, given);
  const n = p.edge;
  const grid = centredGrid([n, n, n], [p.spacing, p.spacing, p.spacing]);
  const cell = Math.floor(p.cell);
  const parity = Uint8Array.from({ length: n }, (_, i) => Math.floor(i / cell) & 1);
  const data = new Float32Array(n ** 3);
  for (let k = 0, at = 0; k < n; k++) {
    for (let j = 0; j < n; j++) {
      const plane = parity[j]! ^ parity[k]!;
      for (let i = 0; i < n; i++, at++) data[at] = plane ^ parity[i]! ? p.high : p.low;
    }
  }
  // Of n³ voxels, odd − even = (surplus of one axis)³, as parities multiply.
  const surplus = parity.reduce((sum, odd) => sum + (odd ? -1 : 1), 0);
  const share = (1 - (surplus / n) ** 3) / 2;
  const mean = p.low + (p.high - p.low) * share;
  return {
    phases: [{ grid, data, unit: 'arbitrary', modality: '' }],
    masks: [{ grid, data: new Uint8Array(data.length).fill(1), name: 'Cube', colour: [255, 92, 92] }],
    truth: [
      { id: 'mean', region: 'Cube', label: TRUTH_LABELS.mean, value: mean, unit: '' },
      {
        id: 'deviation',
        region: 'Cube',
        label: TRUTH_LABELS.deviation,
        value: Math.abs(p.high - p.low) * Math.sqrt(share * (1 - share)),
        unit: '',
      },
    ],
  };
}

export const checkerboardRoom: PhantomRoom = {
  id: 'checkerboard',
  label: { en: 'Checkerboard', ru: 'Шахматная доска', zh: '棋盘格' },
  description: {
    en: 'Cubes of two values by turns: edges at known places, for filters and texture.',
    ru: 'Чередующиеся кубики двух значений: границы в известных местах — для фильтров и текстуры.',
    zh: '两种数值交替的小立方体，边缘位置已知，用于检验滤波和纹理。',
  },
  parameters: PARAMETERS,
  generate: (values = {}) => checkerboard(values),
};
