import { refusedCase } from '../../../core/refusal-cases.ts';
import type { PreprocessingStep } from '../../preprocess/step.ts';
import { mapped, momentsOf, percentile, sortedUnder } from '../masked-values.ts';

/** Intensities as a ratio to those of a tissue that should be alike in all patients: I' = scale · I / I_ref. */
export const referenceTissue: PreprocessingStep = {
  id: 'reference-tissue',
  label: { en: 'Reference tissue', ru: 'Опорная ткань', zh: '参考组织' },
  help: {
    en: 'Divides by the signal of a tissue that you outline, such as muscle or fat; works anywhere in the body.',
    ru: 'Делит на сигнал обведённой ткани, например мышцы или жира; годится для любой части тела.',
    zh: '除以您勾画的组织（如肌肉或脂肪）的信号；适用于身体任何部位。',
  },
  source: 'Ratio to a reference tissue; compared in Collewet G, et al. Magn Reson Imaging 2004;22:81',
  normalises: true,
  references: 0,
  needsRegion: true,
  parameters: [
    {
      kind: 'choice',
      id: 'centre',
      label: { en: 'Signal of the tissue', ru: 'Сигнал ткани', zh: '组织信号' },
      help: {
        en: 'The median is steadier when vessels cross the region.',
        ru: 'Медиана устойчивее, если область пересекают сосуды.',
        zh: '若区域中有血管穿过，中位数更稳健。',
      },
      options: [
        { id: 'median', label: { en: 'Median', ru: 'Медиана', zh: '中位数' } },
        { id: 'mean', label: { en: 'Mean', ru: 'Среднее', zh: '均值' } },
      ],
      default: 'median',
    },
    {
      kind: 'number',
      id: 'scale',
      label: { en: 'Value of the tissue after', ru: 'Значение ткани после', zh: '处理后组织数值' },
      help: {
        en: 'What the reference tissue becomes.',
        ru: 'Каким станет значение опорной ткани.',
        zh: '参考组织处理后的数值。',
      },
      unit: '',
      range: [0.001, 10000],
      default: 100,
    },
  ],
  run({ volume, region, values }) {
    const step = 'reference-tissue';
    if (!region) throw refusedCase('step_needs_region', { step });
    const sorted = sortedUnder(volume.data, region);
    if (sorted.length === 0) throw refusedCase('step_flat', { step, received: 0 });
    const positive = sorted.filter((v) => v > 0).length;
    const { mean, deviation } = momentsOf(sorted);
    const centre = values.choice('centre') === 'mean' ? mean : percentile(sorted, 50);
    if (!(centre > 0))
      throw refusedCase('step_not_positive', { step, received: positive, expected: sorted.length });
    const factor = values.number('scale') / centre;
    const cov = (100 * deviation) / mean;
    return {
      volume: { ...volume, data: mapped(volume.data, (v) => v * factor), unit: 'arbitrary' },
      marks: [centre],
      figures: [
        {
          id: 'tissue',
          label: { en: 'Tissue before', ru: 'Ткань до', zh: '处理前组织' },
          value: centre,
          unit: volume.unit,
        },
        {
          id: 'tissue_cov',
          label: { en: 'CoV of the tissue', ru: 'КВ ткани', zh: '组织变异系数' },
          value: cov,
          unit: '%',
          // A tissue that varies more than this is no steady reference.
          verdict: cov > 15 ? 'warn' : 'pass',
        },
        { id: 'factor', label: { en: 'Factor', ru: 'Множитель', zh: '系数' }, value: factor, unit: '' },
      ],
    };
  },
};
