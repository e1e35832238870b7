import { refusedCase } from '../../../core/refusal-cases.ts';
import type { PreprocessingStep } from '../../preprocess/step.ts';
import { mapped, momentsOf, needSpread, sortedUnder } from '../masked-values.ts';
import { stripeOf } from './reference.ts';

/** Intensities in standard deviations of normal-appearing white matter around its mean. */
export const whiteStripe: PreprocessingStep = {
  id: 'white-stripe',
  label: { en: 'WhiteStripe', ru: 'WhiteStripe', zh: 'WhiteStripe 白质条带' },
  help: {
    en: 'Finds the peak of white matter in the histogram and makes its mean 0 and its spread 1; for MR of the brain, best within a brain mask.',
    ru: 'Находит пик белого вещества в гистограмме и делает его среднее 0, а разброс 1; для МР мозга, лучше внутри маски мозга.',
    zh: '在直方图中寻找白质峰，使其均值为 0、离散度为 1；用于脑部 MR，最好在脑掩膜内。',
  },
  source: 'Shinohara RT, et al. NeuroImage Clin 2014;6:9',
  normalises: true,
  references: 0,
  needsRegion: false,
  parameters: [
    {
      kind: 'choice',
      id: 'weighting',
      label: { en: 'Weighting', ru: 'Взвешенность', zh: '加权' },
      help: {
        en: 'T1: the rightmost major peak is white matter; T2 and FLAIR: the highest peak.',
        ru: 'T1: белое вещество — самый правый крупный пик; T2 и FLAIR: самый высокий пик.',
        zh: 'T1：最右侧的主峰为白质；T2 与 FLAIR：最高的峰。',
      },
      options: [
        { id: 't1', label: { en: 'T1', ru: 'T1', zh: 'T1' } },
        { id: 't2', label: { en: 'T2, FLAIR', ru: 'T2, FLAIR', zh: 'T2、FLAIR' } },
      ],
      default: 't1',
    },
    {
      kind: 'number',
      id: 'width',
      label: { en: 'Half width of the stripe', ru: 'Полуширина полосы', zh: '条带半宽' },
      help: {
        en: 'Share of voxels on each side of the peak that count as the stripe.',
        ru: 'Доля вокселей по каждую сторону пика, входящая в полосу.',
        zh: '峰两侧计入条带的体素比例。',
      },
      unit: '',
      range: [0.005, 0.25],
      default: 0.05,
    },
    {
      kind: 'number',
      id: 'smoothing',
      label: { en: 'Smoothing of the histogram', ru: 'Сглаживание гистограммы', zh: '直方图平滑' },
      help: {
        en: 'Factor on Silverman’s bandwidth: larger joins peaks that lie close.',
        ru: 'Множитель к ширине окна Сильвермана: больше — близкие пики сливаются.',
        zh: 'Silverman 带宽的倍数：越大，相邻的峰越易合并。',
      },
      unit: '',
      range: [0.2, 5],
      default: 1,
    },
  ],
  run({ volume, mask, values }) {
    const sorted = sortedUnder(volume.data, mask);
    needSpread(sorted, 'WhiteStripe');
    const weighting = values.choice('weighting') === 't2' ? 't2' : 't1';
    const stripe = stripeOf(sorted, weighting, values.number('width'), values.number('smoothing'));
    if (!stripe) throw refusedCase('step_flat', { step: 'WhiteStripe', received: sorted.length });
    const data = mapped(volume.data, (v) => (v - stripe.mean) / stripe.deviation);
    // Measured on the result, not assumed: the voxels of the stripe after the step.
    const low = (stripe.low - stripe.mean) / stripe.deviation;
    const high = (stripe.high - stripe.mean) / stripe.deviation;
    const after = momentsOf(sortedUnder(data, mask).filter((v) => v >= low && v <= high));
    return {
      volume: { ...volume, data, unit: 'arbitrary' },
      marks: [stripe.low, stripe.mean, stripe.high],
      figures: [
        figure('peak', { en: 'Peak', ru: 'Пик', zh: '峰值' }, stripe.peak, volume.unit),
        figure(
          'stripe_mean',
          { en: 'Stripe mean', ru: 'Среднее полосы', zh: '条带均值' },
          stripe.mean,
          volume.unit,
        ),
        figure(
          'stripe_sd',
          { en: 'Stripe SD', ru: 'СО полосы', zh: '条带标准差' },
          stripe.deviation,
          volume.unit,
        ),
        figure(
          'stripe_voxels',
          { en: 'Stripe voxels', ru: 'Воксели полосы', zh: '条带体素数' },
          stripe.voxels,
          '',
        ),
        figure(
          'mean_after',
          { en: 'Stripe mean after', ru: 'Среднее полосы после', zh: '处理后条带均值' },
          after.mean,
          '',
        ),
        figure(
          'sd_after',
          { en: 'Stripe SD after', ru: 'СО полосы после', zh: '处理后条带标准差' },
          after.deviation,
          '',
        ),
      ],
    };
  },
};

const figure = (id: string, label: PreprocessingStep['label'], value: number, unit: string) => ({
  id,
  label,
  value,
  unit,
});
