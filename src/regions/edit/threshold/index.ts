import { RefusedInput } from '../../../core/refusal.ts';
import { countVoxels, packBox, packedBox, unpackBox, type PackedMask } from '../../document/packed-mask.ts';
import { wholeBox } from '../../box.ts';
import type { Operation, OperationInput } from '../operation.ts';
import { numberOf, type ParameterValues } from '../parameters.ts';
import { histogramOf, otsu, ridlerCalvard, type Values } from '../../histogram.ts';
import { withinRange } from '../../within-range.ts';
import { keepLargest } from '../../morphology/components.ts';

const BINS = 256;

const METHODS = ['range', 'otsu', 'ridler-calvard', 'percent', 'suv'] as const;
type Method = (typeof METHODS)[number];

/** The range that a method chooses, from the values it looks at. */
function rangeOf(method: Method, values: ParameterValues, each: Values, unit: string): [number, number] {
  if (method === 'range') {
    const [low, high] = [numberOf(values, 'low') ?? -Infinity, numberOf(values, 'high') ?? Infinity];
    if (low > high) throw invalid('low', `≤ ${high}`, low);
    return [low, high];
  }
  if (method === 'suv') {
    // A fixed SUV has no meaning on anything but SUV.
    if (unit !== 'SUVbw') throw invalid('method', 'SUV', unit);
    return [numberOf(values, 'suv')!, Infinity];
  }
  if (method === 'percent') {
    let most = -Infinity;
    each((v) => {
      if (v > most) most = v;
    });
    if (!(most > 0)) throw invalid('percent', '> 0', most);
    return [(numberOf(values, 'percent')! / 100) * most, Infinity];
  }
  const histogram = histogramOf(each, BINS);
  if (histogram === null) throw invalid('method', 'min < max', 'min = max');
  if (method === 'ridler-calvard') return [ridlerCalvard(histogram), Infinity];
  return [histogram.lower + otsu(histogram.counts).level * histogram.width, Infinity];
}

const invalid = (setting: string, expected: string, received: string | number): RefusedInput =>
  new RefusedInput('settings_invalid', { setting, expected, received });

/** Values of the whole image, or of the region. */
function valuesOf({ image, mask }: OperationInput, inRegion: boolean): Values {
  const data = image!.data;
  if (!inRegion) {
    return (meet) => {
      for (let i = 0; i < data.length; i++) meet(data[i]);
    };
  }
  const box = packedBox(mask);
  if (box === null) throw invalid('where', '≥ 1', 0);
  const inside = unpackBox(mask, box);
  const [nx, ny] = mask.size;
  return (meet) => {
    for (let z = box.low[2], at = 0; z < box.high[2]; z++) {
      for (let y = box.low[1]; y < box.high[1]; y++) {
        const row = nx * (y + ny * z);
        for (let x = box.low[0]; x < box.high[0]; x++, at++) if (inside[at] === 1) meet(data[row + x]);
      }
    }
  };
}

/** The voxels of the region that lie in the range too. */
function limited({ image, mask }: OperationInput, low: number, high: number): PackedMask {
  const box = packedBox(mask) ?? wholeBox([0, 0, 0]);
  const inside = unpackBox(mask, box);
  const data = image!.data;
  const [nx, ny] = mask.size;
  for (let z = box.low[2], at = 0; z < box.high[2]; z++) {
    for (let y = box.low[1]; y < box.high[1]; y++) {
      const row = nx * (y + ny * z);
      for (let x = box.low[0]; x < box.high[0]; x++, at++) {
        if (!(data[row + x] >= low && data[row + x] <= high)) inside[at] = 0;
      }
    }
  }
  return packBox(mask.size, box, inside);
}

