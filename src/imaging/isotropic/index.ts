import { RefusedInput } from '../../core/refusal.ts';
import {
  determinant,
  spacingOf,
  voxelCount,
  type Affine,
  type Size3,
  type Vec3,
} from '../../core/geometry.ts';
import type { StepFigure } from '../../core/preprocessing.ts';
import type { PreprocessingStep } from '../preprocess/step.ts';
import { planGrid, type GridPlan } from '../resample/plan.ts';
import { resampleBox } from '../resample/resample.ts';

const MOST_VOXELS = 2 ** 27;

/** The image on cubic voxels around the same centre. */
export const isotropic: PreprocessingStep = {
  id: 'isotropic',
  label: { en: 'Isotropic voxels', ru: 'Изотропные воксели', zh: '各向同性体素' },
  help: {
    en: 'Resamples to cubic voxels, so that texture means the same in every direction; the centres of both grids coincide.',
    ru: 'Передискретизирует на кубические воксели, чтобы текстура значила одно во всех направлениях; центры сеток совпадают.',
    zh: '重采样为立方体素，使纹理在各方向含义一致；两个网格中心重合。',
  },
  source: 'IBSI reference manual, 3WE3 and UMPJ (Zwanenburg et al. 2020)',
  normalises: false,
  references: 0,
  needsRegion: false,
  parameters: [
    {
      kind: 'number',
      id: 'spacing',
      label: { en: 'Voxel edge', ru: 'Ребро вокселя', zh: '体素边长' },
      help: {
        en: 'Empty: the shortest edge of the voxels there are.',
        ru: 'Пусто: самое короткое ребро имеющихся вокселей.',
        zh: '留空：取现有体素的最短边。',
      },
      unit: 'mm',
      range: [0.05, 20],
      default: null,
    },
    {
      kind: 'choice',
      id: 'interpolation',
      label: { en: 'Interpolation', ru: 'Интерполяция', zh: '插值' },
      help: {
        en: 'Linear does not overshoot; the cubic spline keeps more detail.',
        ru: 'Линейная не даёт выбросов; кубический сплайн сохраняет больше деталей.',
        zh: '线性不会过冲；三次样条保留更多细节。',
      },
      options: [
        { id: 'linear', label: { en: 'Linear', ru: 'Линейная', zh: '线性' } },
        { id: 'cubic', label: { en: 'Cubic spline', ru: 'Кубический сплайн', zh: '三次样条' } },
      ],
      default: 'linear',
    },
  ],
  run({ volume, region, values, kernels }) {
    const { size, affine } = volume.grid;
    const old = spacingOf(affine);
    const edge = values.open('spacing') ?? Math.min(...old);
    if (!(edge > 0))
      throw new RefusedInput('inconsistent_attributes', { expected: '> 0 mm', received: edge });
    const plan = planGrid(size, old, [edge, edge, edge]);
    const newSize: Size3 = [plan[0].newSize, plan[1].newSize, plan[2].newSize];
    if (voxelCount(newSize) > MOST_VOXELS) {
      throw new RefusedInput('too_large', { expected: MOST_VOXELS, received: voxelCount(newSize) });
    }
    const box = { lo: [0, 0, 0] as const, hi: newSize };
    const method = values.choice('interpolation') === 'cubic' ? 'cubic' : 'linear';
    const data = resampleBox({ size, data: volume.data, round: false }, plan, box, method, kernels);
    const grid = { size: newSize, affine: movedAffine(affine, plan) };
    let moved: Uint8Array | null = null;
    if (region) {
      const shares = resampleBox({ size, data: region, round: false }, plan, box, 'linear', kernels);
      moved = Uint8Array.from(shares, (s) => Number(s >= 0.5 - 1e-9));
    }
    const litres = (s: Size3, a: Affine) => (voxelCount(s) * Math.abs(determinant(a))) / 1000;
    const figures: StepFigure[] = [
      {
        id: 'anisotropy_before',
        label: { en: 'Longest over shortest edge before', ru: 'Отношение рёбер до', zh: '处理前长短边比' },
        value: Math.max(...old) / Math.min(...old),
        unit: '',
      },
      {
        id: 'edge',
        label: { en: 'Voxel edge', ru: 'Ребро вокселя', zh: '体素边长' },
        value: edge,
        unit: 'mm',
      },
      {
        id: 'voxels_before',
        label: { en: 'Voxels before', ru: 'Вокселей до', zh: '处理前体素数' },
        value: voxelCount(size),
        unit: '',
      },
      {
        id: 'voxels_after',
        label: { en: 'Voxels after', ru: 'Вокселей после', zh: '处理后体素数' },
        value: voxelCount(newSize),
        unit: '',
      },
      {
        id: 'volume_before',
        label: { en: 'Image volume before', ru: 'Объём изображения до', zh: '处理前图像体积' },
        value: litres(size, affine),
        unit: 'mL',
      },
      {
        id: 'volume_after',
        label: { en: 'Image volume after', ru: 'Объём изображения после', zh: '处理后图像体积' },
        value: litres(newSize, grid.affine),
        unit: 'mL',
      },
    ];
    if (region && moved) {
      const millilitres = (m: Uint8Array, a: Affine) =>
        (m.reduce((sum, v) => sum + v, 0) * Math.abs(determinant(a))) / 1000;
      const [before, after] = [millilitres(region, affine), millilitres(moved, grid.affine)];
      const change = before > 0 ? 100 * (after / before - 1) : null;
      figures.push(
        {
          id: 'region_before',
          label: { en: 'Region volume before', ru: 'Объём области до', zh: '处理前区域体积' },
          value: before,
          unit: 'mL',
        },
        {
          id: 'region_after',
          label: { en: 'Region volume after', ru: 'Объём области после', zh: '处理后区域体积' },
          value: after,
          unit: 'mL',
        },
        {
          id: 'region_change',
          label: { en: 'Change of the region', ru: 'Изменение области', zh: '区域变化' },
          value: change,
          unit: '%',
          // The limit for volume bias of SPEC R69.
          ...(change !== null && { verdict: Math.abs(change) > 15 ? ('warn' as const) : ('pass' as const) }),
        },
      );
    }
    return { volume: { ...volume, grid, data }, region: moved, figures };
  },
};

/** The new grid in patient space. */
function movedAffine({ origin, matrix }: Affine, plan: GridPlan): Affine {
  const at = origin.map(
    (o, r) => o + matrix.reduce((sum, column, a) => sum + plan[a]!.start * column[r]!, 0),
  ) as unknown as Vec3;
  const column = (a: 0 | 1 | 2) => matrix[a].map((v) => v * plan[a].step) as unknown as Vec3;
  return { origin: at, matrix: [column(0), column(1), column(2)] };
}
