import { classFacts } from '../class-facts.ts';
import { contourStart, START_RADIUS } from '../contour-start.ts';
import type { SegmentationMethod } from '../method.ts';
import { Unsegmentable } from '../reasons.ts';
import { MOST_STEPS } from '../shared-parameters.ts';
import { activeVoxels, scaleOf } from '../voxel-features.ts';
import { twoMeans } from './chan-vese.ts';

/** A contour that parts two means, with as little length as it can. */
export const chanVese: SegmentationMethod = {
  id: 'chan-vese',
  label: {
    en: 'Contour by region (Chan-Vese)',
    ru: 'Контур по области (Чан — Везе)',
    zh: '区域轮廓（Chan-Vese）',
  },
  help: {
    en: 'A contour that moves until inside and outside are each as even as can be; needs no sharp edge, bears noise.',
    ru: 'Контур движется, пока внутри и снаружи не станет как можно ровнее; резкий край не нужен, шум не мешает.',
    zh: '轮廓移动至内外各自尽量均匀；无需清晰边缘，可容忍噪声。',
  },
  source: 'Chan TF, Vese LA. IEEE Trans Image Process 2001;10:266',
  needsOneOf: [],
  takes: ['region', 'seeds'],
  parameters: [
    {
      kind: 'number',
      id: 'smoothness',
      label: { en: 'Smoothness μ', ru: 'Гладкость μ', zh: '平滑度 μ' },
      help: {
        en: 'Price of the length of the contour; higher values give rounder regions.',
        ru: 'Цена длины контура; чем больше, тем круглее область.',
        zh: '轮廓长度的代价；越大区域越圆滑。',
      },
      unit: '',
      range: [0, 10],
      default: 0.5,
    },
    START_RADIUS,
    { ...MOST_STEPS, default: 300 },
  ],
  bytesPerVoxel: 60,
  run({ input, values, job }) {
    const { size, spacing, active } = input;
    const start = contourStart(input, values);
    const { mean, deviation } = scaleOf(input.values, activeVoxels(active));
    if (deviation === 0) throw new Unsegmentable('flat_image');
    const found = twoMeans(
      input.values.map((v, i) => (active[i] === 1 ? (v - mean) / deviation : 0)),
      {
        size,
        spacing,
        active,
        start,
        smoothness: values.number('smoothness'),
        steps: values.number('steps'),
        job,
      },
    );
    if (!found.mask.includes(1)) throw new Unsegmentable('vanished');
    const energy = { en: 'Energy', ru: 'Энергия', zh: '能量' };
    return {
      labels: found.mask,
      classes: 1,
      proposed: 1,
      facts: [
        { id: 'energy', label: energy, value: found.course.at(-1)!, unit: '' },
        ...classFacts(found.mask, input.values, 1),
      ],
      courses: [{ id: 'energy', label: energy, values: found.course }],
      findings: [],
    };
  },
};
