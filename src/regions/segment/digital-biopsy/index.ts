import { NO_LIMIT } from '../../open-words.ts';
import type { CheckedValues, NumberParameter } from '../../../core/parameters.ts';
import { Random } from '../../../core/random.ts';
import { classFacts } from '../class-facts.ts';
import { gradientMagnitude } from '../gradient.ts';
import { localEntropy } from '../local-entropy.ts';
import type { MethodContext, SegmentationFact, SegmentationMethod } from '../method.ts';
import { Unsegmentable } from '../reasons.ts';
import { SEED } from '../shared-parameters.ts';
import { ballOffsets, coreOf, drawnFrom, jittered, variation } from './placements.ts';

const windowEdge = (id: string, label: NumberParameter['label'], unit: string): NumberParameter => ({
  kind: 'number',
  id,
  label,
  help: {
    en: 'Voxels beyond this are left out of the sample; open: no limit.',
    ru: 'Воксели за этим пределом не входят в пробу; пусто — без предела.',
    zh: '超出此值的体素不计入样本；留空则不限。',
  },
  unit,
  range: [-1e9, 1e9],
  default: null,
  open: NO_LIMIT,
});

/** Small samples of a lesion in place of its whole outline, placed again and again. */
export const digitalBiopsy: SegmentationMethod = {
  id: 'digital-biopsy',
  label: { en: 'Digital biopsy', ru: 'Цифровая биопсия', zh: '数字活检' },
  help: {
    en: 'Click into the lesion: only fragments that pass the windows are sampled, and placing them again shows how steady the features are.',
    ru: 'Щёлкните внутри очага: берутся лишь фрагменты, прошедшие окна, а повторное размещение показывает устойчивость признаков.',
    zh: '点击病灶内部：只取通过窗口的片段；重复放置可显示特征的稳定性。',
  },
  source: 'Echegaray S, Nair V, Kadoch M, et al. Tomography 2016;2:283',
  needsOneOf: ['seeds', 'region'],
  takes: ['seeds', 'region'],
  parameters: [
    {
      kind: 'number',
      id: 'diameter',
      label: { en: 'Diameter of a sample', ru: 'Диаметр пробы', zh: '样本直径' },
      help: {
        en: 'Each sample is a ball this wide.',
        ru: 'Каждая проба — шар такого диаметра.',
        zh: '每个样本是该直径的球。',
      },
      unit: 'mm',
      range: [1, 100],
      default: 10,
    },
    {
      kind: 'number',
      id: 'patches',
      label: { en: 'Samples in a region', ru: 'Проб в области', zh: '区域内样本数' },
      help: {
        en: 'How many balls are drawn from a region; clicked points have one each.',
        ru: 'Сколько шаров берётся из области; на каждую точку приходится один.',
        zh: '从区域抽取的球数；每个点击点各一个。',
      },
      unit: '',
      range: [1, 100],
      default: 5,
      whole: true,
    },
    {
      kind: 'number',
      id: 'placements',
      label: { en: 'Placements', ru: 'Размещений', zh: '放置次数' },
      help: {
        en: 'How often the samples are placed anew to see how steady their features are.',
        ru: 'Сколько раз пробы размещаются заново, чтобы увидеть устойчивость признаков.',
        zh: '重新放置样本以考察特征稳定性的次数。',
      },
      unit: '',
      range: [1, 100],
      default: 10,
      whole: true,
    },
    {
      kind: 'number',
      id: 'jitter',
      label: { en: 'Shift of a placement', ru: 'Сдвиг размещения', zh: '放置偏移' },
      help: {
        en: 'Farthest that a ball is moved from its clicked point.',
        ru: 'Наибольший сдвиг шара от отмеченной точки.',
        zh: '球偏离点击点的最大距离。',
      },
      unit: 'mm',
      range: [0, 50],
      default: 3,
    },
    windowEdge('low', { en: 'Intensity from', ru: 'Интенсивность от', zh: '强度下限' }, 'intensity'),
    windowEdge('high', { en: 'Intensity to', ru: 'Интенсивность до', zh: '强度上限' }, 'intensity'),
    {
      kind: 'choice',
      id: 'texture',
      label: { en: 'Texture measure', ru: 'Мера текстуры', zh: '纹理度量' },
      help: {
        en: 'What the texture window looks at.',
        ru: 'На что смотрит окно текстуры.',
        zh: '纹理窗口所依据的量。',
      },
      options: [
        {
          id: 'entropy',
          label: { en: 'Local entropy, bit', ru: 'Локальная энтропия, бит', zh: '局部熵，比特' },
        },
        { id: 'gradient', label: { en: 'Gradient, a mm', ru: 'Градиент на мм', zh: '梯度，每毫米' } },
      ],
      default: 'entropy',
    },
    windowEdge('texture-low', { en: 'Texture from', ru: 'Текстура от', zh: '纹理下限' }, ''),
    windowEdge('texture-high', { en: 'Texture to', ru: 'Текстура до', zh: '纹理上限' }, ''),
    SEED,
  ],
  bytesPerVoxel: 24,
  run(context) {
    const { input, values, job } = context;
    const passes = passing(context);
    const offsets = ballOffsets(input, values.number('diameter'));
    const random = new Random(values.number('seed'));
    const region = input.start;
    const inRegion = region
      ? Uint32Array.from(region.keys()).filter((p) => region[p] !== 0 && passes[p] === 1)
      : null;
    if (input.seeds.length === 0 && inRegion?.length === 0) throw new Unsegmentable('nothing_passes');
    const allowed =
      region && input.seeds.length === 0 ? passes.map((v, p) => v & Number(region[p] !== 0)) : passes;
    const placements: Uint32Array[] = [];
    const wanted = values.number('placements');
    for (let k = 0; k < wanted; k++) {
      job.checkCancelled?.();
      job.onProgress?.(k / wanted);
      const centres =
        input.seeds.length > 0
          ? input.seeds.map((s) => (k === 0 ? s : jittered(input, s, values.number('jitter'), random)))
          : drawnFrom(inRegion!, values.number('patches'), random);
      placements.push(coreOf(input, centres, offsets, allowed));
    }
    const labels = new Uint8Array(input.values.length);
    for (const p of placements[0]!) labels[p] = 1;
    if (placements[0]!.length === 0) throw new Unsegmentable('nothing_passes');
    return {
      labels,
      classes: 1,
      proposed: 1,
      facts: [...classFacts(labels, input.values, 1), ...stability(placements, input.values)],
      findings: [],
      placements: placements.filter((p) => p.length > 0),
    };
  },
};

