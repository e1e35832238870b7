import { RefusedInput } from '../../../core/refusal.ts';
import { refusedCase } from '../../../core/refusal-cases.ts';
import { countVoxels, packBox, packedBox, unpackBox, type PackedMask } from '../../document/packed-mask.ts';
import { wholeBox } from '../../box.ts';
import type { OperationInput } from '../operation.ts';
import type { CheckedValues } from '../../../core/parameters.ts';
import { histogramOf, otsu, ridlerCalvard, type Values } from '../../histogram.ts';
import { withinRange } from '../../within-range.ts';
import { keepLargest } from '../../morphology/components.ts';
import type { Apply } from '../operation.ts';

const BINS = 256;

const METHODS = ['range', 'otsu', 'ridler-calvard', 'percent', 'suv'] as const;
type Method = (typeof METHODS)[number];

/** The range that a method chooses, from the values it looks at. */
function rangeOf(method: Method, values: CheckedValues, each: Values, unit: string): [number, number] {
  if (method === 'range') {
    const [low, high] = [values.open('low') ?? -Infinity, values.open('high') ?? Infinity];
    if (low > high) throw refusedCase('limits_crossed', { name: 'low', low, high });
    return [low, high];
  }
  if (method === 'suv') {
    // A fixed SUV has no meaning on anything but SUV.
    if (unit !== 'SUVbw')
      throw refusedCase('threshold_needs_suv', { name: 'method', expected: 'SUV', received: unit });
    return [values.number('suv'), Infinity];
  }
  if (method === 'percent') {
    let most = -Infinity;
    each((v) => {
      if (v > most) most = v;
    });
    if (!(most > 0)) throw invalid('percent', '> 0', most);
    return [(values.number('percent') / 100) * most, Infinity];
  }
  const histogram = histogramOf(each, BINS);
  if (histogram === null) throw invalid('method', 'min < max', 'min = max');
  if (method === 'ridler-calvard') return [ridlerCalvard(histogram), Infinity];
  return [histogram.lower + otsu(histogram.counts).level * histogram.width, Infinity];
}

const invalid = (setting: string, expected: string, received: string | number): RefusedInput =>
  new RefusedInput('settings_invalid', { name: setting, expected, received });

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

export const applyThreshold: Apply = (input, values) => {
  const inRegion = values.choice('where') === 'region';
  const method = METHODS.find((m) => m === values.choice('method'))!;
  const [low, high] = rangeOf(method, values, valuesOf(input, inRegion), input.image!.unit);
  input.context.onProgress?.(0.3);
  const found = inRegion ? limited(input, low, high) : withinRange(input.image!, low, high, input.kernels);
  input.context.onProgress?.(0.7);
  const mask = values.flag('largest') ? keepLargest(found, 26, input.kernels) : found;
  const facts = {
    voxels: countVoxels(mask),
    ...(Number.isFinite(low) && { low }),
    ...(Number.isFinite(high) && { high }),
  };
  return { mask, facts, findings: [] };
};
