import type { Outcome } from './feature-values.ts';

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
  const { values, counts } = m;
  let total = 0;
  let longest = 0;
  for (let e = 0; e < counts.length; e++) {
    total += counts[e]!;
    if (m.lengths[e]! > longest) longest = m.lengths[e]!;
  }
  if (total === 0) return null;
  let [short, long, low, high] = [0, 0, 0, 0];
  let [shortLow, shortHigh, longLow, longHigh] = [0, 0, 0, 0];
  let [levelSum, lengthSum, entropy, energy] = [0, 0, 0, 0];
  const byLevel = new Float64Array(values.length);
  const byLength = new Margin(longest);
  for (let e = 0; e < counts.length; e++) {
    const n = counts[e]!;
    const i = values[m.ranks[e]!]!;
    const j = m.lengths[e]!;
    const i2 = i * i;
    const j2 = j * j;
    short += n / j2;
    long += n * j2;
    low += n / i2;
    high += n * i2;
    shortLow += n / (i2 * j2);
    shortHigh += (n * i2) / j2;
    longLow += (n * j2) / i2;
    longHigh += n * i2 * j2;
    levelSum += n * i;
    lengthSum += n * j;
    const p = n / total;
    entropy -= p * Math.log2(p);
    energy += p * p;
    byLevel[m.ranks[e]!]! += n;
    byLength.add(j, n);
  }
  const levelMean = levelSum / total;
  const lengthMean = lengthSum / total;
  let levelVariance = 0;
  let lengthVariance = 0;
  for (let e = 0; e < counts.length; e++) {
    levelVariance += counts[e]! * (values[m.ranks[e]!]! - levelMean) ** 2;
    lengthVariance += counts[e]! * (m.lengths[e]! - lengthMean) ** 2;
  }
  let levelSquares = 0;
  for (const n of byLevel) levelSquares += n * n;
  const lengthSquares = byLength.squares();
  return {
    short: short / total,
    long: long / total,
    low: low / total,
    high: high / total,
    shortLow: shortLow / total,
    shortHigh: shortHigh / total,
    longLow: longLow / total,
    longHigh: longHigh / total,
    levelNonUniformity: levelSquares / total,
    levelNonUniformityNormalised: levelSquares / (total * total),
    lengthNonUniformity: lengthSquares / total,
    lengthNonUniformityNormalised: lengthSquares / (total * total),
    percentage: total / m.voxels,
    levelVariance: levelVariance / total,
    lengthVariance: lengthVariance / total,
    entropy: Math.max(0, entropy),
    energy,
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

  squares(): number {
    let sum = 0;
    for (const n of this.#dense ?? this.#sparse.values()) sum += n * n;
    return sum;
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
