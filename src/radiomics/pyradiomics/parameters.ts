import type { Localised } from '../../core/localised.ts';
import { RefusedInput } from '../../core/refusal.ts';
import { DEFAULT_SETTINGS, type ExtractionSettings, type TextureSettings } from '../settings.ts';
import { CLASSES, namesOf } from './classes.ts';
import { DEFAULT_PYRADIOMICS, type PyradiomicsSettings } from './settings.ts';

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
 * Reads a parameter file of pyradiomics: settings of the profile `pyradiomics`, or, when the file says
 * `profile: ibsi`, the nearest settings of the IBSI path. The notes name every key that has no equivalent, and for the
 * IBSI path where the same word means something else. Facts on the keys: pyradiomics documentation, "Customizing the
 * extraction".
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
  const profile = profileOf(content['profile']);
  const bins = number('binCount');
  const width = number('binWidth') ?? 25;
  const force2D = s['force2D'] === true;
  const distances = distancesOf(s['distances']);
  if (typeof s['label'] === 'number' && s['label'] !== 1) note('setting.label', TEXTS.label);
  if (profile === 'ibsi') ibsiNotes(s, note);
  const settings: ExtractionSettings = {
    ...DEFAULT_SETTINGS,
    profile,
    approach: force2D ? '2D' : '3D',
    interpolation: interpolationOf(s, note, profile),
    resegmentation: profile === 'ibsi' ? resegmentationOf(s) : { range: rangeOf(s), outlier_sigma: null },
    discretisation: {
      method: bins === undefined ? 'FBS' : 'FBN',
      bins: bins ?? DEFAULT_SETTINGS.discretisation.bins,
      width,
    },
    texture: {
      ...DEFAULT_SETTINGS.texture,
      distance: distances?.[0] ?? 1,
      ngldm_alpha: number('gldm_a') ?? 0,
      distance_weighting: weightingOf(s['weightingNorm'], note),
      glcm_symmetric: s['symmetricalGLCM'] !== false,
    },
    families: familiesOf(content['featureClass'], note, profile),
    pyradiomics:
      profile === 'ibsi'
        ? DEFAULT_PYRADIOMICS
        : {
            features: featuresOf(content['featureClass'], note),
            normalize: s['normalize'] === true,
            normalize_scale: number('normalizeScale') ?? 1,
            remove_outliers: number('removeOutliers') ?? null,
            resegment_mode: modeOf(s['resegmentMode']),
            resegment_shape: s['resegmentShape'] === true,
            voxel_array_shift: number('voxelArrayShift') ?? 0,
            force2d_dimension: dimensionOf(s['force2Ddimension']),
            distances,
            merge_angles: s['weightingNorm'] === 'no_weighting',
          },
  };
  const known = new Set([
    ...['binCount', 'binWidth', 'force2D', 'force2Ddimension', 'distances', 'normalize', 'normalizeScale'],
    ...['removeOutliers', 'interpolator', 'resampledPixelSpacing', 'resegmentRange', 'resegmentMode'],
    ...['resegmentShape', 'gldm_a', 'weightingNorm', 'symmetricalGLCM', 'voxelArrayShift'],
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
type Profile = ExtractionSettings['profile'];

function profileOf(name: unknown): Profile {
  if (name === undefined || name === null || name === 'pyradiomics') return 'pyradiomics';
  if (name === 'ibsi') return 'ibsi';
  throw wrong('profile', 'pyradiomics, ibsi', name);
}

/** Where the IBSI path does something else under the same word. */
function ibsiNotes(s: Plain, note: Note): void {
  if (s['force2D'] === true && (s['force2Ddimension'] ?? 0) !== 0)
    note('setting.force2Ddimension', TEXTS.slices);
  if (s['binCount'] === undefined || s['binCount'] === null) note('setting.binWidth', TEXTS.binOrigin);
  note('kurtosis', TEXTS.kurtosis);
  if (Array.isArray(s['distances']) && s['distances'].length > 1)
    note('setting.distances', TEXTS.oneDistance);
  for (const key of ['normalize', 'removeOutliers', 'normalizeScale']) {
    if (s[key] !== undefined && s[key] !== false && s[key] !== null)
      note(`setting.${key}`, TEXTS.noEquivalent);
  }
}

function distancesOf(given: unknown): readonly number[] | null {
  if (given === undefined || given === null) return null;
  if (Array.isArray(given) && given.length > 0 && given.every((d) => typeof d === 'number')) return given;
  throw wrong('setting.distances', 'a list of whole numbers', given);
}

function modeOf(mode: unknown): PyradiomicsSettings['resegment_mode'] {
  if (mode === undefined || mode === null) return 'absolute';
  if (mode === 'absolute' || mode === 'relative' || mode === 'sigma') return mode;
  throw wrong('setting.resegmentMode', 'absolute, relative, sigma', mode);
}

function dimensionOf(axis: unknown): 0 | 1 | 2 {
  if (axis === undefined || axis === null) return 0;
  if (axis === 0 || axis === 1 || axis === 2) return axis;
  throw wrong('setting.force2Ddimension', '0, 1, 2', axis);
}

/** Classes of the file with the features named there; what the original does not have either is noted. */
function featuresOf(classes: unknown, note: Note): PyradiomicsSettings['features'] {
  if (!isObject(classes)) return null;
  const chosen: [string, readonly string[] | null][] = [];
  for (const [id, features] of Object.entries(classes)) {
    const of = CLASSES.find((c) => c.id === id);
    if (!of) continue;
    const listed = Array.isArray(features) && features.length > 0 ? features.map(String) : null;
    for (const name of listed ?? []) {
      if (!namesOf(of).includes(name)) note(`featureClass.${id}.${name}`, TEXTS.noEquivalent);
    }
    chosen.push([id, listed && namesOf(of).filter((name) => listed.includes(name))]);
  }
  return Object.fromEntries(chosen);
}

function interpolationOf(s: Plain, note: Note, profile: Profile): ExtractionSettings['interpolation'] {
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
  if (profile === 'ibsi') note('setting.resampledPixelSpacing', TEXTS.grid);
  const [x, y, z] = (spacing as number[]).map((mm) => (mm === 0 ? null : mm)) as [
    number | null,
    number | null,
    number | null,
  ];
  return { spacing: [x, y, z], image: method ?? 'cubic', mask: 'nearest', mask_threshold: 0.5, round: false };
}

/** One bound or two, in rising order; one bound leaves the upper side open. */
function rangeOf(s: Plain): readonly [number, number | null] | null {
  const range = s['resegmentRange'];
  if (range === undefined || range === null) return null;
  if (
    !Array.isArray(range) ||
    range.length < 1 ||
    range.length > 2 ||
    !range.every((x): x is number => typeof x === 'number')
  ) {
    throw wrong('setting.resegmentRange', 'one or two numbers', range);
  }
  const [low, high] = range.toSorted((a, b) => a - b);
  return [low!, high ?? null];
}

function resegmentationOf(s: Plain): ExtractionSettings['resegmentation'] {
  const range = rangeOf(s);
  if (range === null) return { range: null, outlier_sigma: null };
  const [low, high] = range;
  const mode = s['resegmentMode'] ?? 'absolute';
  if (mode === 'absolute') return { range, outlier_sigma: null };
  if (mode === 'sigma' && high !== null && low === -high) return { range: null, outlier_sigma: high };
  throw wrong('setting.resegmentMode', 'absolute, or sigma with a range such as [-3, 3]', { mode, range });
}

function weightingOf(norm: unknown, note: Note): TextureSettings['distance_weighting'] {
  if (norm === undefined || norm === null || norm === 'no_weighting') return 'none';
  if (norm === 'manhattan' || norm === 'euclidean') return norm;
  if (norm === 'infinity') return 'chebyshev';
  note('setting.weightingNorm', TEXTS.noEquivalent);
  return 'none';
}

function familiesOf(classes: unknown, note: Note, profile: Profile): readonly string[] | null {
  if (!isObject(classes)) return null;
  const families = new Set<string>();
  for (const [name, features] of Object.entries(classes)) {
    const known = CLASSES.find((c) => c.id === name);
    if (!known || (profile === 'ibsi' && name === 'shape2D')) {
      note(`featureClass.${name}`, TEXTS.noEquivalent);
      continue;
    }
    for (const f of known.families) families.add(f);
    if (profile === 'ibsi' && Array.isArray(features) && features.length > 0)
      note(`featureClass.${name}`, TEXTS.wholeFamily);
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
  label: {
    en: 'Which region is measured is chosen with the image and mask, not in the settings; label was left out.',
    ru: 'Измеряемая область выбирается вместе со снимком и маской, а не в параметрах; label пропущен.',
    zh: '所测区域与图像和掩膜一同选定，不在参数中设置；label 已略去。',
  },
  noEquivalent: {
    en: 'This pyradiomics setting has no equivalent here and was left out.',
    ru: 'У этого параметра pyradiomics здесь нет соответствия, он пропущен.',
    zh: '该 pyradiomics 参数在此没有对应项，已略去。',
  },
  filter: {
    en: 'Filtered image types are not computed; only the original image is measured.',
    ru: 'Изображения после фильтров не вычисляются; измеряется только исходное изображение.',
    zh: '不计算滤波后的图像类型，仅测量原始图像。',
  },
  binOrigin: {
    en: 'Bins start at the lower re-segmentation bound or the minimum (IBSI); pyradiomics starts at a multiple of the bin width.',
    ru: 'Интервалы начинаются от нижней границы повторной сегментации или минимума (IBSI); в pyradiomics — от кратного ширины.',
    zh: '区间从再分割下限或最小值开始(IBSI);pyradiomics 则从区间宽度的整数倍开始。',
  },
  kurtosis: {
    en: 'Kurtosis is excess kurtosis (IBSI): 3 less than in pyradiomics.',
    ru: 'Эксцесс дан по IBSI: на 3 меньше, чем в pyradiomics.',
    zh: '峰度为超额峰度(IBSI)，比 pyradiomics 小 3。',
  },
  grid: {
    en: 'The new grid shares its centre with the old one (IBSI); pyradiomics aligns corners, so voxels differ.',
    ru: 'Новая сетка центрирована по старой (IBSI); pyradiomics выравнивает по углу, поэтому воксели различаются.',
    zh: '新网格与旧网格中心对齐(IBSI);pyradiomics 按角对齐，因此体素不同。',
  },
  oneDistance: {
    en: 'Only the first distance is used.',
    ru: 'Используется только первое расстояние.',
    zh: '只使用第一个距离。',
  },
  slices: {
    en: 'The 2D approach works in the slices of the third axis, whatever force2Ddimension says.',
    ru: 'Подход 2D работает в срезах третьей оси независимо от force2Ddimension.',
    zh: '2D 方式始终在第三轴的层面内计算，与 force2Ddimension 无关。',
  },
  wholeFamily: {
    en: 'The whole family is computed, not only the listed features.',
    ru: 'Вычисляется всё семейство, а не только перечисленные признаки.',
    zh: '计算整个特征族，而不仅是所列特征。',
  },
} satisfies Record<string, Localised>;
