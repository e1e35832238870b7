import type { Random } from '../../../core/random.ts';
import { randomIndex, shuffled } from '../random-index.ts';
import { rowsByBlock } from './stroke-blocks.ts';
import { greatest, type Classify, type TrainingSet } from './classifier.ts';

const TREES = 60;
const DEPTH = 14;
const SMALLEST = 2;

/** Nodes in a row: leaves have feature 255 and their class in `low`. */
interface Tree {
  readonly feature: number[];
  readonly threshold: number[];
  /** Child for values up to the threshold; the class in a leaf. */
  readonly low: number[];
  readonly high: number[];
}

export interface Forest {
  readonly classify: Classify;
  /** Share of points told rightly by the trees that were grown without them. */
  readonly outOfBag: number;
}

/**
 * Random forest: trees on samples drawn with replacement, each split the best by Gini's index among √width features,
 * classes by majority. Blocks are drawn as a whole. Source: Breiman L. Mach Learn 2001;45:5.
 */
export function growForest(
  set: TrainingSet,
  random: Random,
  grown: (share: number) => void = () => {},
): Forest {
  const { count, width, data, classes, classCount } = set;
  const trees: Tree[] = [];
  const blocks = rowsByBlock(count, set.blocks);
  const votes = new Uint16Array(count * classCount);
  for (let t = 0; t < TREES; t++) {
    grown(t / TREES);
    const drawn = Uint32Array.from(blocks.flatMap(() => blocks[randomIndex(random, blocks.length)]!));
    const seen = new Uint8Array(count);
    for (const r of drawn) seen[r] = 1;
    const tree: Tree = { feature: [], threshold: [], low: [], high: [] };
    growNode(set, drawn, 0, tree, random);
    trees.push(tree);
    for (let r = 0; r < count; r++)
      if (seen[r] === 0) votes[r * classCount + leafOf(tree, data, r * width)]!++;
  }
  let right = 0;
  let told = 0;
  for (let r = 0; r < count; r++) {
    const own = votes.subarray(r * classCount, (r + 1) * classCount);
    if (own.every((v) => v === 0)) continue;
    told++;
    right += Number(greatest(own) === classes[r]);
  }
  const sum = new Float64Array(classCount);
  return {
    outOfBag: right / Math.max(1, told),
    classify(points, at) {
      sum.fill(0);
      for (const tree of trees) sum[leafOf(tree, points, at)]!++;
      return greatest(sum);
    },
  };
}

function leafOf({ feature, threshold, low, high }: Tree, points: ArrayLike<number>, at: number): number {
  let node = 0;
  while (feature[node] !== 255)
    node = points[at + feature[node]!]! <= threshold[node]! ? low[node]! : high[node]!;
  return low[node]!;
}

function growNode(set: TrainingSet, rows: Uint32Array, depth: number, tree: Tree, random: Random): number {
  const { classes, classCount } = set;
  const node = tree.feature.length;
  const counts = new Float64Array(classCount);
  for (const r of rows) counts[classes[r]!]!++;
  const most = greatest(counts);
  tree.feature.push(255);
  tree.threshold.push(0);
  tree.low.push(most);
  tree.high.push(0);
  if (depth === DEPTH || rows.length < 2 * SMALLEST || counts[most] === rows.length) return node;
  const split = bestSplit(set, rows, counts, random);
  if (!split) return node;
  const goesLow = (r: number) => set.data[r * set.width + split.feature]! <= split.threshold;
  tree.feature[node] = split.feature;
  tree.threshold[node] = split.threshold;
  tree.low[node] = growNode(set, rows.filter(goesLow), depth + 1, tree, random);
  tree.high[node] = growNode(
    set,
    rows.filter((r) => !goesLow(r)),
    depth + 1,
    tree,
    random,
  );
  return node;
}

function bestSplit(
  { data, width, classes, classCount }: TrainingSet,
  rows: Uint32Array,
  counts: Float64Array,
  random: Random,
) {
  let best: { feature: number; threshold: number } | undefined;
  let highest = counts.reduce((s, n) => s + n * n, 0) / rows.length + 1e-9;
  const tried = shuffled(random, width).subarray(0, Math.max(1, Math.round(Math.sqrt(width))));
  for (const feature of tried) {
    const sorted = rows.slice().sort((a, b) => data[a * width + feature]! - data[b * width + feature]!);
    const low = new Float64Array(classCount);
    const high = counts.slice();
    // Σ n²/N of both sides: the greater, the purer.
    let lowSquares = 0;
    let highSquares = counts.reduce((s, n) => s + n * n, 0);
    for (let i = 1; i < sorted.length; i++) {
      const c = classes[sorted[i - 1]!]!;
      lowSquares += 2 * low[c]! + 1;
      highSquares -= 2 * high[c]! - 1;
      low[c]!++;
      high[c]!--;
      const a = data[sorted[i - 1]! * width + feature]!;
      const b = data[sorted[i]! * width + feature]!;
      if (a === b || i < SMALLEST || sorted.length - i < SMALLEST) continue;
      const purity = lowSquares / i + highSquares / (sorted.length - i);
      if (purity > highest) {
        highest = purity;
        best = { feature, threshold: (a + b) / 2 };
      }
    }
  }
  return best;
}
