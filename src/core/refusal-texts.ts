import { caseTextOf } from './refusal-cases.ts';
import type { Facts, Localised } from './localised.ts';
import { fill, type Language } from './localised.ts';
import type { Refusal, RefusalKind } from './refusal.ts';

/** What is wrong, and what to do; `{file}` names the file as the person knows it. Details follow from the facts. */
export interface RefusalText {
  readonly sentence: Localised;
  readonly remedy: Localised;
}

const text = (sentence: Localised, remedy: Localised): RefusalText => ({ sentence, remedy });

const EXPORT_AGAIN: Localised = {
  en: 'Export or copy it again from its source.',
  ru: 'Экспортируйте или скопируйте его заново из источника.',
  zh: '请从来源重新导出或复制。',
};

/** Sentence and remedy of every kind of refusal. */
export const REFUSAL_TEXTS: Readonly<Record<RefusalKind, RefusalText>> = {
  empty_file: text(
    { en: '{file} is empty.', ru: 'Файл {file} пуст.', zh: '{file} 是空文件。' },
    EXPORT_AGAIN,
  ),
  not_dicom: text(
    {
      en: '{file} is not DICOM, NIfTI, NRRD, MGH or a zip archive.',
      ru: 'Файл {file} — не DICOM, NIfTI, NRRD, MGH и не архив zip.',
      zh: '{file} 不是 DICOM、NIfTI、NRRD、MGH 文件，也不是 zip 压缩包。',
    },
    {
      en: 'Leave it out, or convert it to one of these.',
      ru: 'Уберите его или преобразуйте в один из этих форматов.',
      zh: '请去掉该文件，或转换为上述格式之一。',
    },
  ),
  empty_dataset: text(
    {
      en: '{file} has a DICOM beginning and nothing behind it.',
      ru: 'В файле {file} есть начало DICOM, но нет данных.',
      zh: '{file} 只有 DICOM 文件头，没有数据。',
    },
    EXPORT_AGAIN,
  ),
  truncated: text(
    {
      en: '{file} ends too early: part of it is missing.',
      ru: 'Файл {file} обрывается: части не хватает.',
      zh: '{file} 提前结束：缺少一部分。',
    },
    EXPORT_AGAIN,
  ),
  malformed: text(
    { en: '{file} is damaged inside.', ru: 'Файл {file} повреждён внутри.', zh: '{file} 内部已损坏。' },
    EXPORT_AGAIN,
  ),
  nesting_too_deep: text(
    {
      en: '{file} nests sequences deeper than any real object does.',
      ru: 'В файле {file} последовательности вложены глубже, чем бывает в настоящих объектах.',
      zh: '{file} 的序列嵌套深度超出正常范围。',
    },
    {
      en: 'Do not trust this file; ask where it comes from.',
      ru: 'Не доверяйте этому файлу; выясните, откуда он.',
      zh: '请勿信任该文件，并查明其来源。',
    },
  ),
  missing_attributes: text(
    {
      en: '{file} lacks attributes that an image needs.',
      ru: 'В файле {file} нет атрибутов, нужных изображению.',
      zh: '{file} 缺少图像所需的属性。',
    },
    EXPORT_AGAIN,
  ),
  missing_pixel_data: text(
    {
      en: '{file} describes an image but holds no pixels.',
      ru: 'Файл {file} описывает изображение, но пикселей в нём нет.',
      zh: '{file} 描述了图像但没有像素数据。',
    },
    EXPORT_AGAIN,
  ),
  inconsistent_attributes: text(
    { en: '{file} contradicts itself.', ru: 'Файл {file} противоречит сам себе.', zh: '{file} 自相矛盾。' },
    EXPORT_AGAIN,
  ),
  unsupported_transfer_syntax: text(
    {
      en: '{file} is compressed in a way that is not read here.',
      ru: 'Файл {file} сжат способом, который здесь не читается.',
      zh: '{file} 采用此处不支持的压缩方式。',
    },
    {
      en: 'Export it uncompressed, or as JPEG, JPEG-LS, JPEG 2000 or RLE.',
      ru: 'Экспортируйте без сжатия или в JPEG, JPEG-LS, JPEG 2000, RLE.',
      zh: '请以未压缩或 JPEG、JPEG-LS、JPEG 2000、RLE 形式导出。',
    },
  ),
  decode_failed: text(
    {
      en: 'The compressed data in {file} are broken.',
      ru: 'Сжатые данные в файле {file} повреждены.',
      zh: '{file} 中的压缩数据已损坏。',
    },
    EXPORT_AGAIN,
  ),
  inflate_limit: text(
    {
      en: '{file} expands to far more than its size allows, as no real image does.',
      ru: 'Файл {file} распаковывается в объём, которого у настоящих изображений не бывает.',
      zh: '{file} 解压后的大小远超正常图像。',
    },
    {
      en: 'Do not trust this file; ask where it comes from.',
      ru: 'Не доверяйте этому файлу; выясните, откуда он.',
      zh: '请勿信任该文件，并查明其来源。',
    },
  ),
  too_large: text(
    {
      en: '{file} is too large for this page.',
      ru: 'Файл {file} слишком велик для этой страницы.',
      zh: '{file} 对本页面来说太大。',
    },
    { en: 'Open a part of it.', ru: 'Откройте его часть.', zh: '请只打开其中一部分。' },
  ),
  bad_archive: text(
    {
      en: 'The archive {file} cannot be unpacked.',
      ru: 'Архив {file} не распаковывается.',
      zh: '无法解压压缩包 {file}。',
    },
    {
      en: 'Unpack it on your computer and open the folder.',
      ru: 'Распакуйте его на компьютере и откройте папку.',
      zh: '请在电脑上解压后打开文件夹。',
    },
  ),
  bad_nifti: text(
    {
      en: '{file} is not a sound NIfTI file.',
      ru: 'Файл {file} — неисправный NIfTI.',
      zh: '{file} 不是有效的 NIfTI 文件。',
    },
    EXPORT_AGAIN,
  ),
  bad_nrrd: text(
    {
      en: '{file} is not a sound NRRD file.',
      ru: 'Файл {file} — неисправный NRRD.',
      zh: '{file} 不是有效的 NRRD 文件。',
    },
    EXPORT_AGAIN,
  ),
  detached_data_missing: text(
    {
      en: '{file} is only a header: the file with its data is not here.',
      ru: 'Файл {file} — только заголовок: файла с данными здесь нет.',
      zh: '{file} 只是头文件：缺少其数据文件。',
    },
    {
      en: 'Open the header and its data file together.',
      ru: 'Откройте заголовок вместе с файлом данных.',
      zh: '请将头文件与数据文件一起打开。',
    },
  ),
  unsupported_encoding: text(
    {
      en: '{file} uses an encoding that is not read here.',
      ru: 'В файле {file} кодирование, которое здесь не читается.',
      zh: '{file} 采用此处不支持的编码。',
    },
    {
      en: 'Save it again in a common form.',
      ru: 'Сохраните его заново в распространённом виде.',
      zh: '请以常见形式重新保存。',
    },
  ),
  ambiguous_position: text(
    {
      en: '{file}: several different images lie at one place, and nothing tells which is meant.',
      ru: '{file}: в одном месте лежат разные изображения, и не сказано, какое нужно.',
      zh: '{file}：同一位置有多幅不同图像，无法确定使用哪一幅。',
    },
    {
      en: 'Open only the files of one acquisition.',
      ru: 'Откройте файлы только одного сбора данных.',
      zh: '请只打开一次采集的文件。',
    },
  ),
  region_unreadable: text(
    {
      en: 'The region in {file} has no place in the patient’s space.',
      ru: 'Область в файле {file} не имеет места в пространстве пациента.',
      zh: '{file} 中的区域没有患者空间位置。',
    },
    EXPORT_AGAIN,
  ),
  region_grid_differs: text(
    {
      en: 'The region {file} lies on another grid than the image.',
      ru: 'Область {file} лежит на другой сетке, чем изображение.',
      zh: '区域 {file} 与图像的网格不同。',
    },
    {
      en: 'Resample it to this image, or choose the image it was drawn on.',
      ru: 'Перенесите её на это изображение или выберите то, на котором она нарисована.',
      zh: '请将其重采样到该图像，或选择绘制它的图像。',
    },
  ),
  settings_invalid: text(
    {
      en: 'The settings in {file} do not fit.',
      ru: 'Настройки в {file} не подходят.',
      zh: '{file} 中的设置无效。',
    },
    {
      en: 'Change the setting that is named.',
      ru: 'Измените названную настройку.',
      zh: '请修改所指出的设置。',
    },
  ),
  read_failed: text(
    {
      en: '{file} could not be read from the disk.',
      ru: 'Файл {file} не удалось прочитать с диска.',
      zh: '无法从磁盘读取 {file}。',
    },
    {
      en: 'Check that it is still there and that you may read it.',
      ru: 'Проверьте, что он на месте и доступен для чтения.',
      zh: '请检查文件是否仍在且有读取权限。',
    },
  ),
  timed_out: text(
    {
      en: 'Reading {file} took too long and was stopped.',
      ru: 'Чтение файла {file} заняло слишком много времени и остановлено.',
      zh: '读取 {file} 耗时过长，已停止。',
    },
    {
      en: 'Open it alone; if it fails again, export it anew.',
      ru: 'Откройте его отдельно; если не выйдет, экспортируйте заново.',
      zh: '请单独打开；若仍失败，请重新导出。',
    },
  ),
  worker_failed: text(
    {
      en: 'The computation on {file} broke off.',
      ru: 'Вычисление на {file} прервалось.',
      zh: '对 {file} 的计算中断。',
    },
    {
      en: 'Try again; close other pages if memory is short.',
      ru: 'Повторите; если мало памяти, закройте другие страницы.',
      zh: '请重试；若内存不足，请关闭其他页面。',
    },
  ),
};

