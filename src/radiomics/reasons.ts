import type { Localised } from '../core/localised.ts';
import type { AbsenceReason } from './family.ts';

/** Why a feature has no value, in words. */
export const ABSENCE_TEXTS: Readonly<Record<AbsenceReason, Localised>> = {
  region_empty: {
    en: 'The region holds no voxels.',
    ru: 'В области нет вокселей.',
    zh: '区域中没有体素。',
  },
  single_voxel: {
    en: 'The region holds a single voxel.',
    ru: 'В области один воксель.',
    zh: '区域只有一个体素。',
  },
  flat_region: {
    en: 'All intensities of the region are equal.',
    ru: 'Все интенсивности области одинаковы.',
    zh: '区域内强度全部相同。',
  },
  no_pairs: {
    en: 'No two voxels of the region are neighbours at this distance.',
    ru: 'На этом расстоянии в области нет соседних вокселей.',
    zh: '在该距离上，区域内没有相邻体素。',
  },
  zero_mean: {
    en: 'The mean intensity is zero, and the feature divides by it.',
    ru: 'Средняя интенсивность равна нулю, а признак делится на неё.',
    zh: '平均强度为零，而该特征要除以它。',
  },
  zero_denominator: {
    en: 'The formula divides by zero for this region.',
    ru: 'Формула для этой области делит на ноль.',
    zh: '对该区域，公式的分母为零。',
  },
  mesh_impossible: {
    en: 'No closed surface could be laid around the region.',
    ru: 'Вокруг области не удалось построить замкнутую поверхность.',
    zh: '无法为该区域构建封闭表面。',
  },
  not_enough_voxels: {
    en: 'The region has too few voxels for this feature.',
    ru: 'Для этого признака в области слишком мало вокселей.',
    zh: '区域的体素太少，无法计算该特征。',
  },
  geometry_unknown: {
    en: 'The image does not say how large its voxels are.',
    ru: 'Размер вокселей в изображении не указан.',
    zh: '图像未给出体素尺寸。',
  },
  too_many_levels: {
    en: 'There are too many grey levels for the memory.',
    ru: 'Уровней серого слишком много для памяти.',
    zh: '灰度级过多，内存不足。',
  },
  needs_discretisation: {
    en: 'The feature needs grey levels, and these settings give none.',
    ru: 'Признаку нужны уровни серого, а эти настройки их не дают.',
    zh: '该特征需要灰度级，而当前设置没有给出。',
  },
  outside_approach: {
    en: 'The chosen approach (2D or 3D) leaves this feature out.',
    ru: 'Выбранный подход (2D или 3D) не включает этот признак.',
    zh: '所选方式(2D 或 3D)不包含该特征。',
  },
  limit_undefined: {
    en: 'The value in question does not exist in this region.',
    ru: 'Искомого значения в этой области не существует.',
    zh: '该区域中不存在所求的值。',
  },
  computation_failed: {
    en: 'The computation stopped with an error; see the findings.',
    ru: 'Вычисление прервано ошибкой, см. замечания.',
    zh: '计算因错误而中断，详见提示。',
  },
};
