import type { MethodParameter } from './method.ts';

export const REPETITION_TIME: MethodParameter = {
  id: 'repetitionTime',
  name: { en: 'Repetition time', ru: 'Время повторения', zh: '重复时间' },
  unit: 's',
  range: [1e-4, 20],
  default: null,
};

export const FLIP_ANGLE: MethodParameter = {
  id: 'flipAngle',
  name: { en: 'Flip angle', ru: 'Угол отклонения', zh: '翻转角' },
  unit: '°',
  range: [0.1, 179],
  default: null,
};

export const RELAXIVITY: MethodParameter = {
  id: 'relaxivity',
  name: { en: 'Relaxivity r1', ru: 'Релаксивность r1', zh: '弛豫率 r1' },
  unit: '1/(s·mM)',
  range: [0.1, 100],
  default: 4.5,
};

export const NATIVE_T1: MethodParameter = {
  id: 't1',
  name: { en: 'T1 before contrast', ru: 'T1 до контраста', zh: '增强前 T1' },
  unit: 's',
  range: [0.01, 20],
  default: null,
};

export const B1_FACTOR: MethodParameter = {
  id: 'b1',
  name: {
    en: 'B1 factor (true over nominal flip angle)',
    ru: 'Множитель B1 (истинный угол к заданному)',
    zh: 'B1 系数（实际与标称翻转角之比）',
  },
  unit: '',
  range: [0.1, 3],
  default: 1,
};

export const CT_CALIBRATION: MethodParameter = {
  id: 'enhancementPerMillimolar',
  name: {
    en: 'Enhancement per mM of iodine',
    ru: 'Усиление на 1 мМ йода',
    zh: '每 mM 碘的增强值',
  },
  unit: 'HU/mM',
  range: [0.1, 50],
  // About 25 HU per mg of iodine per mL at 120 kV, and 126.9 mg/mmol; it changes with voltage, filter and body size.
  default: 3.17,
};