/** 1 for active voxels within both windows. */
function passing({ input, values }: MethodContext): Uint8Array {
  const [low, high] = [values.open('low') ?? -Infinity, values.open('high') ?? Infinity];
  const [least, most] = [values.open('texture-low') ?? -Infinity, values.open('texture-high') ?? Infinity];
  const texture = least > -Infinity || most < Infinity ? textureOf(input, values) : null;
  const passes = input.active.map((a, p) => {
    const v = input.values[p]!;
    const t = texture ? texture[p]! : 0;
    return Number(a === 1 && v >= low && v <= high && (!texture || (t >= least && t <= most)));
  });
  if (!passes.includes(1)) throw new Unsegmentable('nothing_passes');
  return passes;
}

const textureOf = (
  { values, active, size, spacing }: MethodContext['input'],
  checked: CheckedValues,
): Float32Array =>
  checked.choice('texture') === 'gradient'
    ? gradientMagnitude(values, size, spacing)
    : localEntropy(values, active, size, 2);

/** Coefficient of variation over the placements, of the mean and the deviation; SPEC R25 asks for 15 % at most. */
function stability(
  placements: readonly Uint32Array[],
  values: MethodContext['input']['values'],
): SegmentationFact[] {
  const moments = placements
    .filter((p) => p.length > 0)
    .map((p) => {
      const mean = p.reduce((s, i) => s + values[i]!, 0) / p.length;
      return { mean, deviation: Math.sqrt(p.reduce((s, i) => s + (values[i]! - mean) ** 2, 0) / p.length) };
    });
  const fact = (id: string, label: SegmentationFact['label'], numbers: number[]): SegmentationFact[] => {
    const value = variation(numbers);
    return value === null
      ? []
      : [{ id, label, value: 100 * value, unit: '%', verdict: value <= 0.15 ? 'pass' : 'warn' }];
  };
  return [
    ...fact(
      'variation-mean',
      { en: 'Variation of the mean', ru: 'Вариация среднего', zh: '均值变异系数' },
      moments.map((m) => m.mean),
    ),
    ...fact(
      'variation-deviation',
      { en: 'Variation of the deviation', ru: 'Вариация отклонения', zh: '标准差变异系数' },
      moments.map((m) => m.deviation),
    ),
  ];
}
