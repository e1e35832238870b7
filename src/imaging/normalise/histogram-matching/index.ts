import type { PreprocessingStep } from '../../preprocess/step.ts';
import { mapped, needSpread, percentile, sortedUnder } from '../masked-values.ts';
import { piecewise, rootMeanSquare } from '../piecewise.ts';

/** Quantiles brought onto those of one other image. */
export const histogramMatching: PreprocessingStep = {
  id: 'histogram-matching',
  label: { en: 'Histogram matching', ru: 'Сопоставление гистограмм', zh: '直方图匹配' },
  help: {
    en: 'Brings the quantiles of this image onto those of one reference image; tissue that only one of them shows is distorted.',
    ru: 'Приводит квантили этого изображения к квантилям опорного; ткань, видимая лишь на одном из них, искажается.',
    zh: '将本图像的分位数匹配到一幅参考图像；仅在其中一幅出现的组织会失真。',
  },
  source: 'Gonzalez RC, Woods RE. Digital Image Processing, 4th ed., 2018, §3.3',
  normalises: true,
  references: 1,
  needsRegion: false,
  parameters: [
    {
      kind: 'number',
      id: 'points',
      label: { en: 'Match points', ru: 'Точки сопоставления', zh: '匹配点数' },
      help: {
        en: 'Quantiles between the ends that are matched; the map is linear between them.',
        ru: 'Число квантилей между концами; между ними отображение линейно.',
        zh: '两端之间匹配的分位数个数；其间为线性映射。',
      },
      unit: '',
      range: [1, 1000],
      default: 7,
      whole: true,
    },
  ],
  run({ volume, mask, references, values }) {
    const points = values.number('points');
    const percents = Array.from({ length: points + 2 }, (_, n) => (100 * n) / (points + 1));
    const sorted = sortedUnder(volume.data, mask);
    const other = sortedUnder(references[0]!.volume.data, references[0]!.mask);
    needSpread(sorted, 'histogram-matching');
    needSpread(other, 'histogram-matching');
    const [own, wanted] = [sorted, other].map((s) => percents.map((p) => percentile(s, p))) as [
      number[],
      number[],
    ];
    const data = mapped(volume.data, piecewise(own, wanted));
    // Judged at percentiles, which are not the points that were matched.
    const judged = Array.from({ length: 99 }, (_, n) => n + 1);
    const at = (s: Float64Array) => judged.map((p) => percentile(s, p));
    return {
      volume: { ...volume, data, unit: references[0]!.volume.unit },
      marks: own,
      figures: [
        {
          id: 'quantile_error_before',
          label: { en: 'Percentile difference before', ru: 'Разность процентилей до', zh: '处理前百分位差' },
          value: rootMeanSquare(at(sorted), at(other)),
          unit: volume.unit,
        },
        {
          id: 'quantile_error',
          label: {
            en: 'Percentile difference after',
            ru: 'Разность процентилей после',
            zh: '处理后百分位差',
          },
          value: rootMeanSquare(at(sortedUnder(data, mask)), at(other)),
          unit: volume.unit,
        },
      ],
    };
  },
};
