import { refusedCase } from '../../../core/refusal-cases.ts';
import type { PreprocessingStep } from '../../preprocess/step.ts';
import { mapped, needSpread, percentile, sortedUnder } from '../masked-values.ts';
import { piecewise, rootMeanSquare } from '../piecewise.ts';

/** Thirteen landmarks: the ends, deciles and quartiles, per cent. */
export const LANDMARKS = [1, 10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90, 99] as const;
/** The ends of the standard scale. */
const SCALE = [0, 100] as const;

export const landmarksOf = (sorted: Float64Array): number[] => LANDMARKS.map((p) => percentile(sorted, p));

/**
 * The standard scale of several images (Nyúl, Udupa, Zhang 2000): landmarks of each, with its first and last brought to
 * 0 and 100, averaged.
 * @throws RefusedInput for an image whose first and last landmark are equal
 */
export function standardScale(landmarks: readonly (readonly number[])[]): number[] {
  return LANDMARKS.map((_, n) => {
    let sum = 0;
    for (const own of landmarks) {
      const [first, last] = [own[0]!, own.at(-1)!];
      if (!(last > first)) throw refusedCase('step_flat', { step: 'nyul', received: own.length });
      sum += SCALE[0] + ((SCALE[1] - SCALE[0]) * (own[n]! - first)) / (last - first);
    }
    return sum / landmarks.length;
  });
}

/** Histogram landmarks brought onto a scale that is learnt from several images. */
export const nyul: PreprocessingStep = {
  id: 'nyul',
  label: { en: 'Nyúl landmarks', ru: 'Ориентиры Ньюла', zh: 'Nyúl 标志点' },
  help: {
    en: 'Learns a standard histogram of 13 landmarks from several images and bends this one onto it; for a cohort of one body part and sequence.',
    ru: 'Строит стандартную гистограмму из 13 ориентиров по нескольким изображениям и приводит к ней это; для когорты с одной областью тела и последовательностью.',
    zh: '从多幅图像学习含 13 个标志点的标准直方图，并将本图像映射到其上；用于同一部位、同一序列的队列。',
  },
  source: 'Nyúl LG, Udupa JK, Zhang X. IEEE Trans Med Imaging 2000;19:143',
  normalises: true,
  references: 2,
  needsRegion: false,
  parameters: [],
  run({ volume, mask, references }) {
    const sorted = sortedUnder(volume.data, mask);
    needSpread(sorted, 'nyul');
    const own = landmarksOf(sorted);
    const others = references.map((r) => sortedUnder(r.volume.data, r.mask));
    for (const other of others) needSpread(other, 'nyul');
    const scale = standardScale(others.map(landmarksOf));
    const data = mapped(volume.data, piecewise(own, scale));
    const after = landmarksOf(sortedUnder(data, mask));
    const [first, last] = [own[0]!, own.at(-1)!];
    const stretched = own.map((v) => SCALE[0] + ((SCALE[1] - SCALE[0]) * (v - first)) / (last - first));
    return {
      volume: { ...volume, data, unit: 'arbitrary' },
      marks: own,
      figures: [
        {
          id: 'landmark_error_before',
          label: {
            en: 'Landmark error, ends matched alone',
            ru: 'Ошибка ориентиров при совмещении концов',
            zh: '仅匹配两端时的标志点误差',
          },
          value: rootMeanSquare(stretched, scale),
          unit: '',
        },
        {
          id: 'landmark_error',
          label: { en: 'Landmark error after', ru: 'Ошибка ориентиров после', zh: '处理后标志点误差' },
          value: rootMeanSquare(after, scale),
          unit: '',
        },
        {
          id: 'images',
          label: { en: 'Images in the scale', ru: 'Изображений в шкале', zh: '尺度所用图像数' },
          value: references.length,
          unit: '',
        },
      ],
    };
  },
};
