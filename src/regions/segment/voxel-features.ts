import type { Localised } from '../../core/localised.ts';
import type { CheckedValues, Parameter } from '../../core/parameters.ts';
import { gradientMagnitude } from './gradient.ts';
import { localEntropy } from './local-entropy.ts';
import type { SegmentationInput, Values } from './method.ts';
import { Unsegmentable } from './reasons.ts';
import { smooth } from './smooth.ts';

/** What is known of each voxel: rows of `width` numbers, one row a point. */
export interface PointTable {
  readonly count: number;
  readonly width: number;
  readonly data: Values;
}

/** Features of the active voxels, each brought to mean 0 and deviation 1. */
export interface VoxelFeatures extends PointTable {
  /** Voxel of each row. */
  readonly voxels: Uint32Array;
}

const LABELS: Readonly<Record<string, Localised>> = {
  intensity: { en: 'Intensity', ru: 'Интенсивность', zh: '强度' },
  smoothed: { en: 'Smoothed intensity', ru: 'Сглаженная интенсивность', zh: '平滑强度' },
  even: {
    en: 'Smoothed, edges nearer their place',
    ru: 'Сглаженная, края ближе к месту',
    zh: '平滑，边缘移位较小',
  },
  gradient: { en: 'Gradient', ru: 'Градиент', zh: '梯度' },
  entropy: { en: 'Local entropy', ru: 'Локальная энтропия', zh: '局部熵' },
};

/** The parameters by which a method lets features be chosen; `open`: what smoothing is while it stays open. */
export const featureParameters = (usual: readonly string[], open?: Localised): readonly Parameter[] => [
  {
    kind: 'set',
    id: 'features',
    label: { en: 'Features of a voxel', ru: 'Признаки вокселя', zh: '体素特征' },
    help: {
      en: 'What each voxel is judged by.',
      ru: 'По чему судят о каждом вокселе.',
      zh: '判断每个体素所依据的量。',
    },
    options: Object.entries(LABELS).map(([id, label]) => ({ id, label })),
    default: usual,
  },
  {
    kind: 'number',
    id: 'sigma',
    label: { en: 'Smoothing σ', ru: 'Сглаживание σ', zh: '平滑 σ' },
    help: {
      en: 'Width of the blur before the smoothed intensity and the gradient are taken.',
      ru: 'Ширина размытия перед взятием сглаженной интенсивности и градиента.',
      zh: '计算平滑强度和梯度之前的模糊宽度。',
    },
    unit: 'mm',
    range: [0.1, 20],
    ...(open ? { default: null, open } : { default: 1.5 }),
  },
  {
    kind: 'number',
    id: 'radius',
    label: { en: 'Entropy window radius', ru: 'Радиус окна энтропии', zh: '熵窗口半径' },
    help: {
      en: 'The entropy is taken over voxels as far as this along each axis.',
      ru: 'Энтропия берётся по вокселям не дальше этого по каждой оси.',
      zh: '熵在每个轴向该距离内的体素上计算。',
    },
    unit: 'voxels',
    range: [1, 5],
    default: 2,
    whole: true,
    when: { id: 'features', is: ['entropy'] },
  },
];

/** @throws Unsegmentable `flat_image` when every feature is the same everywhere. */
export function voxelFeatures(
  input: SegmentationInput,
  values: CheckedValues,
  sigma: number = values.number('sigma'),
): VoxelFeatures {
  const { active, size, spacing } = input;
  const ids = values.set('features');
  const blurred = ids.some((id) => id !== 'intensity' && id !== 'entropy')
    ? smooth(input.values, size, spacing, sigma)
    : input.values;
  const maps = ids.map((id): Values => {
    if (id === 'smoothed') return blurred;
    if (id === 'even') return twiced(blurred, smooth(blurred, size, spacing, sigma));
    if (id === 'gradient') return gradientMagnitude(blurred, size, spacing);
    if (id === 'entropy') return localEntropy(input.values, active, size, values.number('radius'));
    return input.values;
  });
  const voxels = activeVoxels(active);
  const scales = maps.map((map) => scaleOf(map, voxels));
  if (scales.every(({ deviation }) => deviation === 0)) throw new Unsegmentable('flat_image');
  const width = maps.length;
  const data = new Float32Array(voxels.length * width);
  for (let f = 0; f < width; f++) {
    const map = maps[f]!;
    const { mean, deviation } = scales[f]!;
    const by = deviation === 0 ? 0 : 1 / deviation;
    for (let r = 0; r < voxels.length; r++) data[r * width + f] = (map[voxels[r]!]! - mean) * by;
  }
  return { count: voxels.length, width, data, voxels };
}

export function activeVoxels(active: Uint8Array): Uint32Array {
  let count = 0;
  for (let i = 0; i < active.length; i++) count += active[i]!;
  const out = new Uint32Array(count);
  for (let i = 0, r = 0; i < active.length; i++) if (active[i] === 1) out[r++] = i;
  return out;
}

/** Mean and population deviation of a map over some voxels; a spread of rounding alone counts as 0. */
export function scaleOf(map: Values, voxels: Uint32Array): { mean: number; deviation: number } {
  let sum = 0;
  for (const v of voxels) sum += map[v]!;
  const mean = sum / voxels.length;
  let squares = 0;
  for (const v of voxels) squares += (map[v]! - mean) ** 2;
  const deviation = Math.sqrt(squares / voxels.length);
  return { mean, deviation: deviation > 1e-6 * Math.abs(mean) ? deviation : 0 };
}

/**
 * Twice the blur less the blur of the blur (twicing: Tukey JW, Exploratory Data Analysis, 1977). A blur of σ moves the
 * half-way line of an edge of radius r inwards by σ²/2r, this by 0.45 of that: on the edge itself it falls short of one half
 * by (2 − √2)·σ/(2r√(2π)), with a slope of 2 − 1/√2 times the blur's.
 */
function twiced(blurred: Values, again: Float32Array): Float32Array {
  for (let i = 0; i < again.length; i++) again[i] = 2 * blurred[i]! - again[i]!;
  return again;
}
