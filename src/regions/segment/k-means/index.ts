import { classFacts, labelsByMean } from '../class-facts.ts';
import { lloyd } from '../lloyd.ts';
import type { SegmentationMethod } from '../method.ts';
import { CLASSES, MOST_STEPS, SEED } from '../shared-parameters.ts';
import { featureParameters, voxelFeatures } from '../voxel-features.ts';

/** Voxels parted into classes by the nearest of k means. */
export const kMeans: SegmentationMethod = {
  id: 'k-means',
  label: { en: 'k-means', ru: 'k-средних', zh: 'k 均值' },
  help: {
    en: 'Parts the voxels into classes around k means; quick, and good where tissues differ clearly in brightness.',
    ru: 'Делит воксели на классы вокруг k средних; быстро и хорошо, когда ткани ясно различаются по яркости.',
    zh: '按 k 个均值将体素分类；速度快，适合亮度差异明显的组织。',
  },
  source: 'Lloyd SP. IEEE Trans Inf Theory 1982;28:129; Arthur D, Vassilvitskii S. SODA 2007:1027',
  needsOneOf: [],
  takes: [],
  parameters: [CLASSES, ...featureParameters(['intensity']), MOST_STEPS, SEED],
  bytesPerVoxel: 64,
  run({ input, values, kernels, job }) {
    const points = voxelFeatures(input, values);
    const classes = values.number('classes');
    const found = lloyd(points, {
      classes,
      seed: values.number('seed'),
      steps: values.number('steps'),
      kernels,
      job,
    });
    const { labels } = labelsByMean(found.labels, points.voxels, input.values, classes);
    return {
      labels,
      classes,
      proposed: classes,
      facts: [
        {
          id: 'within-squares',
          label: { en: 'Within-class squares', ru: 'Внутриклассовая сумма квадратов', zh: '类内平方和' },
          value: found.withinSquares,
          unit: '',
        },
        ...classFacts(labels, input.values, classes),
      ],
      courses: [
        {
          id: 'within-squares',
          label: { en: 'Within-class squares', ru: 'Внутриклассовая сумма квадратов', zh: '类内平方和' },
          values: found.course,
        },
      ],
      findings: [],
    };
  },
};
