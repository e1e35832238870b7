import type { Localised } from '../core/localised.ts';
import { RefusedInput } from '../core/refusal.ts';
import { DEFAULT_SETTINGS, type ExtractionSettings, type TextureSettings } from './settings.ts';

/** Feature classes of pyradiomics and the families that hold the same features; null: no equivalent. */
const CLASSES: Readonly<Record<string, readonly string[] | null>> = {
  shape: ['morphology'],
  shape2D: null,
  firstorder: ['intensity_statistics', 'intensity_histogram'],
  glcm: ['glcm'],
  glrlm: ['glrlm'],
  glszm: ['glszm'],
  gldm: ['ngldm'],
  ngtdm: ['ngtdm'],
};

/** Settings without influence on the features taken over here, or that only steer the program. */
const WITHOUT_EFFECT = new Set([
  'additionalInfo',
  'enableCExtensions',
  'geometryTolerance',
  'correctMask',
  'label',
  'label_channel',
  'minimumROIDimensions',
  'minimumROISize',
  'padDistance',
  'preCrop',
  'voxelArrayShift',
]);

export interface Translation {
  readonly settings: ExtractionSettings;
  readonly notes: readonly { readonly key: string; readonly text: Localised }[];
}

type Plain = Readonly<Record<string, unknown>>;

const isObject = (x: unknown): x is Plain => typeof x === 'object' && x !== null && !Array.isArray(x);

/** A parameter file of pyradiomics has other top keys than ours: setting, imageType, featureClass, voxelSetting. */
export function isPyradiomics(content: unknown): content is Plain {
  return (
    isObject(content) && ['setting', 'imageType', 'featureClass'].some((key) => Object.hasOwn(content, key))
  );
}

/**
 * Translates a parameter file of pyradiomics to settings of the IBSI path. The notes name every key that has no
 * equivalent, and where the same word means something else. Facts on the keys: pyradiomics documentation,
 * "Customizing the extraction".
 * @throws RefusedInput `settings_invalid` for values of the wrong kind
 */
export function fromPyradiomics(content: Plain): Translation {
  const notes: { key: string; text: Localised }[] = [];
  const note = (key: string, text: Localised): void => void notes.push({ key, text });
  const s = isObject(content['setting']) ? content['setting'] : {};
  const number = (key: string): number | undefined => {
    const x = s[key];
    if (x === undefined || x === null) return undefined;
    if (typeof x !== 'number') throw wrong(`setting.${key}`, 'a number', x);
    return x;
  };
  const bins = number('binCount');
  const width = number('binWidth') ?? 25;
  const force2D = s['force2D'] === true;
  if (force2D && (s['force2Ddimension'] ?? 0) !== 0) note('setting.force2Ddimension', TEXTS.slices);
  if (bins === undefined) note('setting.binWidth', TEXTS.binOrigin);
  note('kurtosis', TEXTS.kurtosis);
  const distances = s['distances'];
  if (Array.isArray(distances) && distances.length > 1) note('setting.distances', TEXTS.oneDistance);
  for (const key of ['normalize', 'removeOutliers', 'normalizeScale']) {
    if (s[key] !== undefined && s[key] !== false && s[key] !== null)
      note(`setting.${key}`, TEXTS.noEquivalent);
  }
  const settings: ExtractionSettings = {
    ...DEFAULT_SETTINGS,
    approach: force2D ? '2D' : '3D',
    interpolation: interpolationOf(s, note),
    resegmentation: resegmentationOf(s),
    discretisation: {
      method: bins === undefined ? 'FBS' : 'FBN',
      bins: bins ?? DEFAULT_SETTINGS.discretisation.bins,
      width,
    },
    texture: {
      ...DEFAULT_SETTINGS.texture,
      distance: Array.isArray(distances) && typeof distances[0] === 'number' ? distances[0] : 1,
      ngldm_alpha: number('gldm_a') ?? 0,
      distance_weighting: weightingOf(s['weightingNorm'], note),
      glcm_symmetric: s['symmetricalGLCM'] !== false,
    },
    families: familiesOf(content['featureClass'], note),
  };
  const known = new Set([
    ...['binCount', 'binWidth', 'force2D', 'force2Ddimension', 'distances', 'normalize', 'normalizeScale'],
    ...['removeOutliers', 'interpolator', 'resampledPixelSpacing', 'resegmentRange', 'resegmentMode'],
    ...['resegmentShape', 'gldm_a', 'weightingNorm', 'symmetricalGLCM'],
  ]);
  for (const key of Object.keys(s)) {
    if (!known.has(key) && !WITHOUT_EFFECT.has(key)) note(`setting.${key}`, TEXTS.noEquivalent);
  }
  if (isObject(content['imageType'])) {
    for (const type of Object.keys(content['imageType'])) {
      if (type !== 'Original') note(`imageType.${type}`, TEXTS.filter);
    }
  }
  return { settings, notes };
}

type Note = (key: string, text: Localised) => void;

