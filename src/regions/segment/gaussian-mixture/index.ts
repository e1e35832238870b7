import { classFacts, labelsByMean } from '../class-facts.ts';
import { lloyd, sampleOf } from '../lloyd.ts';
import type { SegmentationMethod } from '../method.ts';
import { CLASSES, MOST_STEPS, SEED } from '../shared-parameters.ts';
import { featureParameters, voxelFeatures } from '../voxel-features.ts';
import { fitMixture, likeliest } from './expectation-maximisation.ts';

const SAMPLE = 50_000;

/** Classes as normal distributions of their own width, by maximum likelihood. */
export const gaussianMixture: SegmentationMethod = {
  id: 'gaussian-mixture',
  label: { en: 'Gaussian mixture', ru: 'Гауссова смесь', zh: '高斯混合' },
  help: {
    en: 'Fits a bell curve to each tissue; take it when tissues differ in spread or in amount.',
    ru: 'Подбирает для каждой ткани колоколообразную кривую; берите, когда ткани различаются разбросом или объёмом.',
    zh: '为每种组织拟合钟形曲线；适合离散程度或数量不同的组织。',
  },
  source: 'Dempster AP, Laird NM, Rubin DB. J R Stat Soc B 1977;39:1',
  needsOneOf: [],
  takes: [],
  parameters: [CLASSES, ...featureParameters(['intensity']), MOST_STEPS, SEED],
  bytesPerVoxel: 64,
  run({ input, values, kernels, job }) {
    const points = voxelFeatures(input, values);
    const classes = values.number('classes');
    // Fitted to voxels taken at even steps; then every voxel gets its class.
    const sample = sampleOf(points, SAMPLE);
    const start = lloyd(sample, { classes, seed: values.number('seed'), kernels });
    const found = fitMixture(sample, start.labels, classes, values.number('steps'), job);
    const { labels } = labelsByMean(likeliest(points, found), points.voxels, input.values, classes);
    const logs = found.course.at(-1)!;
    const { width } = points;
    const free = classes * (1 + width + (width * (width + 1)) / 2) - 1;
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
