import type { Quantity, QuantityId } from './model.ts';

/** Every quantity that a model fits or derives. One table, from which forms, tables, maps and exports are made. */
export const QUANTITIES: Readonly<Record<QuantityId, Quantity>> = {
  Ktrans: {
    id: 'Ktrans',
    symbol: 'K^{trans}',
    caplex: 'Q.PH1.008',
    name: { en: 'volume transfer constant', ru: 'константа объёмного переноса', zh: '容积转运常数' },
    unit: '1/min',
    scale: 1,
  },
  ve: {
    id: 've',
    symbol: 'v_e',
    caplex: 'Q.PH1.001',
    name: {
      en: 'extravascular extracellular volume fraction',
      ru: 'объёмная доля внесосудистого внеклеточного пространства',
      zh: '血管外细胞外容积分数',
    },
    unit: 'mL/mL',
    scale: 1,
  },
  vp: {
    id: 'vp',
    symbol: 'v_p',
    caplex: 'Q.PH1.001',
    name: { en: 'plasma volume fraction', ru: 'объёмная доля плазмы', zh: '血浆容积分数' },
    unit: 'mL/mL',
    scale: 1,
  },
  kep: {
    id: 'kep',
    symbol: 'k_{ep}',
    name: {
      en: 'rate constant of return to plasma',
      ru: 'константа скорости возврата в плазму',
      zh: '回流速率常数',
    },
    unit: '1/min',
    scale: 1,
  },
  fp: {
    id: 'fp',
    symbol: 'F_p',
    caplex: 'Q.PH1.002',
    name: { en: 'plasma flow', ru: 'плазмоток', zh: '血浆流量' },
    unit: 'mL/100mL/min',
    scale: 0.01,
  },
  ps: {
    id: 'ps',
    symbol: 'PS',
    caplex: 'Q.PH1.004',
    name: {
      en: 'permeability-surface area product',
      ru: 'произведение проницаемости на площадь',
      zh: '渗透性表面积乘积',
    },
    unit: '1/min',
    scale: 1,
  },
  E: {
    id: 'E',
    symbol: 'E',
    name: { en: 'extraction fraction', ru: 'доля экстракции', zh: '摄取分数' },
    unit: '',
    scale: 1,
  },
  Tc: {
    id: 'Tc',
    symbol: 'T_c',
    name: { en: 'capillary transit time', ru: 'время капиллярного транзита', zh: '毛细血管通过时间' },
    unit: 's',
    scale: 1 / 60,
  },
  Tp: {
    id: 'Tp',
    symbol: 'T_p',
    name: { en: 'plasma mean transit time', ru: 'среднее время транзита плазмы', zh: '血浆平均通过时间' },
    unit: 's',
    scale: 1 / 60,
  },
  delay: {
    id: 'delay',
    symbol: '\\delta',
    name: { en: 'arterial delay', ru: 'артериальная задержка', zh: '动脉延迟' },
    unit: 's',
    scale: 1 / 60,
  },
};
