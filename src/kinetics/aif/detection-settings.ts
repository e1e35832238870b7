import { RefusedInput } from '../../core/refusal.ts';
import type { MethodDefinition } from '../signal/method.ts';

export const automaticInput: MethodDefinition = {
  id: 'automatic-input',
  name: { en: 'Found automatically', ru: 'Найдена автоматически', zh: '自动检测' },
  source: 'Criteria as in Mouridsen, Christensen, Gyldensted & Østergaard, Magn Reson Med 2006;55:524',
  parameters: [
    {
      id: 'heightPercentile',
      name: {
        en: 'Peak height: percentile of the enhancing voxels',
        ru: 'Высота пика: процентиль контрастируемых вокселей',
        zh: '峰高：增强体素的百分位数',
      },
      unit: '%',
      range: [50, 99.9],
      default: 95,
    },
    {
      id: 'arrivalWindow',
      name: {
        en: 'Arrival: frames after the earliest',
        ru: 'Приход: кадров после самого раннего',
        zh: '到达：较最早者晚的帧数',
      },
      unit: '',
      range: [0.1, 20],
      default: 1,
    },
    {
      id: 'widthFactor',
      name: {
        en: 'Width: times that of the narrowest early voxels',
        ru: 'Ширина: во сколько раз больше, чем у самых узких ранних вокселей',
        zh: '宽度：相对于最窄早期体素的倍数',
      },
      unit: '',
      range: [1, 20],
      default: 1.5,
    },
    {
      id: 'largestNoise',
      name: {
        en: 'Noise before contrast over peak height',
        ru: 'Шум до контраста к высоте пика',
        zh: '增强前噪声与峰高之比',
      },
      unit: '',
      range: [0.001, 1],
      default: 0.1,
    },
    {
      id: 'voxels',
      name: { en: 'Voxels of the mean curve', ru: 'Вокселей в средней кривой', zh: '平均曲线的体素数' },
      unit: '',
      range: [1, 10000],
      default: 20,
    },
    {
      id: 'smallestGroup',
      name: {
        en: 'Connected voxels at least',
        ru: 'Связанных вокселей не меньше',
        zh: '相连体素最少数',
      },
      unit: '',
      range: [1, 10000],
      default: 4,
    },
  ],
};

export interface DetectionSettings {
  readonly heightPercentile: number;
  readonly arrivalWindow: number;
  readonly widthFactor: number;
  readonly largestNoise: number;
  readonly voxels: number;
  readonly smallestGroup: number;
}

/** The settings with defaults filled in; `settings_invalid` names the one out of range. */
export function checkedSettings(given: Partial<DetectionSettings>): DetectionSettings {
  const values: Record<string, number> = {};
  for (const { id, range, default: standard } of automaticInput.parameters) {
    const value = given[id as keyof DetectionSettings] ?? standard!;
    if (!(value >= range[0]! && value <= range[1]!))
      throw new RefusedInput('settings_invalid', {
        key: id,
        expected: `${range[0]} … ${range[1]}`,
        received: value,
      });
    values[id] = value;
  }
  return values as unknown as DetectionSettings;
}
