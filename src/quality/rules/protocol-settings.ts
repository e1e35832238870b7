import type { Localised } from '../../core/localised.ts';

/** One setting of a protocol: how it is called and how it is compared. */
export interface Setting {
  readonly tag: string;
  /** DICOM keyword. */
  readonly keyword: string;
  readonly label: Localised;
  readonly unit: string;
  /**
   * `hard`: another value is another kind of image; a number: how far it may be off, `absolute` or `relative` (share);
   * `told`: a difference is named and judged by no rule of protocols.
   */
  readonly compare: 'hard' | 'told' | { readonly relative: number } | { readonly absolute: number };
  /** DICOM modality codes; empty: all. */
  readonly modalities: readonly string[];
}

const TENTH = { relative: 0.1 } as const;

const setting = (
  tag: string,
  keyword: string,
  [en, ru, zh]: readonly [string, string, string],
  compare: Setting['compare'],
  modalities: readonly string[] = [],
  unit = '',
): Setting => ({ tag, keyword, label: { en, ru, zh }, unit, compare, modalities });

/**
 * What makes two series one protocol, in the order of the fingerprint: SPEC R12-R15 and rule G-14. None of them tells of
 * the patient, the day or the place.
 */
export const SETTINGS: readonly Setting[] = [
  setting('00080060', 'Modality', ['Modality', 'Модальность', '成像方式'], 'hard'),
  setting('00181210', 'ConvolutionKernel', ['Kernel', 'Ядро свёртки', '卷积核'], 'hard', ['CT', 'PT']),
  setting('00541103', 'ReconstructionMethod', ['Reconstruction', 'Метод реконструкции', '重建方法'], 'hard', [
    'PT',
  ]),
  setting('00180020', 'ScanningSequence', ['Sequence', 'Последовательность', '序列类型'], 'hard', ['MR']),
  setting(
    '00180021',
    'SequenceVariant',
    ['Sequence variant', 'Вариант последовательности', '序列变体'],
    'hard',
    ['MR'],
  ),
  setting('00180023', 'MRAcquisitionType', ['2D or 3D', '2D или 3D', '二维或三维'], 'hard', ['MR']),
  setting(
    '00180060',
    'KVP',
    ['Tube voltage', 'Напряжение на трубке', '管电压'],
    { absolute: 0 },
    ['CT'],
    'kV',
  ),
  setting('00180050', 'SliceThickness', ['Slice thickness', 'Толщина среза', '层厚'], TENTH, [], 'mm'),
  setting('00280030', 'PixelSpacing', ['Pixel size', 'Размер пикселя', '像素大小'], TENTH, [], 'mm'),
  setting(
    '00180080',
    'RepetitionTime',
    ['Repetition time', 'Время повторения', '重复时间'],
    TENTH,
    ['MR'],
    'ms',
  ),
  setting('00180081', 'EchoTime', ['Echo time', 'Время эхо', '回波时间'], TENTH, ['MR'], 'ms'),
  setting('00180082', 'InversionTime', ['Inversion time', 'Время инверсии', '反转时间'], TENTH, ['MR'], 'ms'),
  setting('00181314', 'FlipAngle', ['Flip angle', 'Угол отклонения', '翻转角'], { absolute: 2 }, ['MR'], '°'),
  setting(
    '00180087',
    'MagneticFieldStrength',
    ['Field strength', 'Индукция поля', '场强'],
    { absolute: 0.1 },
    ['MR'],
    'T',
  ),
  setting(
    '00189315',
    'ReconstructionAlgorithm',
    ['Reconstruction algorithm', 'Алгоритм реконструкции', '重建算法'],
    'told',
    ['CT'],
  ),
  setting('00180010', 'ContrastBolusAgent', ['Contrast agent', 'Контрастное средство', '对比剂'], 'told', [
    'CT',
    'MR',
  ]),
  setting(
    '00180024',
    'SequenceName',
    ['Name of the sequence', 'Имя последовательности', '序列名称'],
    'told',
    ['MR'],
  ),
  setting('00180091', 'EchoTrainLength', ['Echo train length', 'Длина эхо-цуга', '回波链长度'], 'told', [
    'MR',
  ]),
  setting('00180083', 'NumberOfAverages', ['Averages', 'Число усреднений', '平均次数'], 'told', ['MR']),
  setting('00180095', 'PixelBandwidth', ['Bandwidth', 'Полоса на пиксель', '像素带宽'], 'told', ['MR'], 'Hz'),
  setting('00181250', 'ReceiveCoilName', ['Receive coil', 'Приёмная катушка', '接收线圈'], 'told', ['MR']),
  setting('00185100', 'PatientPosition', ['Position', 'Положение', '体位'], 'told', ['CT']),
  setting('00080070', 'Manufacturer', ['Manufacturer', 'Производитель', '制造商'], 'told'),
  setting('00081090', 'ManufacturerModelName', ['Model', 'Модель', '型号'], 'told'),
  setting('00181020', 'SoftwareVersions', ['Software', 'Программа сканера', '软件版本'], 'told'),
];

export const settingsOf = (modality: string): readonly Setting[] =>
  SETTINGS.filter((s) => s.modalities.length === 0 || s.modalities.includes(modality));

/** Tags that a protocol is made of. */
export const PROTOCOL_TAGS: readonly string[] = SETTINGS.map((s) => s.tag);
