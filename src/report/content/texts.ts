import type { Localised } from '../../core/localised.ts';

/** Words of the data of a report. */
export const CONTENT_TEXTS = {
  series: { en: 'Series', ru: 'Серия', zh: '序列' },
  region: { en: 'Region', ru: 'Область', zh: '区域' },
  modality: { en: 'Modality', ru: 'Модальность', zh: '成像方式' },
  scanner: { en: 'Scanner', ru: 'Сканер', zh: '扫描仪' },
  size: { en: 'Voxels', ru: 'Воксели', zh: '体素' },
  spacing: { en: 'Voxel edges', ru: 'Рёбра вокселя', zh: '体素边长' },
  unit: { en: 'Unit of intensity', ru: 'Единица интенсивности', zh: '强度单位' },
  times: { en: 'Phases', ru: 'Фазы', zh: '期相' },
  bValues: { en: 'b-values', ru: 'Значения b', zh: 'b 值' },
  format: { en: 'Format', ru: 'Формат', zh: '格式' },
  files: { en: 'Files', ru: 'Файлов', zh: '文件数' },
  patientName: { en: 'Patient', ru: 'Пациент', zh: '患者' },
  patientId: { en: 'Patient ID', ru: 'Номер пациента', zh: '患者编号' },
  birthDate: { en: 'Date of birth', ru: 'Дата рождения', zh: '出生日期' },
  studyDate: { en: 'Date of study', ru: 'Дата исследования', zh: '检查日期' },
  studyDescription: { en: 'Study', ru: 'Исследование', zh: '检查' },
  slice: {
    en: '{region}, slice {slice} of {slices}, grey from {low} to {high} {unit}',
    ru: '{region}, срез {slice} из {slices}, серый от {low} до {high} {unit}',
    zh: '{region}，第 {slice} / {slices} 层，灰度 {low} 至 {high} {unit}',
  },
  map: {
    en: '{name}, slice {slice} of {slices}, colour from {low} to {high} {unit}',
    ru: '{name}, срез {slice} из {slices}, цвет от {low} до {high} {unit}',
    zh: '{name}，第 {slice} / {slices} 层，颜色 {low} 至 {high} {unit}',
  },
} as const satisfies Record<string, Localised>;
