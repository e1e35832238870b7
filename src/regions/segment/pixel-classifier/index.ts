import { Random } from '../../../core/random.ts';
import { classFacts } from '../class-facts.ts';
import { AUTOMATIC } from '../../open-words.ts';
import type { SegmentationFact, SegmentationMethod } from '../method.ts';
import { SEED } from '../shared-parameters.ts';
import { accuracyFact, accuracyFindings, marksOf } from '../training.ts';
import { featureParameters, voxelFeatures } from '../voxel-features.ts';
import { leastBlur } from './least-blur.ts';
import type { Classify, Train, TrainingSet } from './classifier.ts';
import { crossValidate } from './cross-validate.ts';
import { trainLogistic } from './logistic.ts';
import { trainNaiveBayes } from './naive-bayes.ts';
import { trainNearestNeighbours } from './nearest-neighbours.ts';
import { growForest } from './random-forest.ts';
import { strokeBlocks } from './stroke-blocks.ts';

/** More marks of a class than this add time and little else. */
const MOST_MARKS = 2000;

const TRAINERS: Readonly<Record<string, Train>> = {
  'naive-bayes': trainNaiveBayes,
  'nearest-neighbours': trainNearestNeighbours,
  logistic: trainLogistic,
};

/** A classifier taught by strokes on this image, and how well it tells marks that it did not learn from. */
export const pixelClassifier: SegmentationMethod = {
  id: 'pixel-classifier',
  label: { en: 'Classifier from strokes', ru: 'Классификатор по штрихам', zh: '基于标记的分类器' },
  help: {
    en: 'Learns from strokes of each tissue what its voxels look like, and tells all others by it.',
    ru: 'По штрихам каждой ткани узнаёт, как выглядят её воксели, и по этому определяет остальные.',
    zh: '从各组织的标记学习其体素特征，并据此判断其余体素。',
  },
  source:
    'Breiman L. Mach Learn 2001;45:5; Cover T, Hart P. IEEE Trans Inf Theory 1967;13:21; Böhning D. Ann Inst Stat Math 1992;44:197',
  needsOneOf: ['scribbles'],
  takes: ['scribbles'],
  parameters: [
    {
      kind: 'choice',
      id: 'classifier',
      label: { en: 'Classifier', ru: 'Классификатор', zh: '分类器' },
      help: {
        en: 'Logistic regression parts classes half way between the strokes, which suits borders that no stroke shows; the forest copes with classes of any shape.',
        ru: 'Логистическая регрессия делит классы посередине между штрихами, что годится для границ, которых штрихи не показывают; лес справляется с классами любой формы.',
        zh: '逻辑回归在标记之间居中划分类别，适合标记未覆盖的边界；随机森林可处理任意形状的类别。',
      },
      options: [
        { id: 'random-forest', label: { en: 'Random forest', ru: 'Случайный лес', zh: '随机森林' } },
        { id: 'naive-bayes', label: { en: 'Naive Bayes', ru: 'Наивный Байес', zh: '朴素贝叶斯' } },
        {
          id: 'nearest-neighbours',
          label: { en: 'Nearest neighbours', ru: 'Ближайшие соседи', zh: '最近邻' },
        },
        {
          id: 'logistic',
          label: { en: 'Logistic regression', ru: 'Логистическая регрессия', zh: '逻辑回归' },
        },
      ],
      default: 'logistic',
    },
    ...featureParameters(['smoothed', 'even'], AUTOMATIC),
    SEED,
  ],
  bytesPerVoxel: 64,
  run({ input, values, job }) {
    const marks = marksOf(input, MOST_MARKS, values.number('seed'));
    const sigma = values.open('sigma') ?? leastBlur(input, marks);
    const points = voxelFeatures(input, values, sigma);
    const { width } = points;
    const rowOf = new Map(Array.from(marks.voxels, (v) => [v, -1]));
    points.voxels.forEach((v, r) => rowOf.has(v) && rowOf.set(v, r));
    const data = new Float64Array(marks.voxels.length * width);
    marks.voxels.forEach((v, m) => {
      const r = rowOf.get(v)!;
      for (let f = 0; f < width; f++) data[m * width + f] = points.data[r * width + f]!;
    });
    const set: TrainingSet = {
      count: marks.voxels.length,
      width,
      data,
      classes: marks.classes,
      classCount: marks.count,
      blocks: strokeBlocks(marks.voxels, marks.classes, input.size),
    };
    const random = new Random(values.number('seed'));
    const { classify, accuracy } = trained(values.choice('classifier'), set, random, (share) => {
      job.checkCancelled?.();
      job.onProgress?.(0.4 * share);
    });
    const labels = new Uint8Array(input.values.length);
    for (let r = 0; r < points.count; r++) {
      labels[points.voxels[r]!] = marks.strokes[classify(points.data, r * width)]!;
      if (r % 8192 === 0) {
        job.checkCancelled?.();
        job.onProgress?.(0.4 + (0.6 * r) / points.count);
      }
    }
    const most = marks.strokes.at(-1)!;
    return {
      labels,
      classes: most,
      proposed: marks.strokes[0]!,
      facts: [accuracyFact(accuracy), smoothingFact(sigma), ...classFacts(labels, input.values, most)],
      findings: accuracyFindings(accuracy, 'pixel-classifier'),
    };
  },
};

const smoothingFact = (sigma: number): SegmentationFact => ({
  id: 'sigma',
  label: { en: 'Smoothing σ', ru: 'Сглаживание σ', zh: '平滑 σ' },
  value: sigma,
  unit: 'mm',
});

function trained(
  id: string,
  set: TrainingSet,
  random: Random,
  progress: (share: number) => void,
): { classify: Classify; accuracy: number } {
  const train = TRAINERS[id];
  if (train) return { accuracy: crossValidate(train, set, random), classify: train(set, random) };
  const { classify, outOfBag } = growForest(set, random, progress);
  return { classify, accuracy: outOfBag };
}
