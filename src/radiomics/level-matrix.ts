import type { Outcome } from './feature-values.ts';
import { timesLog2 } from './times-log2.ts';

/**
 * A sparse matrix of counts by grey level and a second whole number: run length, zone size, border distance or
 * dependence. Entries are distinct and not zero.
 */
export interface LevelMatrix {
  /** Grey level of each rank; shared by the matrices of one sample. */
  readonly values: Uint32Array;
  readonly ranks: ArrayLike<number>;
  readonly lengths: ArrayLike<number>;
  /** Whole numbers, unless merged by weights. */
  readonly counts: ArrayLike<number>;
  /** Voxels that the matrix was made of, once for each direction merged (weighted like the counts). */
  readonly voxels: number;
}

/** Entries of a dense table [length][rank] with `ranks + 1` columns; row 0 and column 0 are not used. */
export function levelMatrixOf(table: Uint32Array, values: Uint32Array, voxels: number): LevelMatrix {
  const columns = values.length;
  const ranks: number[] = [];
  const lengths: number[] = [];
  const counts: number[] = [];
  for (let at = columns; at < table.length; at++) {
    if (table[at] === 0) continue;
    const rank = at % columns;
    if (rank === 0) continue;
    ranks.push(rank);
    lengths.push((at - rank) / columns);
    counts.push(table[at]!);
  }
  return { values, ranks, lengths, counts, voxels };
}

/** Most cells of a dense table that is made for merging. */
const DENSE = 2 ** 21;

/** Sum of matrices over the same ranks, each multiplied by its weight. */
export function mergedLevelMatrix(
  matrices: readonly LevelMatrix[],
  weights: readonly number[] | null = null,
): LevelMatrix {
  const values = matrices[0]!.values;
  const columns = values.length;
  let longest = 0;
  let voxels = 0;
  matrices.forEach((m, k) => {
    voxels += m.voxels * (weights?.[k] ?? 1);
    for (let e = 0; e < m.lengths.length; e++) if (m.lengths[e]! > longest) longest = m.lengths[e]!;
  });
  const ranks: number[] = [];
  const lengths: number[] = [];
  const counts: number[] = [];
  const keep = (key: number, n: number): void => {
    if (n === 0) return;
    const rank = key % columns;
    ranks.push(rank);
    lengths.push((key - rank) / columns);
    counts.push(n);
  };
  const each = (visit: (key: number, n: number) => void): void => {
    matrices.forEach((m, k) => {
      const weight = weights?.[k] ?? 1;
      for (let e = 0; e < m.counts.length; e++)
        visit(m.lengths[e]! * columns + m.ranks[e]!, weight * m.counts[e]!);
    });
  };
  if ((longest + 1) * columns <= DENSE) {
    const table = new Float64Array((longest + 1) * columns);
    each((key, n) => {
      table[key]! += n;
    });
    table.forEach((n, key) => keep(key, n));
  } else {
    const table = new Map<number, number>();
    each((key, n) => void table.set(key, (table.get(key) ?? 0) + n));
    for (const key of [...table.keys()].sort((a, b) => a - b)) keep(key, table.get(key)!);
  }
  return { values, ranks, lengths, counts, voxels };
}

/** What the 16 features of run, zone and distance matrices, and 17 of dependence matrices, have in common. */
export interface LevelMatrixFeatures {
  readonly short: number;
  readonly long: number;
  readonly low: number;
  readonly high: number;
  readonly shortLow: number;
  readonly shortHigh: number;
  readonly longLow: number;
  readonly longHigh: number;
  readonly levelNonUniformity: number;
  readonly levelNonUniformityNormalised: number;
  readonly lengthNonUniformity: number;
  readonly lengthNonUniformityNormalised: number;
  readonly percentage: number;
  readonly levelVariance: number;
  readonly lengthVariance: number;
  readonly entropy: number;
  readonly energy: number;
}

/**
 * Features of one matrix r_ij with levels i, lengths j, N_s = Σ r_ij entries from N_v voxels. All of them exist for
 * every matrix that is not empty: a single entry has non-uniformity 1 and variances and entropy 0.
 * @returns null for a matrix without entries
 */
