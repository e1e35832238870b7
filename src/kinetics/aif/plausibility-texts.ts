import type { Localised } from '../../core/localised.ts';

/** What is judged about an arterial input. */
export const INPUT_CHECKS = [
  'baseline',
  'peak',
  'contrast',
  'sampling',
  'gaps',
  'plateau',
  'tail',
  'arrival',
] as const;
export type InputCheck = (typeof INPUT_CHECKS)[number];

export interface CheckTexts {
  readonly pass: Localised;
  readonly doubt: Localised;
  readonly remedy: Localised;
  /** Why it cannot be judged. */
  readonly na: Localised;
}

const NO_BOLUS: Localised = {
  en: 'The curve has no peak to judge.',
  ru: 'У кривой нет пика, по которому можно судить.',
  zh: '曲线没有可供判断的峰。',
};
const NO_TISSUE: Localised = {
  en: 'No tissue curve was given to compare with.',
  ru: 'Нет кривой ткани для сравнения.',
  zh: '没有可供比较的组织曲线。',
};

export const CHECK_TEXTS: Readonly<Record<InputCheck, CheckTexts>> = {
  baseline: {
    pass: {
      en: 'Frames before the bolus: {frames}.',
      ru: 'Кадров до болюса: {frames}.',
      zh: '团注前有 {frames} 帧。',
    },
    doubt: {
      en: 'Too few frames before the bolus: {frames}; {expected} or more are needed.',
      ru: 'Слишком мало кадров до болюса: {frames}; нужно не меньше {expected}.',
      zh: '团注前仅有 {frames} 帧；至少需要 {expected} 帧。',
    },
    remedy: {
      en: 'Start the series earlier next time; now every concentration carries the noise of this baseline.',
      ru: 'В следующий раз начинайте серию раньше; сейчас шум исходного уровня входит в каждую концентрацию.',
      zh: '下次请更早开始采集；目前基线噪声会影响所有浓度值。',
    },
    na: NO_BOLUS,
  },
  peak: {
    pass: {
      en: 'Plasma peak {value} mM lies in the usual range.',
      ru: 'Пик в плазме {value} мМ в обычных пределах.',
      zh: '血浆峰值 {value} mM，在常见范围内。',
    },
    doubt: {
      en: 'Plasma peak {value} mM is outside the usual {low} to {high} mM.',
      ru: 'Пик в плазме {value} мМ вне обычных пределов {low}–{high} мМ.',
      zh: '血浆峰值 {value} mM 超出常见范围 {low}–{high} mM。',
    },
    remedy: {
      en: 'Check relaxivity, T1 of blood, haematocrit and inflow; if the voxels hold only part of the vessel, use a population input.',
      ru: 'Проверьте релаксивность, T1 крови, гематокрит и приток; если воксели лишь частично лежат в сосуде, возьмите популяционную функцию.',
      zh: '请检查弛豫率、血液 T1、血细胞比容和流入效应；若体素仅部分位于血管内，请改用群体输入函数。',
    },
    na: NO_BOLUS,
  },
  contrast: {
    pass: {
      en: 'The peak is {value} times that of the tissue.',
      ru: 'Отношение пика к пику ткани: {value}.',
      zh: '峰值为组织的 {value} 倍。',
    },
    doubt: {
      en: 'The peak is only {value} times that of the tissue; {expected} times is expected of an artery.',
      ru: 'Отношение пика к пику ткани всего {value}; от артерии ожидается не меньше {expected}.',
      zh: '峰值仅为组织的 {value} 倍；动脉应达到 {expected} 倍。',
    },
    remedy: {
      en: 'Choose voxels in the middle of a larger artery.',
      ru: 'Выберите воксели в середине более крупной артерии.',
      zh: '请选择较大动脉中心的体素。',
    },
    na: NO_TISSUE,
  },
  sampling: {
    pass: {
      en: 'Frames in the first pass: {value}.',
      ru: 'Первый пассаж занимает кадров: {value}.',
      zh: '首过跨越 {value} 帧。',
    },
    doubt: {
      en: 'Frames in the first pass: {value}; below {expected} its height is a matter of chance.',
      ru: 'Первый пассаж занимает кадров: {value}; если меньше {expected}, его высота случайна.',
      zh: '首过仅跨越 {value} 帧；少于 {expected} 帧时峰高带有偶然性。',
    },
    remedy: {
      en: 'Use a population input with the arrival of this one, or a faster sequence next time.',
      ru: 'Возьмите популяционную функцию с приходом этой кривой или в следующий раз более быструю последовательность.',
      zh: '请使用与此到达时间一致的群体输入函数，或下次采用更快的序列。',
    },
    na: {
      en: 'The curve does not fall to half its peak, so there is no first pass to measure.',
      ru: 'Кривая не опускается до половины пика, первого пассажа не видно.',
      zh: '曲线未降至峰值的一半，无法测量首过。',
    },
  },
  gaps: {
    pass: {
      en: 'Every frame has a concentration.',
      ru: 'Концентрация есть в каждом кадре.',
      zh: '每一帧都有浓度值。',
    },
    doubt: {
      en: 'Frames without a concentration: {frames}. The signal is above what the equation can reach.',
      ru: 'Кадров без концентрации: {frames}. Сигнал выше, чем допускает уравнение.',
      zh: '{frames} 帧没有浓度值：信号超出方程可达到的范围。',
    },
    remedy: {
      en: 'Look for inflow and saturation; check T1 of blood, TR and flip angle.',
      ru: 'Ищите приток и насыщение; проверьте T1 крови, TR и угол отклонения.',
      zh: '请检查流入效应与饱和，并核对血液 T1、TR 和翻转角。',
    },
    na: NO_BOLUS,
  },
  plateau: {
    pass: {
      en: 'The peak is not cut off.',
      ru: 'Пик не срезан.',
      zh: '峰未被截断。',
    },
    doubt: {
      en: 'Frames in a row at the height of the peak: {frames}. It looks cut off.',
      ru: 'На высоте пика подряд кадров: {frames}. Похоже, он срезан.',
      zh: '连续 {frames} 帧处于峰值：峰似乎被截断。',
    },
    remedy: {
      en: 'The signal is probably saturated; use a population input or a smaller vessel.',
      ru: 'Вероятно, сигнал насыщен; возьмите популяционную функцию или меньший сосуд.',
      zh: '信号可能已饱和；请使用群体输入函数或较小的血管。',
    },
    na: NO_BOLUS,
  },
  tail: {
    pass: {
      en: 'Plasma 5 min after arrival: {value} mM; the peak is {ratio} times that.',
      ru: 'В плазме через 5 мин после прихода {value} мМ; отношение пика к этому значению {ratio}.',
      zh: '到达后 5 分钟血浆浓度 {value} mM，峰值为其 {ratio} 倍。',
    },
    doubt: {
      en: 'Plasma 5 min after arrival: {value} mM; {low} to {high} mM is usual for this dose.',
      ru: 'В плазме через 5 мин после прихода {value} мМ; для этой дозы обычно {low}–{high} мМ.',
      zh: '到达后 5 分钟血浆浓度 {value} mM；此剂量通常为 {low}–{high} mM。',
    },
    remedy: {
      en: 'Check the dose, T1 of blood and signal drift; a wrong tail shifts Ktrans and ve.',
      ru: 'Проверьте дозу, T1 крови и дрейф сигнала; неверный хвост сдвигает Ktrans и ve.',
      zh: '请检查剂量、血液 T1 和信号漂移；尾段错误会使 Ktrans 和 ve 偏移。',
    },
    na: {
      en: 'The series ends less than 5 min after the arrival.',
      ru: 'Серия кончается раньше чем через 5 мин после прихода.',
      zh: '序列在到达后不足 5 分钟即结束。',
    },
  },
  arrival: {
    pass: {
      en: 'The bolus reaches the artery at {value} s and the tissue at {tissue} s.',
      ru: 'Болюс приходит в артерию на {value} с, в ткань на {tissue} с.',
      zh: '团注于 {value} s 到达动脉，{tissue} s 到达组织。',
    },
    doubt: {
      en: 'The bolus reaches this vessel at {value} s, after the tissue ({tissue} s).',
      ru: 'Болюс приходит в этот сосуд на {value} с, позже ткани ({tissue} с).',
      zh: '团注于 {value} s 到达该血管，晚于组织（{tissue} s）。',
    },
    remedy: {
      en: 'This is probably a vein; choose an artery upstream of the tissue.',
      ru: 'Вероятно, это вена; выберите артерию выше по току.',
      zh: '这可能是静脉；请选择组织上游的动脉。',
    },
    na: NO_TISSUE,
  },
};