function interpolationOf(s: Plain, note: Note): ExtractionSettings['interpolation'] {
  const spacing = s['resampledPixelSpacing'];
  if (spacing === undefined || spacing === null) return null;
  if (!Array.isArray(spacing) || spacing.length !== 3 || !spacing.every((x) => typeof x === 'number')) {
    throw wrong('setting.resampledPixelSpacing', 'three numbers', spacing);
  }
  const name = String(s['interpolator'] ?? 'sitkBSpline');
  const methods: Readonly<Record<string, 'nearest' | 'linear' | 'cubic'>> = {
    sitkNearestNeighbor: 'nearest',
    '1': 'nearest',
    sitkLinear: 'linear',
    '2': 'linear',
    sitkBSpline: 'cubic',
    '3': 'cubic',
  };
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (method === undefined) note('setting.interpolator', TEXTS.noEquivalent);
  note('setting.resampledPixelSpacing', TEXTS.grid);
  const [x, y, z] = (spacing as number[]).map((mm) => (mm === 0 ? null : mm)) as [
    number | null,
    number | null,
    number | null,
  ];
  return { spacing: [x, y, z], image: method ?? 'cubic', mask: 'nearest', mask_threshold: 0.5, round: false };
}

function resegmentationOf(s: Plain): ExtractionSettings['resegmentation'] {
  const range = s['resegmentRange'];
  if (range === undefined || range === null) return { range: null, outlier_sigma: null };
  if (
    !Array.isArray(range) ||
    range.length < 1 ||
    range.length > 2 ||
    !range.every((x) => typeof x === 'number')
  ) {
    throw wrong('setting.resegmentRange', 'one or two numbers', range);
  }
  const [low, high] = range as [number, number | undefined];
  const mode = s['resegmentMode'] ?? 'absolute';
  if (mode === 'absolute') return { range: [low, high ?? null], outlier_sigma: null };
  if (mode === 'sigma' && high !== undefined && low === -high) return { range: null, outlier_sigma: high };
  throw wrong('setting.resegmentMode', 'absolute, or sigma with a range such as [-3, 3]', { mode, range });
}

function weightingOf(norm: unknown, note: Note): TextureSettings['distance_weighting'] {
  if (norm === undefined || norm === null || norm === 'no_weighting') return 'none';
  if (norm === 'manhattan' || norm === 'euclidean') return norm;
  if (norm === 'infinity') return 'chebyshev';
  note('setting.weightingNorm', TEXTS.noEquivalent);
  return 'none';
}

function familiesOf(classes: unknown, note: Note): readonly string[] | null {
  if (!isObject(classes)) return null;
  const families = new Set<string>();
  for (const [name, features] of Object.entries(classes)) {
    const known = Object.hasOwn(CLASSES, name) ? CLASSES[name] : undefined;
    if (!known) note(`featureClass.${name}`, TEXTS.noEquivalent);
    else for (const f of known) families.add(f);
    if (Array.isArray(features) && features.length > 0) note(`featureClass.${name}`, TEXTS.wholeFamily);
  }
  return [...families];
}

function wrong(key: string, expected: string, received: unknown): RefusedInput {
  return new RefusedInput('settings_invalid', {
    key,
    expected,
    received: JSON.stringify(received) ?? 'nothing',
  });
}

const TEXTS = {
  noEquivalent: {
    en: 'This pyradiomics setting has no equivalent here and was left out.',
    ru: 'У этого параметра pyradiomics здесь нет соответствия, он пропущен.',
    zh: '该 pyradiomics 参数在此没有对应项,已略去。',
  },
  filter: {
    en: 'Filtered image types are not computed; only the original image is measured.',
    ru: 'Изображения после фильтров не вычисляются; измеряется только исходное изображение.',
    zh: '不计算滤波后的图像类型,仅测量原始图像。',
  },
  binOrigin: {
    en: 'Bins start at the lower re-segmentation bound or the minimum (IBSI); pyradiomics starts at a multiple of the bin width.',
    ru: 'Интервалы начинаются от нижней границы повторной сегментации или минимума (IBSI); в pyradiomics — от кратного ширины.',
    zh: '区间从再分割下限或最小值开始(IBSI);pyradiomics 则从区间宽度的整数倍开始。',
  },
  kurtosis: {
    en: 'Kurtosis is excess kurtosis (IBSI): 3 less than in pyradiomics.',
    ru: 'Эксцесс дан по IBSI: на 3 меньше, чем в pyradiomics.',
    zh: '峰度为超额峰度(IBSI),比 pyradiomics 小 3。',
  },
  grid: {
    en: 'The new grid shares its centre with the old one (IBSI); pyradiomics aligns corners, so voxels differ.',
    ru: 'Новая сетка центрирована по старой (IBSI); pyradiomics выравнивает по углу, поэтому воксели различаются.',
    zh: '新网格与旧网格中心对齐(IBSI);pyradiomics 按角对齐,因此体素不同。',
  },
  oneDistance: {
    en: 'Only the first distance is used.',
    ru: 'Используется только первое расстояние.',
    zh: '只使用第一个距离。',
  },
  slices: {
    en: 'The 2D approach works in the slices of the third axis, whatever force2Ddimension says.',
    ru: 'Подход 2D работает в срезах третьей оси независимо от force2Ddimension.',
    zh: '2D 方式始终在第三轴的层面内计算,与 force2Ddimension 无关。',
  },
  wholeFamily: {
    en: 'The whole family is computed, not only the listed features.',
    ru: 'Вычисляется всё семейство, а не только перечисленные признаки.',
    zh: '计算整个特征族,而不仅是所列特征。',
  },
} satisfies Record<string, Localised>;
