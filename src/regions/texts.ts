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
  'V-02-one': {
    text: {
      en: 'The region {region} is a single voxel of this image: shape and texture have no meaning for it.',
      ru: 'Область {region} — один воксель этого изображения: форма и текстура для неё не имеют смысла.',
      zh: '区域 {region} 在该图像中只有一个体素：形状和纹理特征没有意义。',
    },
    remedy: {
      en: 'Check the region, or use an image with smaller voxels.',
      ru: 'Проверьте область или возьмите изображение с меньшими вокселями.',
      zh: '请检查该区域，或使用体素更小的图像。',
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
  'V-07-across': {
    text: {
      en: '{count} contours of {region} run across the slices of this image and were left out.',
      ru: 'Контуров области {region}, проходящих поперёк срезов изображения: {count}; они пропущены.',
      zh: '区域 {region} 有 {count} 个轮廓横穿该图像的切片，已略去。',
    },
    remedy: {
      en: 'Place the region on the series that it was drawn on.',
      ru: 'Отнесите область к той серии, на которой она нарисована.',
      zh: '请将该区域用于勾画它的序列。',
    },
  },
  'V-07-unused': {
    text: {
      en: '{count} contours of {region} lie between the slices of this image; where several fall to one slice, the nearest was taken.',
      ru: 'Контуров области {region} между срезами изображения: {count}; если на срез приходится несколько, взят ближайший.',
      zh: '区域 {region} 有 {count} 个轮廓位于切片之间；同一切片对应多个时，取最近的一个。',
    },
  },
  'V-07-overlap': {
    text: {
      en: 'Contours of {region} overlap in part on {count} slices; the overlap counts as outside (even-odd rule).',
      ru: 'Контуры области {region} частично перекрываются (срезов: {count}); перекрытие считается внешним (правило чётности).',
      zh: '区域 {region} 的轮廓在 {count} 个切片上部分重叠；按奇偶规则，重叠部分视为外部。',
    },
    remedy: {
      en: 'Look at these slices; join the contours where the overlap belongs to the region.',
      ru: 'Проверьте эти срезы; объедините контуры там, где перекрытие относится к области.',
      zh: '请检查这些切片；若重叠部分属于该区域，请合并轮廓。',
    },
  },
  'V-07-crossing': {
    text: {
      en: '{count} contours of {region} cross themselves; where their loops overlap counts as outside (even-odd rule).',
      ru: 'Контуров области {region}, пересекающих самих себя: {count}; перекрытие их петель считается внешним (правило чётности).',
      zh: '区域 {region} 有 {count} 个轮廓自相交；按奇偶规则，其环的重叠部分视为外部。',
    },
    remedy: {
      en: 'Look at these contours, and draw them again where a loop is not meant.',
      ru: 'Проверьте эти контуры и перерисуйте там, где петля не задумана.',
      zh: '请检查这些轮廓；若该环并非有意，请重新勾画。',
    },
  },
  'V-07-resampled': {
    text: {
      en: 'The region {region} was resampled from another grid: linear interpolation, inside from one half.',
      ru: 'Область {region} перенесена с другой сетки: линейная интерполяция, внутри — от половины.',
      zh: '区域 {region} 由另一网格重采样而来：线性插值，阈值为二分之一。',
    },
  },
  'V-01-frame': {
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
  'R-contour-counts': {
    text: {
      en: '{count} contours of {region} hold another number of points than they state; the points present were used.',
      ru: 'Контуров области {region}, где число точек не совпадает с заявленным: {count}; взяты имеющиеся точки.',
      zh: '区域 {region} 有 {count} 个轮廓的点数与其声明不符；已使用实际存在的点。',
    },
  },
  'R-labels': {
    text: {
      en: '{region} is no label map: it holds the value {value}, where only whole numbers from 0 to 65535 are labels.',
      ru: '{region} — не карта меток: найдено значение {value}, а метки — целые числа от 0 до 65535.',
      zh: '{region} 不是标签图：其中有值 {value}，而标签只能是 0 到 65535 的整数。',
    },
    remedy: {
      en: 'Open it as an image, or save the mask with whole numbers.',
      ru: 'Откройте файл как изображение или сохраните маску целыми числами.',
      zh: '请将其作为图像打开，或以整数保存掩膜。',
    },
  },
  'R-too-large': {
    text: {
      en: 'The region {region} takes {size} voxels, more than the {limit} that fit in memory.',
      ru: 'Область {region} занимает {size} вокселей — больше {limit}, что помещаются в память.',
      zh: '区域 {region} 占用 {size} 个体素，超过内存可容纳的 {limit} 个。',
    },
    remedy: {
      en: 'Crop the mask to the part that matters, or resample it to larger voxels.',
      ru: 'Обрежьте маску до нужной части или перенесите её на более крупные воксели.',
      zh: '请将掩膜裁剪到所需部分，或重采样为更大的体素。',
    },
  },
  'R-labels-many': {
    text: {
      en: 'The file holds {count} labels; the first {kept} were taken.',
      ru: 'Меток в файле: {count}; взяты первые {kept}.',
      zh: '该文件含有 {count} 个标签；已取前 {kept} 个。',
    },
  },
  'R-no-body': {
    text: {
      en: 'The image is flat here, so no body was found: nothing was cut off.',
      ru: 'Изображение здесь однородно, тело не найдено: ничего не отсечено.',
      zh: '该处图像均匀，未找到身体轮廓：未作裁切。',
    },
  },
  'R-twice': {
    text: {
      en: '{count} contours of {region} are written twice and were counted once.',
      ru: 'Контуров области {region}, записанных дважды: {count}; они учтены один раз.',
      zh: '区域 {region} 有 {count} 个轮廓重复出现，只计一次。',
    },
  },
  'R-renamed': {
    text: {
      en: 'The name of the region {region} holds words of the patient’s data or of a file name; it leaves as Region {number}.',
      ru: 'Имя области {region} содержит слова из данных пациента или имени файла; она сохранена как Region {number}.',
      zh: '区域 {region} 的名称含有患者资料或文件名中的词；导出时改名为 Region {number}。',
    },
    remedy: {
      en: 'Give the region another name, or export with the identity of the patient.',
      ru: 'Переименуйте область или экспортируйте с данными пациента.',
      zh: '请为该区域改名，或选择带患者身份信息导出。',
    },
  },
  'R-overlap': {
    text: {
      en: 'The regions overlap, which a label map cannot hold: each has a file of its own ({region}).',
      ru: 'Области перекрываются, чего карта меток не передаёт: каждая записана в свой файл ({region}).',
      zh: '这些区域相互重叠，标签图无法表示：每个区域单独成文件（{region}）。',
    },
  },
  'R-many': {
    text: {
      en: 'A label map of one byte holds 255 regions: each has a file of its own.',
      ru: 'Карта меток в один байт вмещает 255 областей: каждая записана в свой файл.',
      zh: '单字节标签图最多容纳 255 个区域：每个区域单独成文件。',
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

export function regionFinding(
  key: keyof typeof TEXTS,
  severity: Severity,
  region: string,
  facts: Facts = {},
): Finding {
  const { text, remedy }: { text: Localised; remedy?: Localised } = TEXTS[key];
  const id = /^V-\d\d/.exec(key)?.[0] ?? key;
  return { id, severity, subject: region, text, ...(remedy && { remedy }), facts: { region, ...facts } };
}