export const threshold: Operation = {
  id: 'threshold',
  label: { en: 'Threshold', ru: 'Порог', zh: '阈值' },
  help: {
    en: 'Takes every voxel whose intensity lies in a range. Otsu and Ridler-Calvard choose the threshold from the histogram; a percentage of the maximum (41 % or 50 %) and a fixed SUV are customary in PET: draw a rough region around the lesion first and look only inside it.',
    ru: 'Берёт все воксели, яркость которых лежит в диапазоне. Методы Оцу и Ридлера–Калварда выбирают порог по гистограмме; доля максимума (41 % или 50 %) и фиксированный SUV приняты в ПЭТ: сначала грубо обведите очаг и ищите только внутри него.',
    zh: '选取强度落在范围内的所有体素。Otsu 和 Ridler-Calvard 方法根据直方图选择阈值；最大值百分比（41 % 或 50 %）和固定 SUV 常用于 PET：请先粗略勾画病灶，再只在其中查找。',
  },
  needs: { image: true, region: false, seed: false, other: false },
  into: 'new',
  parameters: [
    {
      kind: 'choice',
      id: 'method',
      label: { en: 'Method', ru: 'Метод', zh: '方法' },
      start: 'range',
      choices: [
        { id: 'range', label: { en: 'Range', ru: 'Диапазон', zh: '范围' } },
        { id: 'otsu', label: { en: 'Otsu', ru: 'Оцу', zh: 'Otsu' } },
        {
          id: 'ridler-calvard',
          label: { en: 'Ridler-Calvard', ru: 'Ридлера–Калварда', zh: 'Ridler-Calvard' },
        },
        {
          id: 'percent',
          label: { en: 'Percent of maximum', ru: 'Процент максимума', zh: '最大值百分比' },
        },
        { id: 'suv', label: { en: 'Fixed SUV', ru: 'Фиксированный SUV', zh: '固定 SUV' } },
      ],
    },
    {
      kind: 'number',
      id: 'low',
      label: { en: 'From', ru: 'От', zh: '下限' },
      unit: 'image',
      min: -1e9,
      max: 1e9,
      step: 1,
      start: undefined,
      when: { method: ['range'] },
    },
    {
      kind: 'number',
      id: 'high',
      label: { en: 'To', ru: 'До', zh: '上限' },
      unit: 'image',
      min: -1e9,
      max: 1e9,
      step: 1,
      start: undefined,
      when: { method: ['range'] },
    },
    {
      kind: 'number',
      id: 'percent',
      label: { en: 'Share of the maximum', ru: 'Доля максимума', zh: '占最大值的比例' },
      unit: '%',
      min: 1,
      max: 99,
      step: 1,
      start: 41,
      when: { method: ['percent'] },
    },
    {
      kind: 'number',
      id: 'suv',
      label: { en: 'SUV', ru: 'SUV', zh: 'SUV' },
      unit: 'SUV',
      min: 0,
      max: 100,
      step: 0.1,
      start: 4,
      when: { method: ['suv'] },
    },
    {
      kind: 'choice',
      id: 'where',
      label: { en: 'Where', ru: 'Где', zh: '位置' },
      start: 'image',
      choices: [
        { id: 'image', label: { en: 'Whole image', ru: 'Всё изображение', zh: '整个图像' } },
        { id: 'region', label: { en: 'Inside the region', ru: 'Внутри области', zh: '区域之内' } },
      ],
    },
    {
      kind: 'flag',
      id: 'largest',
      label: { en: 'Only the largest piece', ru: 'Только наибольшая часть', zh: '仅保留最大部分' },
      start: false,
    },
  ],
  apply(input, values) {
    const inRegion = values['where'] === 'region';
    const method = METHODS.find((m) => m === values['method'])!;
    const [low, high] = rangeOf(method, values, valuesOf(input, inRegion), input.image!.unit);
    input.context.onProgress?.(0.3);
    const found = inRegion ? limited(input, low, high) : withinRange(input.image!, low, high, input.kernels);
    input.context.onProgress?.(0.7);
    const mask = values['largest'] === true ? keepLargest(found, 26, input.kernels) : found;
    const facts = {
      voxels: countVoxels(mask),
      ...(Number.isFinite(low) && { low }),
      ...(Number.isFinite(high) && { high }),
    };
    return { mask, facts, findings: [] };
  },
};
