import type { Random } from '../../../core/random.ts';
import { shuffled } from '../random-index.ts';
import { rowsByBlock } from './stroke-blocks.ts';
import { subset, type Train, type TrainingSet } from './classifier.ts';

const FOLDS = 5;

/**
 * Share of points told rightly by models trained on the other four fifths; folds hold each class in its share, and blocks
 * as a whole.
 */
export function crossValidate(train: Train, set: TrainingSet, random: Random): number {
  const fold = new Uint8Array(set.count);
  const next = new Uint32Array(set.classCount);
  const blocks = rowsByBlock(set.count, set.blocks);
  for (const b of shuffled(random, blocks.length)) {
    const rows = blocks[b]!;
    const k = next[set.classes[rows[0]!]!]!++ % FOLDS;
    for (const r of rows) fold[r] = k;
  }
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
