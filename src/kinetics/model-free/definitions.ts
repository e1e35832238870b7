import type { Localised } from '../../core/localised.ts';

export const MODEL_FREE_IDS = [
  'percent-enhancement',
  'signal-enhancement-ratio',
  'maximum-enhancement',
  'arrival-time',
  'time-to-peak',
  'wash-in-slope',
  'wash-out-slope',
  'iauc60',
  'iauc90',
  'iauc60-blood-normalised',
  'iauc90-blood-normalised',
  'curve-type',
] as const;
export type ModelFreeId = (typeof MODEL_FREE_IDS)[number];

/** Signal in arbitrary units, or concentration of contrast agent in mmol/L. */
export type CurveKind = 'signal' | 'concentration';

/** What a model-free map shows. */
export interface ModelFreeDefinition {
  readonly id: ModelFreeId;
  readonly name: Localised;
  /** UCUM-like unit for each kind of curve; undefined where that kind has no such value. */
  readonly unit: Readonly<Record<CurveKind, string | undefined>>;
  /** One plain sentence: how it is worked out. */
  readonly sentence: Localised;
  readonly source: string;
}

const KUHL =
  'Kuhl CK et al. Radiology 1999;211:101; ACR BI-RADS Atlas, 5th ed. 2013, MRI, kinetic curve assessment';
const HYLTON = 'Hylton NM et al. Radiology 2012;263:663';
const IAUC = 'Evelhoch JL. J Magn Reson Imaging 1999;10:254; Leach MO et al. Eur Radiol 2012;22:1451';
const GENERAL = 'Jansen SA et al. Phys Med Biol 2008;53:5481';
const ARRIVAL = 'Foot of the first secant of the rise, at 10 % and 20 % of the peak (this program)';

