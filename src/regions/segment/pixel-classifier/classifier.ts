import type { Random } from '../../../core/random.ts';
import type { PointTable } from '../voxel-features.ts';

/** Points with their classes, from 0. */
export interface TrainingSet extends PointTable {
  readonly classes: Uint8Array;
  readonly classCount: number;
  /** Piece of the strokes that each point belongs to: pieces are learned from, or kept back, as a whole. */
  readonly blocks?: Uint32Array;
}

/** The class of a point, read at `at` in a table of the same width. */
export type Classify = (data: PointTable['data'], at: number) => number;

export type Train = (set: TrainingSet, random: Random) => Classify;

/** Some of the points. */
export function subset(
  { width, data, classes, classCount }: TrainingSet,
  rows: ArrayLike<number>,
): Omit<TrainingSet, 'blocks'> {
  const out = new Float64Array(rows.length * width);
  const labels = new Uint8Array(rows.length);
  for (let r = 0; r < rows.length; r++) {
    labels[r] = classes[rows[r]!]!;
    for (let f = 0; f < width; f++) out[r * width + f] = data[rows[r]! * width + f]!;
  }
  return { count: rows.length, width, data: out, classes: labels, classCount };
}

export const greatest = (numbers: ArrayLike<number>): number => {
  let best = 0;
  for (let i = 1; i < numbers.length; i++) if (numbers[i]! > numbers[best]!) best = i;
  return best;
};
