import type { PreprocessingStep } from '../../preprocess/step.ts';
import { mapped, momentsOf, needSpread, sortedUnder } from '../masked-values.ts';

/** Intensities in standard deviations around the mean of the region or body: z = (I − μ)/σ. */
export const zScore: PreprocessingStep = {
  id: 'z-score',
  label: { en: 'z-score', ru: 'z-оценка', zh: 'z 分数' },
  help: {
    en: 'Makes the mean of the region, or of the body, 0 and its standard deviation 1; simple, but a large lesion shifts the scale.',
    ru: 'Делает среднее области (или тела) нулём, а стандартное отклонение единицей; просто, но большой очаг сдвигает шкалу.',
    zh: '使区域（或身体）的均值为 0、标准差为 1；简单，但大的病灶会使尺度偏移。',
  },
  source: 'Collewet G, et al. Magn Reson Imaging 2004;22:81',
  normalises: true,
  references: 0,
  needsRegion: false,
  parameters: [
    {
      kind: 'number',
      id: 'scale',
      label: { en: 'Scale', ru: 'Масштаб', zh: '比例' },
      help: {
        en: 'Standard deviation after the step; 100 suits a fixed bin width better than 1.',
        ru: 'Стандартное отклонение после шага; 100 удобнее для постоянной ширины бина, чем 1.',
        zh: '处理后的标准差；固定箱宽时 100 比 1 更合适。',
      },
      unit: '',
      range: [0.001, 10000],
      default: 1,
    },
  ],
  run({ volume, mask, values }) {
    const sorted = sortedUnder(volume.data, mask);
    needSpread(sorted, 'z-score');
    const { mean, deviation } = momentsOf(sorted);
    const scale = values.number('scale');
    const data = mapped(volume.data, (v) => (scale * (v - mean)) / deviation);
    const after = momentsOf(sortedUnder(data, mask));
    return {
      volume: { ...volume, data, unit: 'arbitrary' },
      marks: [mean - deviation, mean, mean + deviation],
      figures: [
        {
          id: 'mean',
          label: { en: 'Mean before', ru: 'Среднее до', zh: '处理前均值' },
          value: mean,
          unit: volume.unit,
        },
        {
          id: 'sd',
          label: { en: 'SD before', ru: 'СО до', zh: '处理前标准差' },
          value: deviation,
          unit: volume.unit,
        },
        {
          id: 'mean_after',
          label: { en: 'Mean after', ru: 'Среднее после', zh: '处理后均值' },
          value: after.mean,
          unit: '',
        },
        {
          id: 'sd_after',
          label: { en: 'SD after', ru: 'СО после', zh: '处理后标准差' },
          value: after.deviation,
          unit: '',
        },
      ],
    };
  },
};