/** Every model-free map, in the order in which they are offered. */
export const MODEL_FREE: Readonly<Record<ModelFreeId, ModelFreeDefinition>> = {
  'percent-enhancement': {
    id: 'percent-enhancement',
    name: { en: 'percent enhancement', ru: 'усиление, %', zh: '强化百分比' },
    unit: { signal: '%', concentration: undefined },
    sentence: {
      en: 'Rise of the signal from the baseline to the early phase, in percent of the baseline: 100·(S1 − S0)/S0.',
      ru: 'Прирост сигнала от исходного уровня до ранней фазы в процентах исходного: 100·(S1 − S0)/S0.',
      zh: '早期相信号相对基线的升高百分比：100·(S1 − S0)/S0。',
    },
    source: HYLTON,
  },
  'signal-enhancement-ratio': {
    id: 'signal-enhancement-ratio',
    name: { en: 'signal enhancement ratio', ru: 'отношение усиления сигнала (SER)', zh: '信号强化比 (SER)' },
    unit: { signal: '1', concentration: '1' },
    sentence: {
      en: 'Early enhancement over late enhancement: (S1 − S0)/(S2 − S0). Above 1 the agent is washing out.',
      ru: 'Раннее усиление, делённое на позднее: (S1 − S0)/(S2 − S0). Больше 1 — контраст вымывается.',
      zh: '早期强化与晚期强化之比：(S1 − S0)/(S2 − S0)。大于 1 表示对比剂正在廓清。',
    },
    source: HYLTON,
  },
  'maximum-enhancement': {
    id: 'maximum-enhancement',
    name: { en: 'maximum enhancement', ru: 'максимальное усиление', zh: '最大强化' },
    unit: { signal: '%', concentration: 'mmol/L' },
    sentence: {
      en: 'Highest value after the baseline: in percent of the baseline for signal, in mmol/L for concentration.',
      ru: 'Наибольшее значение после исходных фаз: для сигнала — в процентах исходного уровня, для концентрации — в ммоль/л.',
      zh: '基线之后的最高值：信号以基线百分比表示，浓度以 mmol/L 表示。',
    },
    source: GENERAL,
  },
  'arrival-time': {
    id: 'arrival-time',
    name: { en: 'arrival time', ru: 'время прихода контраста', zh: '对比剂到达时间' },
    unit: { signal: 's', concentration: 's' },
    sentence: {
      en: 'Time from the first frame at which the rise begins: the line through the first frames over 10 % and 20 % of the peak, carried down to the baseline.',
      ru: 'Время от первой фазы, когда начинается подъём: прямая через первые фазы выше 10 % и 20 % пика, продолженная до исходного уровня.',
      zh: '自首帧起曲线开始上升的时间：过首个超过峰值 10% 与 20% 的两帧作直线，外推至基线处。',
    },
    source: ARRIVAL,
  },
  'time-to-peak': {
    id: 'time-to-peak',
    name: { en: 'time to peak', ru: 'время до пика', zh: '达峰时间' },
    unit: { signal: 's', concentration: 's' },
    sentence: {
      en: 'Time from the arrival of the agent to the highest frame.',
      ru: 'Время от прихода контраста до фазы с наибольшим значением.',
      zh: '从对比剂到达至最高帧的时间。',
    },
    source: GENERAL,
  },
  'wash-in-slope': {
    id: 'wash-in-slope',
    name: { en: 'wash-in slope', ru: 'скорость накопления', zh: '流入斜率' },
    unit: { signal: '%/min', concentration: 'mmol/L/min' },
    sentence: {
      en: 'Maximum enhancement divided by the time to peak.',
      ru: 'Максимальное усиление, делённое на время до пика.',
      zh: '最大强化除以达峰时间。',
    },
    source: GENERAL,
  },
  'wash-out-slope': {
    id: 'wash-out-slope',
    name: { en: 'wash-out slope', ru: 'скорость вымывания', zh: '流出斜率' },
    unit: { signal: '%/min', concentration: 'mmol/L/min' },
    sentence: {
      en: 'Slope of the least-squares line through the frames between the two times that are set; negative where the agent leaves.',
      ru: 'Наклон прямой наименьших квадратов по фазам между двумя заданными временами; отрицателен, когда контраст уходит.',
      zh: '在设定的两个时间之间各帧的最小二乘直线斜率；对比剂流出时为负。',
    },
    source: GENERAL,
  },
  iauc60: area(60, false),
  iauc90: area(90, false),
  'iauc60-blood-normalised': area(60, true),
  'iauc90-blood-normalised': area(90, true),
  'curve-type': {
    id: 'curve-type',
    name: { en: 'curve type', ru: 'тип кривой', zh: '曲线类型' },
    unit: { signal: '1', concentration: '1' },
    sentence: {
      en: 'Change from the early to the late phase: 1 persistent (rises by more than 10 %), 2 plateau, 3 wash-out (falls by more than 10 %).',
      ru: 'Изменение от ранней фазы к поздней: 1 — нарастание (рост более 10 %), 2 — плато, 3 — вымывание (снижение более 10 %).',
      zh: '早期相至晚期相的变化：1 持续上升型（升高超过 10%），2 平台型，3 流出型（下降超过 10%）。',
    },
    source: KUHL,
  },
};

function area(seconds: 60 | 90, normalised: boolean): ModelFreeDefinition {
  const id = normalised ? (`iauc${seconds}-blood-normalised` as const) : (`iauc${seconds}` as const);
  const [en, ru, zh] = normalised
    ? [
        ', divided by the same area of blood',
        ', делённая на такую же площадь крови',
        '，再除以血液的相应面积',
      ]
    : ['', '', ''];
  return {
    id,
    name: {
      en: `IAUC${seconds}${normalised ? ', blood-normalised' : ''}`,
      ru: `IAUC${seconds}${normalised ? ', нормированная на кровь' : ''}`,
      zh: `IAUC${seconds}${normalised ? '（血液归一化）' : ''}`,
    },
    unit: normalised ? { signal: '1', concentration: '1' } : { signal: '%.min', concentration: 'mmol/L.min' },
    sentence: {
      en: `Area under the enhancement curve over the first ${seconds} s after arrival${en}; needs three frames within.`,
      ru: `Площадь под кривой усиления за первые ${seconds} с после прихода контраста${ru}; в этом времени нужны три фазы.`,
      zh: `对比剂到达后 ${seconds} 秒内强化曲线下的面积${zh}；其间至少需要三帧。`,
    },
    source: IAUC,
  };
}
