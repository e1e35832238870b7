import type { Random } from '../../../core/random.ts';
import { shuffled } from '../random-index.ts';
import { subset, type Train, type TrainingSet } from './classifier.ts';

const FOLDS = 5;

/** Share of points told rightly by models trained on the other four fifths; folds hold each class in its share. */
export function crossValidate(train: Train, set: TrainingSet, random: Random): number {
  const fold = new Uint8Array(set.count);
  const next = new Uint32Array(set.classCount);
  for (const r of shuffled(random, set.count)) fold[r] = next[set.classes[r]!]!++ % FOLDS;
  let right = 0;
  for (let k = 0; k < FOLDS; k++) {
    const rows = Array.from(fold.keys());
    const classify = train(
      subset(
        set,
        rows.filter((r) => fold[r] !== k),
      ),
      random,
    );
    for (const r of rows)
      if (fold[r] === k) right += Number(classify(set.data, r * set.width) === set.classes[r]);
  }
  return right / set.count;
}
