import type { Finding, Severity } from '../core/finding.ts';
import type { Facts, Localised } from '../core/localised.ts';

/** What the geometry and time of a series can give rise to; ids are those of the rule table (SPEC §2). */
const TEXTS = {
  'G-01': {
    text: {
      en: '{count} different images lie at the same place, and nothing tells them apart.',
      ru: 'В одном и том же месте лежат разные изображения ({count}), и отличить их не по чему.',
      zh: '同一位置有 {count} 幅不同的图像，且无法区分。',
    },
    remedy: {
      en: 'Open only the files of one acquisition.',
      ru: 'Откройте файлы только одного сбора данных.',
      zh: '请只打开一次采集的文件。',
    },
    tags: ['00080018', '00200032'],
  },
  'G-01-duplicates': {
    text: {
      en: '{count} files hold an image that is already there; each image is counted once.',
      ru: 'Файлов с уже прочитанными изображениями: {count}; каждое изображение учтено один раз.',
      zh: '有 {count} 个文件包含已读取的图像；每幅图像只计一次。',
    },
    tags: ['00080018'],
  },
  'G-02': {
    text: {
      en: 'The files do not say where the images lie ({what}): pictures are shown, millimetres are not known.',
      ru: 'В файлах не указано положение изображений ({what}): снимки показаны, миллиметры неизвестны.',
      zh: '文件未说明图像位置（{what}）：可显示图像，但毫米尺寸未知。',
    },
    remedy: {
      en: 'Export the series again with its positions, orientation and pixel spacing.',
      ru: 'Экспортируйте серию заново с положением, ориентацией и размером пикселя.',
      zh: '请重新导出带有位置、方向和像素间距的序列。',
    },
    tags: ['00200032', '00200037', '00280030'],
  },
  'G-03': {
    text: {
      en: 'Slices are missing: there are gaps at {positions} mm. Volumes and textures across a gap are wrong.',
      ru: 'Не хватает срезов: пропуски на {positions} мм. Объёмы и текстуры через пропуск неверны.',
      zh: '缺少切片：在 {positions} mm 处有间隙。跨间隙的体积和纹理不正确。',
    },
    remedy: {
      en: 'Fetch the missing slices, or use features of single slices only.',
      ru: 'Получите недостающие срезы или считайте признаки только по отдельным срезам.',
      zh: '请补齐缺失切片，或只使用单层特征。',
    },
    tags: ['00200032'],
  },
  'G-03-uneven': {
    text: {
      en: 'Slice spacing is uneven: up to {percent} % from its median of {median} mm.',
      ru: 'Шаг срезов неравномерен: до {percent} % от медианы {median} мм.',
      zh: '层间距不均匀：与中位数 {median} mm 相差最多 {percent} %。',
    },
    remedy: {
      en: 'Features are computed on an even grid; check how the series was put together.',
      ru: 'Признаки считаются на равномерной сетке; проверьте, как собрана серия.',
      zh: '特征在均匀网格上计算；请检查该序列的来源。',
    },
    tags: ['00200032'],
  },
  'G-03-phase': {
    text: {
      en: '{count} time points lack slices and are left out.',
      ru: 'Временных точек с недостающими срезами: {count}; они пропущены.',
      zh: '有 {count} 个时间点缺少切片，已略去。',
    },
    tags: ['00200032', '00200100'],
  },
  'G-04': {
    text: {
      en: 'The slices are tilted by {degrees}° against their stacking direction (gantry tilt): the grid is sheared.',
      ru: 'Срезы наклонены на {degrees}° к направлению укладки (наклон гентри): сетка скошена.',
      zh: '切片相对堆叠方向倾斜 {degrees}°（机架倾斜）：网格是剪切的。',
    },
    remedy: {
      en: 'Resample to a straight grid before measuring shape or texture.',
      ru: 'Перед измерением формы и текстуры передискретизируйте на прямую сетку.',
      zh: '测量形状或纹理前请重采样到正交网格。',
    },
    tags: ['00200032', '00200037', '00181120'],
  },
  'G-05-gap': {
    text: {
      en: 'There are gaps between slices: {thickness} mm thick, {spacing} mm apart.',
      ru: 'Между срезами есть промежутки: толщина {thickness} мм, шаг {spacing} мм.',
      zh: '切片之间有间隙：层厚 {thickness} mm，间距 {spacing} mm。',
    },
    tags: ['00180050'],
  },
  'G-05-overlap': {
    text: {
      en: 'Slices overlap: {thickness} mm thick, {spacing} mm apart.',
      ru: 'Срезы перекрываются: толщина {thickness} мм, шаг {spacing} мм.',
      zh: '切片有重叠：层厚 {thickness} mm，间距 {spacing} mm。',
    },
    tags: ['00180050'],
  },
  'G-06': {
    text: {
      en: 'Voxels are {ratio} times longer one way than another.',
      ru: 'Воксели в одном направлении длиннее, чем в другом, в {ratio} раза.',
      zh: '体素在一个方向上的长度是另一方向的 {ratio} 倍。',
    },
    remedy: {
      en: 'For texture use features of slices (2D or 2.5D), or resample to equal edges.',
      ru: 'Для текстуры используйте признаки по срезам (2D или 2,5D) или приведите воксели к кубу.',
      zh: '纹理请使用按层特征（2D 或 2.5D），或重采样为等边体素。',
    },
    tags: ['00280030', '00180050'],
  },
  'G-08': {
    text: {
      en: 'The file gives no rescale: values are taken as stored, in no known unit.',
      ru: 'В файле нет пересчёта значений: они взяты как есть, единица неизвестна.',
      zh: '文件没有重标定信息：数值按存储值使用，单位未知。',
    },
    tags: ['00281052', '00281053'],
  },
  'G-10': {
    text: {
      en: 'The images were compressed with loss: texture is altered.',
      ru: 'Изображения сжаты с потерями: текстура изменена.',
      zh: '图像经过有损压缩：纹理已改变。',
    },
    tags: ['00282110'],
  },
  'G-11': {
    text: {
      en: 'The images are derived or secondary ({type}), not as acquired.',
      ru: 'Изображения производные или вторичные ({type}), а не исходные.',
      zh: '图像为派生或二次图像（{type}），并非原始采集。',
    },
    tags: ['00080008'],
  },
  'G-12': {
    text: {
      en: 'The file says that text is burned into the picture.',
      ru: 'В файле сказано, что в снимок впечатан текст.',
      zh: '文件说明图像中烧录了文字。',
    },
    tags: ['00280301'],
  },
  'R-split': {
    text: {
      en: 'One series number held {count} different images; they are listed apart.',
      ru: 'Под одним номером серии было разных изображений: {count}; они показаны отдельно.',
      zh: '同一序列号下有 {count} 组不同图像；已分开列出。',
    },
    tags: ['0020000E'],
  },
  'R-time': {
    text: {
      en: 'Time points were put in order by {attribute}.',
      ru: 'Временные точки упорядочены по {attribute}.',
      zh: '时间点按 {attribute} 排序。',
    },
    tags: ['00200100', '00181060', '00080032', '00080033'],
  },
  'R-time-unknown': {
    text: {
      en: 'The files do not say when the {count} time points were acquired.',
      ru: 'В файлах не указано, когда получены временные точки ({count}).',
      zh: '文件未说明这 {count} 个时间点的采集时间。',
    },
    tags: ['00080032'],
  },
  'R-thickness': {
    text: {
      en: 'One slice: its extent across the slice, {spacing} mm, is the slice thickness.',
      ru: 'Один срез: его протяжённость поперёк, {spacing} мм, взята из толщины среза.',
      zh: '单层图像：层方向尺寸 {spacing} mm 取自层厚。',
    },
    tags: ['00180050'],
  },
  'M-08-philips': {
    text: {
      en: 'The scanner also wrote its own scale ({slope}): values are as displayed, and differ between series by that scale.',
      ru: 'Томограф записал и свой масштаб ({slope}): значения — как на экране, между сериями они различаются на этот масштаб.',
      zh: '扫描仪另写有自己的比例（{slope}）：数值为显示值，不同序列之间相差该比例。',
    },
    tags: ['2005100E'],
  },
  'P-SUV': {
    text: {
      en: 'Values are SUV by body weight: activity × {weight} kg ÷ {dose} MBq at the reference time.',
      ru: 'Значения — SUV по массе тела: активность × {weight} кг ÷ {dose} МБк на опорное время.',
      zh: '数值为按体重的 SUV：活度 × {weight} kg ÷ 参考时刻的 {dose} MBq。',
    },
    tags: ['00101030', '00181074', '00181075'],
  },
  'P-noSUV': {
    text: {
      en: 'No SUV: {what}. Values stay in {unit}.',
      ru: 'SUV нет: {what}. Значения остаются в {unit}.',
      zh: '无法计算 SUV：{what}。数值单位仍为 {unit}。',
    },
    tags: ['00280051', '00541001', '00541102', '00101030', '00540016'],
  },
} as const satisfies Record<string, { text: Localised; remedy?: Localised; tags: readonly string[] }>;

/** A finding of the series rules; ids with a suffix share the rule before it. */
export function seriesFinding(
  key: keyof typeof TEXTS,
  severity: Severity,
  subject: string,
  facts: Facts = {},
  rule?: string,
): Finding {
  const { text, tags, ...rest }: { text: Localised; remedy?: Localised; tags: readonly string[] } =
    TEXTS[key];
  const id = rule ?? /^[GMP]-\d\d/.exec(key)?.[0] ?? key;
  return { id, severity, subject, text, ...(rest.remedy && { remedy: rest.remedy }), facts, tags };
}
