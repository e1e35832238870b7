import { spacingOf } from '../../core/geometry.ts';
import type { Language } from '../../core/localised.ts';
import type { ExtractionSettings } from '../../radiomics/settings.ts';
import type { IbsiSource } from './ibsi-facts.ts';
import { figure } from './words.ts';

/** What the paragraph is written from, beside the source of the guideline. */
export interface MethodsSource extends IbsiSource {
  readonly settingsHash: string;
}

/** A paragraph for the methods section, each sentence from the provenance; what was not done has no sentence. */
export function methodsParagraph(source: MethodsSource): string {
  const { language } = source;
  const w = SENTENCES[language];
  const { series, settings, software, features, selfTest } = source;
  const out: string[] = [];
  const spacing = series.affine ? spacingOf(series.affine).map(figure).join(' × ') : '—';
  out.push(w.image(series.modality || '—', series.size.slice(0, 3).join(' × '), spacing, series.size[3]));
  if (source.regions.length > 0) out.push(w.regions(source.regions.length));
  if (settings && features.length > 0) {
    out.push(
      w.software(software.version, settings.profile === 'ibsi' ? 'IBSI' : 'PyRadiomics', settings.approach),
    );
    out.push(...chain(settings, series.unit, w));
    out.push(
      w.features(new Set(features.map((f) => f.tag)).size, new Set(features.map((f) => f.family)).size),
    );
    out.push(w.settings(source.settingsHash.slice(0, 12), software.kernels.slice(0, 12)));
  }
  if (source.kineticModel) out.push(w.kinetics(source.kineticModel, source.motionCorrected));
  if (selfTest) out.push(w.selfTest(selfTest.passed, selfTest.passed + selfTest.failed));
  return out.join(language === 'zh' ? '' : ' ');
}

function chain(settings: ExtractionSettings, unit: string, w: Sentences): string[] {
  const out: string[] = [];
  const { interpolation, resegmentation, discretisation, texture } = settings;
  if (interpolation) {
    const { spacing, image, mask, mask_threshold } = interpolation;
    const axes = spacing.map((s) => (s === null ? '—' : figure(s))).join(' × ');
    out.push(w.resampled(axes, image, mask, figure(mask_threshold), interpolation.round));
  } else out.push(w.notResampled);
  if (resegmentation.range)
    out.push(w.range(resegmentation.range.map((v) => (v === null ? '∞' : figure(v))).join(' … '), unit));
  if (resegmentation.outlier_sigma !== null) out.push(w.sigma(figure(resegmentation.outlier_sigma)));
  if (discretisation.method === 'FBN') out.push(w.bins(discretisation.bins));
  if (discretisation.method === 'FBS') out.push(w.width(figure(discretisation.width), unit));
  out.push(w.texture(texture.distance, figure(texture.ngldm_alpha)));
  return out;
}

interface Sentences {
  image(modality: string, size: string, spacing: string, phases: number): string;
  regions(count: number): string;
  software(version: string, definitions: string, approach: string): string;
  resampled(axes: string, image: string, mask: string, threshold: string, round: boolean): string;
  readonly notResampled: string;
  range(range: string, unit: string): string;
  sigma(sigma: string): string;
  bins(bins: number): string;
  width(width: string, unit: string): string;
  texture(distance: number, alpha: string): string;
  features(features: number, families: number): string;
  settings(settings: string, kernels: string): string;
  kinetics(model: string, motion: boolean): string;
  selfTest(passed: number, all: number): string;
}

