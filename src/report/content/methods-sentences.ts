import type { Language } from '../../core/localised.ts';

/** The sentences of a methods paragraph in one language. Empty texts among their facts leave their part out. */
export interface Sentences {
  readonly list: (names: readonly string[]) => string;
  readonly image: (facts: {
    readonly modality: string;
    readonly machine: string;
    readonly size: string;
    readonly spacing: string;
    readonly phases: number;
  }) => string;
  readonly preprocessed: (steps: string) => string;
  readonly regions: (count: number, names: string) => string;
  readonly features: (facts: {
    readonly version: string;
    readonly definitions: string;
    readonly flat: boolean;
    readonly features: number;
    readonly families: number;
    readonly regions: number;
    readonly names: string;
  }) => string;
  readonly normalised: string;
  readonly resampled: (facts: {
    readonly axes: string;
    readonly image: string;
    readonly mask: string;
    readonly threshold: string;
    readonly round: boolean;
  }) => string;
  readonly notResampled: string;
  readonly range: (range: readonly string[], unit: string) => string;
  readonly sigma: (sigma: string) => string;
  readonly bins: (bins: number) => string;
  readonly width: (width: string, unit: string) => string;
  readonly texture: (distance: number) => string;
  readonly kinetics: (facts: {
    readonly model: string;
    readonly series: string;
    readonly phases: number;
    readonly minutes: string;
    readonly input: string;
    readonly motion: boolean;
  }) => string;
  readonly selfTest: (passed: number, all: number) => string;
  readonly provenance: (version: string, kernels: string, settings: string) => string;
}

