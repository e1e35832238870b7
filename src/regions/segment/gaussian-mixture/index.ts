import { classFacts, labelsByMean } from '../class-facts.ts';
import { lloyd, sampleOf } from '../lloyd.ts';
import type { SegmentationMethod } from '../method.ts';
import { CLASSES, MOST_STEPS, SEED } from '../shared-parameters.ts';
import { featureParameters, voxelFeatures } from '../voxel-features.ts';
import { fitMixture, freeNumbers, likeliest } from './expectation-maximisation.ts';

const SAMPLE = 50_000;

/** Classes as normal distributions, by maximum likelihood. */
export const gaussianMixture: SegmentationMethod = {
  id: 'gaussian-mixture',
  label: { en: 'Gaussian mixture', ru: 'Гауссова смесь', zh: '高斯混合' },
  help: {
    en: 'Fits a bell curve to each tissue; take it when there is much more of one tissue than of another.',
    ru: 'Подбирает для каждой ткани колоколообразную кривую; берите, когда одной ткани намного больше, чем другой.',
    zh: '为每种组织拟合钟形曲线；适合各组织数量相差悬殊的情况。',
  },
  source: 'Dempster AP, Laird NM, Rubin DB. J R Stat Soc B 1977;39:1',
  needsOneOf: [],
  takes: [],
  parameters: [
    CLASSES,
    {
      kind: 'choice',
      id: 'spread',
      label: { en: 'Width of the curves', ru: 'Ширина кривых', zh: '曲线宽度' },
      help: {
        en: 'One width for all holds up beside blurred borders. Widths of their own suit tissues of very different spread, but with too few classes one curve may span the border.',
        ru: 'Одна ширина для всех выдерживает размытые границы. Своя ширина годится для тканей с очень разным разбросом, но при нехватке классов одна кривая может накрыть границу.',
        zh: '统一宽度在模糊边界旁更稳健。各自宽度适合离散程度差别很大的组织，但类别不足时某条曲线可能覆盖边界。',
      },
      options: [
        { id: 'shared', label: { en: 'The same for all', ru: 'Одна для всех', zh: '全部相同' } },
        { id: 'own', label: { en: 'Each its own', ru: 'У каждой своя', zh: '各自不同' } },
      ],
      default: 'shared',
    },
    ...featureParameters(['intensity']),
    MOST_STEPS,
    SEED,
  ],
  bytesPerVoxel: 64,
  run({ input, values, kernels, job }) {
    const points = voxelFeatures(input, values);
    const classes = values.number('classes');
    // Fitted to voxels taken at even steps; then every voxel gets its class.
    const sample = sampleOf(points, SAMPLE);
    const start = lloyd(sample, { classes, seed: values.number('seed'), kernels });
    const spread = values.choice('spread') === 'own' ? 'own' : 'shared';
    const found = fitMixture(sample, start.labels, classes, { steps: values.number('steps'), spread }, job);
    const { labels } = labelsByMean(likeliest(points, found), points.voxels, input.values, classes);
    const logs = found.course.at(-1)!;
    const free = freeNumbers(classes, points.width, spread);
    return {
      labels,
      classes,
      proposed: classes,
      facts: [
        {
          id: 'log-likelihood',
          label: {
            en: 'Log-likelihood of a voxel',
            ru: 'Логарифм правдоподобия на воксель',
            zh: '单体素对数似然',
          },
          value: logs,
          unit: '',
        },
        {
          id: 'bic',
          label: {
            en: 'Bayesian information criterion',
            ru: 'Байесов информационный критерий',
            zh: '贝叶斯信息准则',
          },
          value: free * Math.log(sample.count) - 2 * sample.count * logs,
          unit: '',
        },
        ...classFacts(labels, input.values, classes),
      ],
      courses: [
        {
          id: 'log-likelihood',
          label: {
            en: 'Log-likelihood of a voxel',
            ru: 'Логарифм правдоподобия на воксель',
            zh: '单体素对数似然',
          },
          values: found.course,
        },
      ],
      findings: [],
    };
  },
};