/** Words for the facts that refusals carry, in the order in which they are told. Facts of other names stay untold. */
const FACT_WORDS: Readonly<Record<string, Localised>> = {
  attribute: { en: '', ru: '', zh: '' },
  key: { en: '', ru: '', zh: '' },
  name: { en: '', ru: '', zh: '' },
  what: { en: '', ru: '', zh: '' },
  problem: { en: '', ru: '', zh: '' },
  region: { en: '', ru: '', zh: '' },
  series: { en: 'series', ru: 'серия', zh: '序列' },
  transferSyntax: { en: 'transfer syntax', ru: 'синтаксис передачи', zh: '传输语法' },
  expected: { en: 'expected', ru: 'ожидалось', zh: '应为' },
  allowed: { en: 'allowed', ru: 'допустимо', zh: '允许' },
  received: { en: 'found', ru: 'есть', zh: '实际' },
  size: { en: 'size', ru: 'размер', zh: '大小' },
  bytes: { en: 'bytes', ru: 'байт', zh: '字节' },
  limit: { en: 'limit', ru: 'предел', zh: '上限' },
};

const detailsOf = (facts: Facts, language: Language): string =>
  Object.entries(FACT_WORDS)
    .filter(([name]) => Object.hasOwn(facts, name) && facts[name] !== '')
    .map(([name, word]) =>
      word[language] === '' ? String(facts[name]) : `${word[language]}: ${facts[name]}`,
    )
    .join('; ');

/** Sentence and remedy of a refusal in every language; the facts stand in brackets behind the sentence. */
export function explainRefusal({ kind, file, facts }: Refusal): RefusalText {
  const own = caseTextOf(facts);
  const { sentence, remedy } = own ?? REFUSAL_TEXTS[kind];
  const inEach = (make: (language: Language) => string): Localised => ({
    en: make('en'),
    ru: make('ru'),
    zh: make('zh'),
  });
  return {
    sentence: inEach((l) => {
      if (own) return fill(sentence[l], { ...facts, file });
      const told = fill(sentence[l], { file });
      const details = detailsOf(facts, l);
      return details === '' ? told : l === 'zh' ? `${told}（${details}）` : `${told} (${details})`;
    }),
    remedy: inEach((l) => fill(remedy[l], { file })),
  };
}
