import type { Finding } from '../../core/finding.ts';
import { Random } from '../../core/random.ts';
import type { SegmentationFact, SegmentationInput } from './method.ts';
import { shuffled } from './random-index.ts';
import { Unsegmentable } from './reasons.ts';

/** Marked voxels to learn from. */
export interface Marks {
  /** Voxel of each mark. */
  readonly voxels: Uint32Array;
  /** Its class, from 0. */
  readonly classes: Uint8Array;
  readonly count: number;
  /** The number of strokes of each class, by its place: class 0 is stroke 1 when all are used. */
  readonly strokes: readonly number[];
}

/** Fewest marks of a class to learn from. */
const LEAST = 5;

/**
 * The marked voxels, at most `most` of each class, drawn by the seed.
 * @throws Unsegmentable `few_marks`
 */
export function marksOf({ scribbles, active }: SegmentationInput, most: number, seed: number): Marks {
  const byClass = new Map<number, number[]>();
  for (let i = 0; i < active.length; i++) {
    const stroke = scribbles?.[i] ?? 0;
    if (stroke === 0 || active[i] === 0) continue;
    const list = byClass.get(stroke) ?? [];
    list.push(i);
    byClass.set(stroke, list);
  }
  const strokes = [...byClass.keys()].sort((a, b) => a - b);
  const random = new Random(seed);
  const voxels: number[] = [];
  const classes: number[] = [];
  strokes.forEach((stroke, c) => {
    const all = byClass.get(stroke)!;
    if (all.length < LEAST)
      throw new Unsegmentable('few_marks', { class: stroke, marks: all.length, least: LEAST });
    const order = shuffled(random, all.length).subarray(0, most).sort();
    for (const i of order) {
      voxels.push(all[i]!);
      classes.push(c);
    }
  });
  return {
    voxels: Uint32Array.from(voxels),
    classes: Uint8Array.from(classes),
    count: strokes.length,
    strokes,
  };
}

/** Below this a classifier is warned of (SPEC R19). */
const ENOUGH = 0.9;

/** The share of marks told rightly by a model that had not seen them, with its verdict. */
export function accuracyFact(accuracy: number): SegmentationFact {
  return {
    id: 'accuracy',
    label: {
      en: 'Accuracy on marks not learned from',
      ru: 'Точность на отметках, не участвовавших в обучении',
      zh: '未参与训练标记上的准确率',
    },
    value: 100 * accuracy,
    unit: '%',
    verdict: accuracy >= ENOUGH ? 'pass' : 'warn',
  };
}

export function accuracyFindings(accuracy: number, subject: string): Finding[] {
  if (accuracy >= ENOUGH) return [];
  return [
    {
      id: 'R-accuracy',
      severity: 'warn',
      subject,
      text: {
        en: 'Only {percent} % of the marks kept back were told rightly; from 90 % on it is trusted.',
        ru: 'Верно распознано лишь {percent} % отложенных отметок; доверие начинается с 90 %.',
        zh: '留出标记中仅 {percent} % 判断正确；达到 90 % 方可信。',
      },
      remedy: {
        en: 'Mark more voxels, also near the border, or add features.',
        ru: 'Отметьте больше вокселей, в том числе у границы, или добавьте признаки.',
        zh: '请标记更多体素（包括边界附近），或增加特征。',
      },
      facts: { percent: Math.floor(1000 * accuracy) / 10 },
    },
  ];
}
