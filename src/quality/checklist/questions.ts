import type { Localised } from '../../core/localised.ts';

/** A question that a person answers about a series with yes (1) or no (0). */
export interface Question {
  /** Name of the answer; some are read by rules (docs/quality.md), all stand in the report. */
  readonly id: string;
  readonly text: Localised;
  /** DICOM modality codes; empty: all. */
  readonly modalities: readonly string[];
}

/** The human checklist: preparation of the patient and what headers do not say (SPEC §2). */
export const QUESTIONS: readonly Question[] = [
  {
    id: 'metal_removed',
    text: {
      en: 'Metal and foreign bodies removed',
      ru: 'Металл и посторонние предметы сняты',
      zh: '已移除金属和异物',
    },
    modalities: [],
  },
  {
    id: 'position_comfortable',
    text: { en: 'Position comfortable and held', ru: 'Поза удобна и сохранялась', zh: '体位舒适并保持不动' },
    modalities: [],
  },
  {
    id: 'breath_hold',
    text: { en: 'Breath held as asked', ru: 'Дыхание задержано по команде', zh: '按要求屏气' },
    modalities: [],
  },
  {
    id: 'contrast_as_planned',
    text: { en: 'Contrast given as planned', ru: 'Контраст введён по протоколу', zh: '对比剂按方案注射' },
    modalities: ['CT', 'MR'],
  },
  {
    id: 'extravasation',
    text: { en: 'Tracer outside the vein (extravasation)', ru: 'Препарат попал мимо вены', zh: '示踪剂外渗' },
    modalities: ['PT', 'NM'],
  },
  {
    id: 'coil_placed',
    text: { en: 'Coil placed over the lesion', ru: 'Катушка расположена над очагом', zh: '线圈置于病灶上方' },
    modalities: ['MR'],
  },
  {
    id: 't1_map',
    text: { en: 'A T1 map was measured', ru: 'Карта T1 измерена', zh: '已测量 T1 图' },
    modalities: ['MR'],
  },
  {
    id: 'b1_map',
    text: { en: 'A B1 map was measured', ru: 'Карта B1 измерена', zh: '已测量 B1 图' },
    modalities: ['MR'],
  },
  {
    id: 'normalised',
    text: {
      en: 'Intensities normalised elsewhere',
      ru: 'Интенсивности нормализованы ранее',
      zh: '强度已在别处归一化',
    },
    modalities: ['MR'],
  },
  {
    id: 'no_motion_seen',
    text: { en: 'Free of motion to the eye', ru: 'На глаз без движения', zh: '肉眼未见运动' },
    modalities: [],
  },
  {
    id: 'reader_blinded',
    text: { en: 'Reader blinded to the outcome', ru: 'Специалист не знал исхода', zh: '阅片者对结局设盲' },
    modalities: [],
  },
];

export const questionsFor = (modality: string): readonly Question[] =>
  QUESTIONS.filter((q) => q.modalities.length === 0 || q.modalities.includes(modality));

/** Quantities of rules that only a person can give. */
export const NUMBERS: readonly string[] = [
  'glucose',
  'fasting',
  'liver_change_percent',
  'liver_change',
  'resolution_f50',
  'days_to_reference_standard',
];