const SENTENCES: Readonly<Record<Language, Sentences>> = {
  en: {
    image: (m, size, mm, n) =>
      `The ${m} image has ${size} voxels of ${mm} mm${n > 1 ? ` in ${n} phases` : ''}.`,
    regions: (n) => `${n === 1 ? 'One region was' : `${n} regions were`} measured.`,
    software: (v, d, a) =>
      `Features were computed with Kinetex ${v} by the definitions of ${d}, approach ${a}.`,
    resampled: (axes, image, mask, t, round) =>
      `The image was resampled to ${axes} mm by ${image} interpolation${round ? ' and its intensities rounded' : ''}; the mask by ${mask} interpolation with a threshold of ${t}.`,
    notResampled: 'The image was not resampled.',
    range: (r, u) => `Voxels outside [${r}] ${u} were excluded.`,
    sigma: (s) => `Intensities farther than ${s} standard deviations from the region's mean were excluded.`,
    bins: (n) => `Intensities were discretised into ${n} bins of equal width (FBN).`,
    width: (w, u) => `Intensities were discretised into bins of ${w} ${u} (FBS).`,
    texture: (d, a) => `Texture used neighbours at Chebyshev distance ${d}; the NGLDM coarseness was ${a}.`,
    features: (n, f) => `This gave ${n} features of ${f} families for each region.`,
    settings: (s, k) => `Settings ${s || '—'}, kernels ${k} (SHA-256, first 12 digits).`,
    kinetics: (m, motion) =>
      `Contrast kinetics were fitted with ${m}${motion ? ' after rigid correction of motion' : ''}.`,
    selfTest: (p, n) =>
      `On the IBSI digital phantom, ${p} of ${n} values were within tolerance on this machine.`,
  },
  ru: {
    image: (m, size, mm, n) =>
      `Изображение ${m}: ${size} вокселей по ${mm} мм${n > 1 ? `, число фаз ${n}` : ''}.`,
    regions: (n) => `Число измеренных областей: ${n}.`,
    software: (v, d, a) => `Признаки вычислены в Kinetex ${v} по определениям ${d}, подход ${a}.`,
    resampled: (axes, image, mask, t, round) =>
      `Изображение передискретизировано до ${axes} мм (интерполяция ${image}${round ? ', интенсивности округлены' : ''}); маска: интерполяция ${mask}, порог ${t}.`,
    notResampled: 'Изображение не передискретизировалось.',
    range: (r, u) => `Воксели вне [${r}] ${u} исключены.`,
    sigma: (s) => `Интенсивности дальше ${s} стандартных отклонений от среднего области исключены.`,
    bins: (n) => `Интенсивности разбиты на интервалы равной ширины, число интервалов ${n} (FBN).`,
    width: (w, u) => `Интенсивности разбиты на интервалы шириной ${w} ${u} (FBS).`,
    texture: (d, a) => `Для текстуры взяты соседи на расстоянии Чебышёва ${d}; грубость NGLDM ${a}.`,
    features: (n, f) => `Получено признаков: ${n}, семейств: ${f}, для каждой области.`,
    settings: (s, k) => `Настройки ${s || '—'}, ядра ${k} (SHA-256, первые 12 знаков).`,
    kinetics: (m, motion) =>
      `Кинетика контраста: модель «${m}»${motion ? ', после жёсткой коррекции движения' : ''}.`,
    selfTest: (p, n) => `На цифровом фантоме IBSI на этой машине в допуске ${p} значений из ${n}.`,
  },
  zh: {
    image: (m, size, mm, n) => `${m} 图像为 ${size} 个体素，每个 ${mm} mm${n > 1 ? `，共 ${n} 期` : ''}。`,
    regions: (n) => `共测量 ${n} 个区域。`,
    software: (v, d, a) => `特征由 Kinetex ${v} 按 ${d} 的定义以 ${a} 方式计算。`,
    resampled: (axes, image, mask, t, round) =>
      `图像以 ${image} 插值重采样到 ${axes} mm${round ? '并将强度取整' : ''}；掩膜以 ${mask} 插值，阈值 ${t}。`,
    notResampled: '图像未重采样。',
    range: (r, u) => `排除 [${r}] ${u} 之外的体素。`,
    sigma: (s) => `排除偏离区域均值超过 ${s} 个标准差的强度。`,
    bins: (n) => `强度离散为 ${n} 个等宽区间（FBN）。`,
    width: (w, u) => `强度按 ${w} ${u} 的区间宽度离散（FBS）。`,
    texture: (d, a) => `纹理采用切比雪夫距离 ${d} 的邻域；NGLDM 粗糙度为 ${a}。`,
    features: (n, f) => `每个区域得到 ${f} 个家族的 ${n} 个特征。`,
    settings: (s, k) => `设置 ${s || '—'}，内核 ${k}（SHA-256 前 12 位）。`,
    kinetics: (m, motion) => `对比剂动力学以${m}拟合${motion ? '，此前做了刚性运动校正' : ''}。`,
    selfTest: (p, n) => `在本机上，IBSI 数字体模的 ${n} 个值中有 ${p} 个在容差内。`,
  },
};
