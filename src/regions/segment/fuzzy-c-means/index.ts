import { classFacts, labelsByMean } from '../class-facts.ts';
import { lloyd, sampleOf } from '../lloyd.ts';
import type { SegmentationMethod } from '../method.ts';
import { CLASSES, MOST_STEPS, SEED } from '../shared-parameters.ts';
import { featureParameters, voxelFeatures } from '../voxel-features.ts';
import { fuzzyCMeans } from './fuzzy-c-means.ts';

const SAMPLE = 50_000;

/** Voxels belong to every class by degrees; each is given to the one it belongs to most. */
export const fuzzyCMeansMethod: SegmentationMethod = {
  id: 'fuzzy-c-means',
  label: { en: 'Fuzzy c-means', ru: 'Нечёткие c-средние', zh: '模糊 c 均值' },
  help: {
    en: 'Like k-means, but voxels may belong to several classes by degrees; steadier where edges are blurred.',
    ru: 'Как k-средних, но воксель может принадлежать нескольким классам отчасти; устойчивее при размытых краях.',
    zh: '类似 k 均值，但体素可部分属于多个类别；边缘模糊时更稳定。',
  },
  source: 'Bezdek JC, Ehrlich R, Full W. Comput Geosci 1984;10:191',
  needsOneOf: [],
  takes: [],
  parameters: [
    CLASSES,
    {
      kind: 'number',
      id: 'fuzzifier',
      label: { en: 'Fuzziness m', ru: 'Степень нечёткости m', zh: '模糊度 m' },
      help: {
        en: 'Near 1 it acts as k-means; larger values blend the classes more.',
        ru: 'Около 1 действует как k-средних; большие значения сильнее смешивают классы.',
        zh: '接近 1 时如同 k 均值；数值越大类别越混合。',
      },
      unit: '',
      range: [1.1, 5],
      default: 2,
    },
    ...featureParameters(['intensity']),
    MOST_STEPS,
    SEED,
  ],
  bytesPerVoxel: 64,
  run({ input, values, kernels, job }) {
    const points = voxelFeatures(input, values);
    const classes = values.number('classes');
    // Centres come from voxels taken at even steps; then every voxel gets its class.
    const sample = sampleOf(points, SAMPLE);
    const start = lloyd(sample, { classes, seed: values.number('seed'), kernels });
    const m = values.number('fuzzifier');
    const found = fuzzyCMeans(sample, start.centres, m, values.number('steps'), job);
    const whole = sample === points ? found : fuzzyCMeans(points, found.centres, m, 1, job);
    const { labels } = labelsByMean(whole.labels, points.voxels, input.values, classes);
    return {
      labels,
      classes,
      proposed: classes,
      facts: [
        {
          id: 'partition',
          label: { en: 'Partition coefficient', ru: 'Коэффициент разбиения', zh: '划分系数' },
          value: whole.partition,
          unit: '',
        },
        ...classFacts(labels, input.values, classes),
      ],
      courses: [
        {
          id: 'objective',
          label: { en: 'Objective', ru: 'Целевая функция', zh: '目标函数' },
          values: found.course,
        },
      ],
      findings: [],
    };
  },
};
