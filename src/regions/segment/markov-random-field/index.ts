import { AUTOMATIC } from '../../open-words.ts';
import { classFacts, labelsByMean } from '../class-facts.ts';
import { lloyd } from '../lloyd.ts';
import type { MethodContext, SegmentationMethod } from '../method.ts';
import { CLASSES, SEED } from '../shared-parameters.ts';
import { activeVoxels } from '../voxel-features.ts';
import { betaForNoise, classIntensities, pottsProblem, UNIT } from './costs.ts';
import { expandClasses, iterateModes, solveBinary } from './potts.ts';

/** Classes by likelihood, and neighbours that would rather be alike. */
export const markovRandomField: SegmentationMethod = {
  id: 'markov-random-field',
  label: {
    en: 'Graph cut (Markov random field)',
    ru: 'Разрез графа (марковское поле)',
    zh: '图割（马尔可夫随机场）',
  },
  help: {
    en: 'Mark lesion and background with a stroke each: the cheapest border between them is found. Holds up well in noise.',
    ru: 'Отметьте очаг и фон по штриху: находится самая дешёвая граница между ними. Хорошо переносит шум.',
    zh: '分别标记病灶与背景：求出两者间代价最小的边界。抗噪声能力强。',
  },
  source:
    'Boykov Y, Kolmogorov V. IEEE Trans Pattern Anal Mach Intell 2004;26:1124; Boykov Y, Veksler O, Zabih R. 2001;23:1222; Besag J. J R Stat Soc B 1986;48:259',
  needsOneOf: [],
  takes: ['scribbles'],
  parameters: [
    {
      kind: 'choice',
      id: 'solver',
      label: { en: 'Solver', ru: 'Способ решения', zh: '求解方法' },
      help: {
        en: 'The graph cut finds the optimum (two classes) or comes near it; iterated modes are quicker and coarser.',
        ru: 'Разрез графа находит оптимум (два класса) или близкое решение; итерации мод быстрее и грубее.',
        zh: '图割求得最优解（两类）或接近最优；迭代条件模式更快但较粗。',
      },
      options: [
        { id: 'graph-cut', label: { en: 'Graph cut', ru: 'Разрез графа', zh: '图割' } },
        { id: 'iterated-modes', label: { en: 'Iterated modes', ru: 'Итерации мод', zh: '迭代条件模式' } },
      ],
      default: 'graph-cut',
    },
    {
      kind: 'number',
      id: 'beta',
      label: { en: 'Smoothness β', ru: 'Гладкость β', zh: '平滑度 β' },
      help: {
        en: 'Price of a border between neighbours; higher values give smoother regions and drop small spots. Left open, it follows from how far the classes stand apart in their noise.',
        ru: 'Цена границы между соседями; чем больше, тем глаже область и меньше мелких пятен. Если не задана, следует из того, насколько классы различимы в шуме.',
        zh: '相邻体素间边界的代价；越大区域越平滑，小斑点越少。留空时由各类在噪声中的差别决定。',
      },
      unit: '',
      range: [0, 100],
      default: null,
      open: AUTOMATIC,
    },
    {
      kind: 'choice',
      id: 'edges',
      label: { en: 'Borders', ru: 'Границы', zh: '边界' },
      help: {
        en: 'Whether a border costs the same everywhere, or less where the image has an edge.',
        ru: 'Стоит ли граница везде одинаково или меньше там, где на изображении край.',
        zh: '边界代价处处相同，或在图像边缘处较低。',
      },
      options: [
        { id: 'potts', label: { en: 'The same everywhere', ru: 'Везде одинаково', zh: '处处相同' } },
        { id: 'contrast', label: { en: 'Cheaper at edges', ru: 'Дешевле на краях', zh: '边缘处较低' } },
      ],
      default: 'potts',
    },
    {
      ...CLASSES,
      help: {
        en: 'Used when there are no strokes: the classes are then found by k-means.',
        ru: 'Без штрихов: классы находятся методом k-средних.',
        zh: '没有标记时使用：类别由 k 均值求得。',
      },
      default: 2,
    },
    SEED,
  ],
  bytesPerVoxel: 180,
  run(context) {
    const { input, values, kernels, job } = context;
    const { marks, classes } = marksOf(context);
    const intensities = classIntensities(input, marks, classes);
    const edges = values.choice('edges') === 'contrast' ? 'contrast' : 'potts';
    const beta = values.open('beta') ?? betaForNoise(intensities, input.size, input.spacing);
    const problem = pottsProblem(input, intensities, beta, edges);
    job.onProgress?.(0.1);
    const found =
      values.choice('solver') === 'iterated-modes'
        ? iterateModes(problem, 100, job)
        : classes === 2
          ? solveBinary(problem, kernels)
          : expandClasses(problem, 10, kernels, job);
    const labels = found.labels.map((l, p) => (input.active[p] === 1 ? l + 1 : 0));
    return {
      labels,
      classes,
      proposed: input.scribbles ? 1 : classes,
      facts: [
        {
          id: 'energy',
          label: { en: 'Energy', ru: 'Энергия', zh: '能量' },
          value: found.energy / UNIT,
          unit: '',
        },
        {
          id: 'beta',
          label: { en: 'Smoothness β', ru: 'Гладкость β', zh: '平滑度 β' },
          value: beta,
          unit: '',
        },
        ...classFacts(labels, input.values, classes),
      ],
      courses: [
        {
          id: 'energy',
          label: { en: 'Energy', ru: 'Энергия', zh: '能量' },
          values: found.course.map((e) => e / UNIT),
        },
      ],
      findings: [],
    };
  },
};

/** Voxels that tell what each class looks like: the strokes, or without them the classes of k-means by rising mean. */
function marksOf({ input, values, kernels }: MethodContext): { marks: Uint8Array; classes: number } {
  if (input.scribbles)
    return { marks: input.scribbles, classes: input.scribbles.reduce((m, v) => Math.max(m, v), 0) };
  const classes = values.number('classes');
  const voxels = activeVoxels(input.active);
  const data = Float32Array.from(voxels, (v) => input.values[v]!);
  const found = lloyd(
    { count: voxels.length, width: 1, data },
    { classes, seed: values.number('seed'), kernels },
  );
  return { marks: labelsByMean(found.labels, voxels, input.values, classes).labels, classes };
}
