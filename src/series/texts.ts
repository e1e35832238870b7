import type { Finding, Severity } from '../core/finding.ts';
import type { Facts } from '../core/localised.ts';
import { VALUE_TEXTS, type FindingText } from './value-texts.ts';

/** What the geometry and time of a series can give rise to; ids are those of the rule table (SPEC §2). */
const GEOMETRY_TEXTS = {
  'G-01': {
    text: {
      en: '{count} different images share {places} places, and nothing tells them apart ({files}).',
      ru: 'Разные изображения ({count}) лежат в одних и тех же местах ({places}), и различить их нельзя ({files}).',
      zh: '{count} 幅不同的图像占据相同的 {places} 个位置，且无法区分（{files}）。',
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
  'G-01-same-uid': {
    text: {
      en: '{count} different images carry an identifier that another image already has; all are kept.',
      ru: 'Разных изображений с идентификатором, который уже есть у другого: {count}; все сохранены.',
      zh: '有 {count} 幅不同的图像使用了其他图像已有的标识符；全部保留。',
    },
    remedy: {
      en: 'Check the program that anonymised or exported the files: each image needs its own identifier.',
      ru: 'Проверьте программу обезличивания или экспорта: у каждого изображения должен быть свой идентификатор.',
      zh: '请检查匿名化或导出程序：每幅图像都应有自己的标识符。',
    },
    tags: ['00080018'],
  },
  'G-01-patients': {
    text: {
      en: 'One series number holds images of {count} patients; they are listed apart and never merged.',
      ru: 'Под одним номером серии лежат изображения разных пациентов ({count}); они показаны отдельно и не объединяются.',
      zh: '同一序列号下有 {count} 名患者的图像；已分开列出，绝不合并。',
    },
    remedy: {
      en: 'Find out where the files were mixed before using any number from them.',
      ru: 'Выясните, где файлы были смешаны, прежде чем использовать любые числа.',
      zh: '使用任何数值之前，请查明文件在何处被混合。',
    },
    tags: ['00100020', '00100010', '0020000E'],
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
  'G-02-mosaic': {
    text: {
      en: 'The pictures are mosaics of many slices, but the files no longer say how many: they are shown whole, millimetres are not known.',
      ru: 'Снимки — мозаики из многих срезов, но в файлах нет числа срезов: мозаики показаны целиком, миллиметры неизвестны.',
      zh: '图像是由多个切片拼成的马赛克，但文件未说明切片数：按整幅显示，毫米尺寸未知。',
    },
    remedy: {
      en: 'Export the series again with its private elements, or as single slices.',
      ru: 'Экспортируйте серию заново с приватными элементами или отдельными срезами.',
      zh: '请连同私有元素重新导出该序列，或导出为单个切片。',
    },
    tags: ['00080008', '00291010'],
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
  'G-03-ends': {
    text: {
      en: '{count} slices at the ends are not there at every time point and are left out.',
      ru: 'Крайних срезов, которых нет в каждой временной точке: {count}; они пропущены.',
      zh: '两端有 {count} 个切片并非每个时间点都有，已略去。',
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
  'G-04-stated': {
    text: {
      en: 'The scanner was tilted by {degrees}°, but the images are stacked straight: they were straightened, or their positions are wrong.',
      ru: 'Гентри наклонён на {degrees}°, но срезы уложены прямо: их выпрямили или положения неверны.',
      zh: '机架倾斜 {degrees}°，但图像是直立堆叠的：可能已校正，或位置有误。',
    },
    tags: ['00181120', '00200032'],
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
  'G-05-unknown': {
    text: {
      en: 'Gaps and overlap of slices cannot be judged: the slice thickness is not stated.',
      ru: 'Промежутки и перекрытия срезов оценить нельзя: толщина среза не указана.',
      zh: '无法判断切片间隙或重叠：未给出层厚。',
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
  'R-times-from': {
    text: {
      en: 'Times of the {count} time points come from {attribute}.',
      ru: 'Моменты временных точек ({count}) взяты из {attribute}.',
      zh: '{count} 个时间点的时刻取自 {attribute}。',
    },
    tags: ['00080032', '00181060', '00080033', '00200110'],
  },
  'R-diffusion': {
    text: {
      en: 'Diffusion series: its {count} volumes are weightings with b-values {values} s/mm², not time points.',
      ru: 'Диффузионная серия: её объёмы ({count}) — взвешивания с b-факторами {values} с/мм², а не временные точки.',
      zh: '扩散序列：{count} 个容积为不同加权（b 值 {values} s/mm²），并非时间点。',
    },
    tags: ['00189087'],
  },
  'R-joined': {
    text: {
      en: '{count} series of the same place and settings, acquired one after the other, are offered here as one series over time ({names}).',
      ru: 'Серии одного места и одних параметров, полученные одна за другой ({count}), предложены здесь как одна серия во времени ({names}).',
      zh: '{count} 个位置与参数相同、依次采集的序列在此合并为一个时间序列（{names}）。',
    },
    remedy: {
      en: 'Check that they are one dynamic examination and that the scanner kept its gain between them.',
      ru: 'Проверьте, что это одно динамическое исследование и усиление томографа между сериями не менялось.',
      zh: '请确认它们属于同一次动态检查，且扫描仪增益未改变。',
    },
    tags: ['0020000E', '00080032', '0008103E'],
  },
  'R-contrasts': {
    text: {
      en: 'The {count} volumes differ in contrast ({values}), not in time: they can give a T1 map.',
      ru: 'Объёмы ({count}) различаются контрастностью ({values}), а не временем: по ним можно построить карту T1.',
      zh: '{count} 个容积的对比参数不同（{values}），并非时间点：可用于计算 T1 图。',
    },
    tags: ['00181314', '00180082'],
  },
  'R-time-unknown': {
    text: {
      en: 'The files do not say when the {count} time points were acquired.',
      ru: 'В файлах не указано, когда получены временные точки ({count}).',
      zh: '文件未说明这 {count} 个时间点的采集时间。',
    },
    tags: ['00080032'],
  },
  'R-times-backwards': {
    text: {
      en: 'The {count} time points are in order by {order}, but {attribute} does not rise from one to the next: no times are taken from it.',
      ru: 'Временные точки ({count}) упорядочены по {order}, но {attribute} не возрастает от точки к точке: времена из него не взяты.',
      zh: '{count} 个时间点按 {order} 排序，但 {attribute} 并非逐点递增：未采用其时间。',
    },
    remedy: {
      en: 'Find out which of the two is right before fitting anything over time.',
      ru: 'Прежде чем строить что-либо по времени, выясните, какой из двух атрибутов верен.',
      zh: '进行任何时间拟合之前，请查明两者中哪一个正确。',
    },
    tags: ['00200100', '00080032', '00080033'],
  },
  'R-thickness': {
    text: {
      en: 'One slice: its extent across the slice, {spacing} mm, is the slice thickness.',
      ru: 'Один срез: его протяжённость поперёк, {spacing} мм, взята из толщины среза.',
      zh: '单层图像：层方向尺寸 {spacing} mm 取自层厚。',
    },
    tags: ['00180050'],
  },
  'R-no-thickness': {
    text: {
      en: 'One slice without a stated thickness: 1 mm is drawn, volumes in mm³ have no meaning.',
      ru: 'Один срез без указанной толщины: нарисован 1 мм, объёмы в мм³ не имеют смысла.',
      zh: '单层图像未给出层厚：按 1 mm 显示，mm³ 体积没有意义。',
    },
    tags: ['00180050'],
  },
} as const satisfies Record<string, FindingText>;

const TEXTS = { ...GEOMETRY_TEXTS, ...VALUE_TEXTS };

/** A finding of the series rules; keys with a suffix share the rule id before it. */
export function seriesFinding(
  key: keyof typeof TEXTS,
  severity: Severity,
  subject: string,
  facts: Facts = {},
): Finding {
  const { text, tags, remedy }: FindingText = TEXTS[key];
  const id = /^[GMP]-\d\d/.exec(key)?.[0] ?? key;
  return { id, severity, subject, text, ...(remedy && { remedy }), facts, tags };
}