export function levelMatrixFeatures(m: LevelMatrix): LevelMatrixFeatures | null {
  const { values, ranks, lengths, counts } = m;
  const byLevel = new Float64Array(values.length);
  let total = 0;
  let longest = 0;
  for (let e = 0; e < counts.length; e++) {
    total += counts[e]!;
    byLevel[ranks[e]!]! += counts[e]!;
    if (lengths[e]! > longest) longest = lengths[e]!;
  }
  if (total === 0) return null;
  const byLength = new Margin(longest);
  const square = Float64Array.from(values, (i) => i * i);
  let [shortLow, shortHigh, longLow, longHigh] = [0, 0, 0, 0];
  let [logs, squares] = [0, 0];
  for (let e = 0; e < counts.length; e++) {
    const n = counts[e]!;
    const j = lengths[e]!;
    const i2 = square[ranks[e]!]!;
    const j2 = j * j;
    const high = n * i2;
    const low = n / i2;
    shortLow += low / j2;
    shortHigh += high / j2;
    longLow += low * j2;
    longHigh += high * j2;
    logs += timesLog2(n);
    squares += n * n;
    byLength.add(j, n);
  }
  const level = marginOf(
    byLevel.length,
    (k) => values[k]!,
    (k) => byLevel[k]!,
    total,
  );
  const [js, ns] = byLength.entries();
  const length = marginOf(
    js.length,
    (k) => js[k]!,
    (k) => ns[k]!,
    total,
  );
  return {
    short: length.inverse,
    long: length.square,
    low: level.inverse,
    high: level.square,
    shortLow: shortLow / total,
    shortHigh: shortHigh / total,
    longLow: longLow / total,
    longHigh: longHigh / total,
    levelNonUniformity: level.nonUniformity,
    levelNonUniformityNormalised: level.nonUniformity / total,
    lengthNonUniformity: length.nonUniformity,
    lengthNonUniformityNormalised: length.nonUniformity / total,
    percentage: total / m.voxels,
    levelVariance: level.variance,
    lengthVariance: length.variance,
    entropy: Math.max(0, Math.log2(total) - logs / total),
    energy: squares / total / total,
  };
}

/** Means of 1/x² and x², the variance of x and Σn²/N over one margin. */
function marginOf(
  size: number,
  valueAt: (k: number) => number,
  countAt: (k: number) => number,
  total: number,
): { inverse: number; square: number; variance: number; nonUniformity: number } {
  let [inverse, square, sum, squares] = [0, 0, 0, 0];
  for (let k = 0; k < size; k++) {
    const n = countAt(k);
    if (n === 0) continue;
    const x = valueAt(k);
    inverse += n / (x * x);
    square += n * x * x;
    sum += n * x;
    squares += n * n;
  }
  const mean = sum / total;
  let variance = 0;
  for (let k = 0; k < size; k++) {
    const n = countAt(k);
    if (n !== 0) variance += n * (valueAt(k) - mean) ** 2;
  }
  return {
    inverse: inverse / total,
    square: square / total,
    variance: variance / total,
    nonUniformity: squares / total,
  };
}

/** Counts by length: an array for short ones, a map when zones are huge. */
class Margin {
  readonly #dense: Float64Array | null;
  readonly #sparse = new Map<number, number>();

  constructor(longest: number) {
    this.#dense = longest < 65536 ? new Float64Array(longest + 1) : null;
  }

  add(length: number, n: number): void {
    if (this.#dense) this.#dense[length]! += n;
    else this.#sparse.set(length, (this.#sparse.get(length) ?? 0) + n);
  }

  /** Lengths, and how often each occurs. */
  entries(): [lengths: ArrayLike<number>, counts: ArrayLike<number>] {
    if (this.#dense) return [Uint32Array.from(this.#dense, (_, k) => k), this.#dense];
    return [[...this.#sparse.keys()], [...this.#sparse.values()]];
  }
}

/** The 16 outcomes under a family's tags; `tags` lists them in the order of {@link ORDER}. */
export function outcomesUnder(
  tags: readonly string[],
  features: LevelMatrixFeatures,
): Record<string, Outcome> {
  return Object.fromEntries(tags.map((tag, k) => [tag, features[ORDER[k]!]]));
}

/** The order in which every one of these families lists its features (IBSI manual). */
const ORDER = [
  'short',
  'long',
  'low',
  'high',
  'shortLow',
  'shortHigh',
  'longLow',
  'longHigh',
  'levelNonUniformity',
  'levelNonUniformityNormalised',
  'lengthNonUniformity',
  'lengthNonUniformityNormalised',
  'percentage',
  'levelVariance',
  'lengthVariance',
  'entropy',
  'energy',
] as const satisfies readonly (keyof LevelMatrixFeatures)[];