const joined = (names: readonly string[], and: string): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} ${and} ${names.at(-1)}`;

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'] as const;
const regionsEn = (n: number): string => `${NUMBERS[n] ?? n} region${n === 1 ? '' : 's'}`;

/** Form of a Russian noun after a number: 1, 2 to 4, the rest. */
function after(n: number, one: string, few: string, many: string): string {
  const [ten, unit] = [n % 100, n % 10];
  if (ten > 10 && ten < 20) return many;
  return unit === 1 ? one : unit > 1 && unit < 5 ? few : many;
}

export const SENTENCES: Readonly<Record<Language, Sentences>> = {
  en: {
    list: (names) => joined(names, 'and'),
    image: ({ modality, machine, size, spacing, phases }) =>
      `We analysed one ${modality}${phases > 1 ? ` series of ${phases} phases` : ' image'}${machine ? ` (${machine})` : ''} of ${size} voxels${spacing ? `, ${spacing} mm each` : ''}.`,
    preprocessed: (steps) => `Before extraction it was preprocessed by ${steps}.`,
    regions: (n, names) => `It holds ${regionsEn(n)} (${names}).`,
    features: ({ version, definitions, flat, features, families, regions, names }) =>
      `From ${regionsEn(regions)} (${names}) we computed ${features} features of ${families} families in ${flat ? 'two' : 'three'} dimensions with Kinetex ${version}, by the definitions of ${definitions === 'IBSI' ? 'the Image Biomarker Standardisation Initiative (IBSI)' : definitions}.`,
    normalised: 'Intensities were normalised to z-scores over the whole image.',
    resampled: ({ axes, image, mask, threshold, round }) =>
      `The image was resampled to ${axes} mm (${image} interpolation${round ? ', intensities rounded to whole numbers' : ''}), the mask with it (${mask}${threshold ? `, threshold ${threshold}` : ''}).`,
    notResampled: 'Voxels were left at the size at which they were acquired.',
    range: ([low, high], unit) => `Only intensities from ${low} to ${high}${unit} were kept.`,
    sigma: (s) =>
      `Intensities farther than ${s} standard deviations from the mean of the region were excluded.`,
    bins: (n) =>
      `For histogram and texture features, intensities were binned into ${n} levels of equal width.`,
    width: (w, unit) =>
      `For histogram and texture features, intensities were binned with a fixed width of ${w}${unit}.`,
    texture: (d) => `Texture matrices compare voxels at a distance of ${d}.`,
    kinetics: ({ model, series, phases, minutes, input, motion }) =>
      `Contrast kinetics${series ? ` of ${series.toLowerCase()}` : ''} (${phases} phases over ${minutes} min) were fitted voxel by voxel with the ${model} model${input ? `, the arterial input ${input}` : ''}${motion ? ', after the frames had been brought rigidly onto the first' : ''}.`,
    selfTest: (p, n) =>
      `On the day of the analysis the program reproduced ${p} of ${n} reference values of the IBSI digital phantom within their tolerance.`,
    provenance: (v, kernels, settings) =>
      `Kinetex ${v}, kernels ${kernels}${settings ? `, settings ${settings}` : ''} (first twelve digits of SHA-256).`,
  },
  ru: {
    list: (names) => joined(names, 'и'),
    image: ({ modality, machine, size, spacing, phases }) =>
      `Проанализировано изображение ${modality}${machine ? ` (${machine})` : ''}: ${size} вокселей${spacing ? ` по ${spacing} мм` : ''}${phases > 1 ? `, ${phases} ${after(phases, 'фаза', 'фазы', 'фаз')}` : ''}.`,
    preprocessed: (steps) => `До вычисления признаков проведена предобработка: ${steps}.`,
    regions: (n, names) => `На нём ${n} ${after(n, 'область', 'области', 'областей')} (${names}).`,
    features: ({ version, definitions, flat, features, families, regions, names }) =>
      `Для ${regions} ${after(regions, 'области', 'областей', 'областей')} (${names}) в программе Kinetex ${version} вычислено ${features} ${after(features, 'признак', 'признака', 'признаков')} из ${families} ${after(families, 'семейства', 'семейств', 'семейств')} в ${flat ? 'двумерном' : 'трёхмерном'} варианте по определениям ${definitions === 'IBSI' ? 'Image Biomarker Standardisation Initiative (IBSI)' : definitions}.`,
    normalised: 'Интенсивности нормированы (z-оценка по всему изображению).',
    resampled: ({ axes, image, mask, threshold, round }) =>
      `Изображение передискретизировано до ${axes} мм (интерполяция: ${image}${round ? '; интенсивности округлены до целых' : ''}) вместе с маской (${mask}${threshold ? `, порог ${threshold}` : ''}).`,
    notResampled: 'Размер вокселей оставлен таким, каким он был при съёмке.',
    range: ([low, high], unit) => `Оставлены интенсивности от ${low} до ${high}${unit}.`,
    sigma: (s) => `Исключены интенсивности дальше ${s} стандартных отклонений от среднего по области.`,
    bins: (n) =>
      `Для гистограммных и текстурных признаков интенсивности разбиты на ${n} ${after(n, 'уровень', 'уровня', 'уровней')} равной ширины.`,
    width: (w, unit) =>
      `Для гистограммных и текстурных признаков интенсивности разбиты с постоянной шириной интервала ${w}${unit}.`,
    texture: (d) => `Матрицы текстуры сравнивают воксели на расстоянии ${d}.`,
    kinetics: ({ model, series, phases, minutes, input, motion }) =>
      `Кинетика контраста${series ? ` (${series.toLowerCase()}; ${phases} ${after(phases, 'фаза', 'фазы', 'фаз')} за ${minutes} мин)` : ` (${phases} ${after(phases, 'фаза', 'фазы', 'фаз')} за ${minutes} мин)`} аппроксимирована в каждом вокселе (${model})${input ? `; артериальный вход: ${input}` : ''}${motion ? '; кадры предварительно жёстко совмещены с первым' : ''}.`,
    selfTest: (p, n) =>
      `В день анализа программа воспроизвела ${p} из ${n} эталонных значений цифрового фантома IBSI в пределах допуска.`,
    provenance: (v, kernels, settings) =>
      `Kinetex ${v}, ядра ${kernels}${settings ? `, настройки ${settings}` : ''} (первые двенадцать знаков SHA-256).`,
  },
  zh: {
    list: (names) => names.join('、'),
    image: ({ modality, machine, size, spacing, phases }) =>
      `分析了一幅 ${modality} 图像${machine ? `（${machine}）` : ''}，共 ${size} 个体素${spacing ? `，体素边长 ${spacing} mm` : ''}${phases > 1 ? `，${phases} 个期相` : ''}。`,
    preprocessed: (steps) => `提取特征前进行了预处理：${steps}。`,
    regions: (n, names) => `图像中有 ${n} 个区域（${names}）。`,
    features: ({ version, definitions, flat, features, families, regions, names }) =>
      `使用 Kinetex ${version}，按${definitions === 'IBSI' ? '影像生物标志物标准化倡议（IBSI）' : ` ${definitions} `}的定义，对 ${regions} 个区域（${names}）以${flat ? '二维' : '三维'}方式计算了 ${families} 个家族的 ${features} 个特征。`,
    normalised: '强度按全图 z 分数归一化。',
    resampled: ({ axes, image, mask, threshold, round }) =>
      `图像重采样至 ${axes} mm（${image}插值${round ? '，强度取整' : ''}），掩膜随之重采样（${mask}${threshold ? `，阈值 ${threshold}` : ''}）。`,
    notResampled: '体素保持采集时的尺寸。',
    range: ([low, high], unit) => `仅保留 ${low} 至 ${high}${unit} 的强度。`,
    sigma: (s) => `排除偏离区域均值超过 ${s} 个标准差的强度。`,
    bins: (n) => `计算直方图与纹理特征时，强度分为 ${n} 个等宽灰度级。`,
    width: (w, unit) => `计算直方图与纹理特征时，强度按固定宽度 ${w}${unit} 分级。`,
    texture: (d) => `纹理矩阵比较距离为 ${d} 的体素。`,
    kinetics: ({ model, series, phases, minutes, input, motion }) =>
      `${series ? `对${series}` : '对该序列'}（${minutes} 分钟内 ${phases} 个期相）逐体素拟合对比剂动力学，模型为${model}${input ? `，动脉输入：${input}` : ''}${motion ? '，此前各帧已刚性配准到首帧' : ''}。`,
    selfTest: (p, n) => `分析时，程序在容差内重现了 IBSI 数字体模 ${n} 个参考值中的 ${p} 个。`,
    provenance: (v, kernels, settings) =>
      `Kinetex ${v}，内核 ${kernels}${settings ? `，设置 ${settings}` : ''}（SHA-256 前十二位）。`,
  },
};
