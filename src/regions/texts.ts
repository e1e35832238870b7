import type { Finding, Severity } from '../core/finding.ts';
import type { Facts, Localised } from '../core/localised.ts';

/** What regions can give rise to; ids are those of the rule table (SPEC §2.5), `R-…` are remarks of reading. */
const TEXTS = {
  'V-01-empty': {
    text: {
      en: 'The region {region} holds no voxel of this image.',
      ru: 'В области {region} нет ни одного вокселя этого изображения.',
      zh: '区域 {region} 不包含该图像的任何体素。',
    },
    remedy: {
      en: 'Check that region and image belong together.',
      ru: 'Проверьте, что область и изображение относятся друг к другу.',
      zh: '请检查该区域与图像是否对应。',
    },
  },
  'V-01-clipped': {
    text: {
      en: '{percent} % of the region {region} lies outside the image and is cut off.',
      ru: '{percent} % области {region} лежит вне изображения и отсечено.',
      zh: '区域 {region} 有 {percent} % 位于图像之外，已被裁去。',
    },
  },
  'V-06': {
    text: {
      en: 'The region {region} skips slices: {slices}. A contour may be missing.',
      ru: 'Область {region} пропускает срезы: {slices}. Возможно, нет контура.',
      zh: '区域 {region} 跳过了切片：{slices}。可能缺少轮廓。',
    },
  },
  'V-07': {
    text: {
      en: '{count} contours of {region} do not lie on a slice and were moved to the nearest one.',
      ru: 'Контуров области {region}, не лежащих на срезе: {count}; они отнесены к ближайшему.',
      zh: '区域 {region} 有 {count} 个轮廓不在切片上，已移到最近的切片。',
    },
  },
  'V-07-lost': {
    text: {
      en: '{count} contours of {region} lie on no slice of this image.',
      ru: 'Контуров области {region}, не попавших ни на один срез изображения: {count}.',
      zh: '区域 {region} 有 {count} 个轮廓不在该图像的任何切片上。',
    },
  },
  'V-07-resampled': {
    text: {
      en: 'The region {region} was resampled from another grid: linear interpolation, inside from one half.',
      ru: 'Область {region} перенесена с другой сетки: линейная интерполяция, внутри — от половины.',
      zh: '区域 {region} 由另一网格重采样而来：线性插值，阈值为二分之一。',
    },
  },
  'V-frame': {
    text: {
      en: 'The region {region} names another frame of reference than the image: it may lie elsewhere.',
      ru: 'Область {region} ссылается на другую систему координат, чем изображение: она может лежать в другом месте.',
      zh: '区域 {region} 的参考坐标系与图像不同：位置可能不符。',
    },
  },
  'R-contours': {
    text: {
      en: '{count} contours of {region} are not closed polygons ({kinds}) and were left out.',
      ru: 'Контуров области {region}, не являющихся замкнутыми многоугольниками ({kinds}): {count}; они пропущены.',
      zh: '区域 {region} 有 {count} 个轮廓不是闭合多边形（{kinds}），已略去。',
    },
  },
  'R-fractional': {
    text: {
      en: 'The segment {region} is fractional; voxels from one half of its maximum count as inside.',
      ru: 'Сегмент {region} дробный; внутри считаются воксели от половины максимума.',
      zh: '分割 {region} 为分数型；达到最大值一半的体素视为内部。',
    },
  },
} as const satisfies Record<string, { text: Localised; remedy?: Localised }>;

export function regionFinding(key: keyof typeof TEXTS, severity: Severity, region: string, facts: Facts = {}): Finding {
  const { text, remedy }: { text: Localised; remedy?: Localised } = TEXTS[key];
  const id = /^V-\d\d/.exec(key)?.[0] ?? key;
  return { id, severity, subject: region, text, ...(remedy && { remedy }), facts: { region, ...facts } };
}
