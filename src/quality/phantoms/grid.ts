import type { Grid, Size3, Vec3 } from '../../core/geometry.ts';
import { voxelCount } from '../../core/geometry.ts';
import { RefusedInput } from '../../core/refusal.ts';

/** Phantoms beyond this many voxels are refused before anything is allocated. */
const BUDGET = 128 * 1024 * 1024;

/**
 * A grid along the patient's axes whose centre voxels lie around the origin.
 * @throws RefusedInput `too_large` beyond the budget, `settings_invalid` for sizes below one.
 */
export function centredGrid(size: Size3, spacing: Vec3): Grid {
  if (size.some((n) => !Number.isInteger(n) || n < 1)) {
    throw new RefusedInput('settings_invalid', { name: 'size', expected: '≥ 1', received: size.join(' × ') });
  }
  if (voxelCount(size) > BUDGET) {
    throw new RefusedInput('too_large', { expected: BUDGET, received: voxelCount(size) });
  }
  const corner = (axis: 0 | 1 | 2) => -((size[axis] - 1) / 2) * spacing[axis];
  return {
    size,
    affine: {
      origin: [corner(0), corner(1), corner(2)],
      matrix: [
        [spacing[0], 0, 0],
        [0, spacing[1], 0],
        [0, 0, spacing[2]],
      ],
    },
  };
}

/** Edge in voxels of the cubes that the test phantoms are made in. */
export const EDGE = {
  id: 'edge',
  label: { en: 'Edge', ru: 'Ребро', zh: '边长' },
  unit: 'voxels',
  default: 48,
  range: [1, 400],
} as const;

/** Distance between voxels, the same along every axis. */
export const SPACING = {
  id: 'spacing',
  label: { en: 'Voxel spacing', ru: 'Шаг вокселя', zh: '体素间距' },
  unit: 'mm',
  default: 1,
  range: [0.05, 20],
} as const;

/** Words that the truth tables of several phantoms share. */
export const TRUTH_LABELS = {
  mean: { en: 'Mean', ru: 'Среднее', zh: '平均值' },
  deviation: { en: 'Standard deviation', ru: 'Стандартное отклонение', zh: '标准差' },
  volume: { en: 'Volume', ru: 'Объём', zh: '体积' },
  area: { en: 'Surface area', ru: 'Площадь поверхности', zh: '表面积' },
  correlationLength: { en: 'Correlation length', ru: 'Длина корреляции', zh: '相关长度' },
} as const;
